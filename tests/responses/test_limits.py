"""The consultant's limits are read strictly, from an engagement and from a command line."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError, UsageError
from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.engagement import read_engagement, unknown_keys
from readiness.responses.limits import Limit, by_indicator, limits_said


@pytest.fixture(scope="module")
def shipped() -> Framework:
    return load(find("enterprise-2.0"))


def written(folder: Path, limits: str) -> tuple[Limit, ...]:
    settings = f"client: x\nlimits:\n{indent(dedent(limits).strip(), '  ')}\n"
    (folder / "engagement.yaml").write_text(settings, encoding="utf-8")
    return read_engagement(folder).limits


def test_limits_are_told_in_full_or_in_short(tmp_path: Path) -> None:
    read = written(
        tmp_path,
        """
        email_dependence: {movable: no, until: 2027, why: contract}
        free_trust: {to: 60}
        culture: no
        recognition: 55.5
        """,
    )
    assert read == (
        Limit("email_dependence", None, "2027", "contract", 3),
        Limit("free_trust", 60.0, line=4),
        Limit("culture", None, line=5),
        Limit("recognition", 55.5, line=6),
    )


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("{movable: no, to: 60}", "both that it is held and how far it goes"),
        ("{why: law}", "limits nothing"),
        ("{movable: up}", "should be one of no"),
        ("{to: much}", "should be a number"),
        ("{til: 2027, to: 3}", "unknown key 'til'"),
        ("perhaps", "is 'perhaps'"),
        ("[no]", "its keys are expected"),
    ],
)
def test_what_is_no_limit_is_a_fault_on_its_line(said: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(ResponseError) as raised:
        written(tmp_path, f"recognition: no\nfree_trust: {said}")
    (fault,) = raised.value.faults
    assert fault.line == 4
    assert what in fault.what
    assert fault.mend


@pytest.mark.parametrize(
    ("said", "what", "mend"),
    [
        ("free_trst: no", "'free_trst' is no indicator or dimension", "did you mean 'free_trust'?"),
        ("free_trust: 160", "limit 'free_trust' goes to 160", "write a score from 0 to 100"),
        ("culture: 60", "'culture' is a dimension, which goes to no score", "hold it"),
    ],
)
def test_a_limit_that_does_not_go_with_the_framework_is_a_fault(
    said: str, what: str, mend: str, tmp_path: Path, shipped: Framework
) -> None:
    written(tmp_path, said)
    (fault,) = unknown_keys(read_engagement(tmp_path), shipped)
    assert (fault.line, fault.file) == (3, (tmp_path / "engagement.yaml").as_posix())
    assert what in fault.what
    assert mend in fault.mend


def test_a_command_line_says_the_same_in_short(shipped: Framework) -> None:
    assert limits_said(["free_trust=60", " culture = no "], shipped) == (Limit("free_trust", 60.0), Limit("culture"))


@given(st.text(alphabet="abn=o.6 _", max_size=8))
def test_whatever_else_a_command_line_says_is_told_as_a_fault(said: str) -> None:
    framework = load(find("enterprise-2.0")) if not _CACHE else _CACHE[0]
    _CACHE[:] = [framework]
    with pytest.raises(UsageError) as raised:
        limits_said([said], framework)
    assert raised.value.faults[0].file == f"--limit {said}"
    assert raised.value.faults[0].mend


_CACHE: list[Framework] = []


def test_of_several_limits_the_narrowest_holds_whatever_their_order(shipped: Framework) -> None:
    limits = [Limit("free_trust", 70), Limit("trust"), Limit("email_dependence", 30), Limit("email_dependence", 40)]
    for said in (limits, limits[::-1]):
        holding = by_indicator(said, shipped)
        assert holding["free_trust"].to is None
        assert holding["email_dependence"].to == 40  # it goes down
        assert set(holding) == {*shipped.dimensions["trust"].indicators, "email_dependence"}


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("email", "did you mean 'email_dependence' or 'email_reliance'?"),
        ("Embedding", "did you mean 'process_embedding'?"),
        ("free trus", "did you mean 'free_trust'?"),
        ("fre_trust", "did you mean 'free_trust'?"),
    ],
)
def test_part_of_a_name_is_enough_to_offer_it(said: str, offered: str, shipped: Framework) -> None:
    with pytest.raises(UsageError) as raised:
        limits_said([f"{said}=no"], shipped)
    assert [fault.mend for fault in raised.value.faults] == [offered]
