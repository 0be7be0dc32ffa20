"""A signal ends the interview, but never in the middle of a write."""

import signal
import subprocess
import sys

import pytest

from readiness.interview.signals import Interrupted, Signals


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_ending_signal_is_raised_with_its_exit_code(number: signal.Signals, code: int) -> None:
    with pytest.raises(Interrupted) as interrupted, Signals():
        signal.raise_signal(number)
    assert interrupted.value.code == code


def test_a_signal_waits_until_a_write_is_done() -> None:
    done = []
    with pytest.raises(Interrupted), Signals() as signals, signals.held():
        signal.raise_signal(signal.SIGTERM)
        done.append("written")
    assert done == ["written"]


def test_a_signal_during_a_write_that_fails_is_not_forgotten() -> None:
    with pytest.raises(Interrupted), Signals() as signals, signals.held():
        signal.raise_signal(signal.SIGTERM)
        raise OSError("disk full")


def test_a_second_signal_does_not_disturb_the_way_out() -> None:
    left = []
    with Signals():
        try:
            signal.raise_signal(signal.SIGHUP)
        except Interrupted:
            signal.raise_signal(signal.SIGINT)
            left.append("paused")
    assert left == ["paused"]


def test_what_was_ignored_stays_ignored_and_handlers_come_back() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    interrupt = signal.getsignal(signal.SIGINT)
    try:
        with Signals():
            signal.raise_signal(signal.SIGHUP)
            assert signal.getsignal(signal.SIGINT) != interrupt
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        assert signal.getsignal(signal.SIGINT) == interrupt
    finally:
        signal.signal(signal.SIGHUP, before)


# Signals are dealt with from before the engine is loaded, and the engine listens as well once it is.
WORKING = """
import os, signal
from threading import Event, Thread

heard = []
signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.interview.signals import listen_alone
from readiness.scoring.probing import Probe

probe, over = Probe(load(catalogue.find(catalogue.DEFAULT))), Event()
said = {"CUL11": 2, "CUL12": 4}
expected = probe.standing(said)
listen_alone()

def interrupt():
    while not over.wait(0.005):
        os.kill(os.getpid(), signal.SIGINT)

Thread(target=interrupt, daemon=True).start()
print(all(probe.standing(said) == expected for _ in range(100)), bool(heard))
"""


def test_what_is_dealt_with_interrupts_no_work_of_the_engine() -> None:
    ran = subprocess.run([sys.executable, "-c", WORKING], capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("True True", "")
