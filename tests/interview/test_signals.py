"""A signal ends the interview, but never in the middle of a write."""

import signal

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
