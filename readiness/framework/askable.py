"""Whether every item can be asked: tests that hold for someone, no circles, and somebody to ask.

Also whom: `audiences` says which roles an item is put to, which the check of scenarios builds on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from readiness.framework.ledger import Ledger, nearest, one_of, quoted
from readiness.framework.models import Asking, ContextKey, Framework, Item, Question

ANYONE = ""  # the one role of a framework that tells no roles apart
Asked = Item | Question
Values = Sequence[int | float] | tuple[float, float] | None


def check_asking(framework: Framework, ledger: Ledger) -> Mapping[str, frozenset[str]]:
    """Record every item that cannot be asked. Gives back which roles each item is put to."""
    everything: dict[str, Asked] = {**framework.items, **framework.unscored}
    asked = {id_: item for id_, item in everything.items() if id_ not in framework.context}
    hopeless = _check_tests(framework, asked, ledger)
    circles = _check_circles(asked, ledger)
    _check_order(asked, circles, ledger)
    return _check_audiences(framework, asked, hopeless | circles, ledger)


def _check_tests(framework: Framework, asked: Mapping[str, Asked], ledger: Ledger) -> frozenset[str]:
    """Report tests that can never hold; gives back the items that have one."""
    hopeless = set()
    for id_, item in asked.items():
        for tested, asking in item.ask_if.items():
            place = ledger.place("ask_if", id_, tested)
            who = f"item {quoted(id_)}, ask_if {quoted(tested)}"
            if not _is_trusted(tested, framework, ledger):
                continue
            if tested in framework.context:
                problem = _problem_with_context(asking, framework.context[tested])
            elif tested in framework.items:
                problem = _problem_with_item(asking, framework.items[tested], framework)
            elif tested in framework.unscored:
                problem = _problem_with_question(asking, framework.unscored[tested], scored=isinstance(item, Item))
            else:
                continue
            if problem is not None:
                hopeless.add(id_)
                ledger.fault(place, f"{who}: {problem[0]}", problem[1])
    return frozenset(hopeless)


def _is_trusted(tested: str, framework: Framework, ledger: Ledger) -> bool:
    """Whether the values that an item can have are known."""
    item = framework.items.get(tested)
    if item is not None and item.type == "scale":
        return item.scale is not None and item.scale in framework.scales and ledger.is_trusted("scale", item.scale)
    return ledger.is_trusted("item", tested)


def _problem_with_item(asking: Asking, item: Item, framework: Framework) -> tuple[str, str] | None:
    if item.type == "number":
        low, high = item.min or 0.0, item.max or 0.0
        return _problem_with_number(asking, low, high)
    return _problem_with_values(asking, [option.value for option in framework.scales[str(item.scale)].options])


def _problem_with_question(asking: Asking, question: Question, scored: bool) -> tuple[str, str] | None:
    if scored:
        return "an item that scores hangs on a question that does not", "test an item or a context key"
    if question.type == "choice":
        return _problem_with_values(asking, [option.value for option in question.options])
    if asking.answered is True and not _compares(asking):
        return None
    return "a free text can only be 'answered: true'", "write {answered: true}"


def _problem_with_values(asking: Asking, values: Sequence[int | float]) -> tuple[str, str] | None:
    for name, wanted in (("is", asking.is_), ("is_not", asking.is_not)):
        if wanted is not None and wanted not in values:
            return f"{name} {quoted(str(wanted))} is no value of the scale", one_of(map(str, values))
    passing = [value for value in values if _passes(asking, value)]
    if asking.answered is False or not passing:
        return _never(asking)
    return None


def _problem_with_number(asking: Asking, low: float, high: float) -> tuple[str, str] | None:
    least = max(low, asking.at_least if asking.at_least is not None else low)
    most = min(high, asking.at_most if asking.at_most is not None else high)
    wanted = asking.is_
    if asking.answered is False or least > most or (wanted is not None and not _passes(asking, wanted, low, high)):
        return _never(asking, f"; the number lies between {low:g} and {high:g}")
    return None


def _problem_with_context(asking: Asking, key: ContextKey) -> tuple[str, str] | None:
    if asking.answered is False and _compares(asking):
        return _never(asking)
    if key.options is None:
        hopeless = asking.at_least is not None and asking.at_most is not None and asking.at_least > asking.at_most
        return _never(asking) if hopeless or (asking.is_ is not None and asking.is_ == asking.is_not) else None
    for name, wanted in (("is", asking.is_), ("is_not", asking.is_not)):
        if wanted is not None and wanted not in key.options:
            mend = nearest(str(wanted), key.options) or one_of(key.options)
            return f"{name} {quoted(str(wanted))} is no option of the context key", mend
    return None if any(_passes(asking, option) for option in key.options) else _never(asking)


def _compares(asking: Asking) -> bool:
    return any(test is not None for test in (asking.at_least, asking.at_most, asking.is_, asking.is_not))


def _passes(asking: Asking, value: int | float | str, low: float | None = None, high: float | None = None) -> bool:
    """Whether one value passes all tests."""
    if (asking.is_ is not None and value != asking.is_) or (asking.is_not is not None and value == asking.is_not):
        return False
    least, most = asking.at_least, asking.at_most
    if least is None and most is None and low is None:
        return True
    try:
        number = float(value)
    except ValueError:
        return False
    lows = [bound for bound in (least, low) if bound is not None]
    highs = [bound for bound in (most, high) if bound is not None]
    return all(number >= bound for bound in lows) and all(number <= bound for bound in highs)


def _never(asking: Asking, why: str = "") -> tuple[str, str]:
    if asking.answered is False and not why:
        return "never holds: what is not answered leaves it open", "remove 'answered: false'"
    return f"never holds{why}", "correct the test, or remove the item"


def _check_circles(asked: Mapping[str, Asked], ledger: Ledger) -> frozenset[str]:
    """Report items that wait for each other; gives back every item on a circle."""
    on_circle: set[str] = set()
    for circle in _circles({id_: [tested for tested in item.ask_if if tested in asked] for id_, item in asked.items()}):
        if on_circle.isdisjoint(circle):
            shown = " → ".join([*circle, circle[0]])
            place = ledger.place("ask_if", circle[0], circle[1] if len(circle) > 1 else circle[0])
            ledger.fault(place, f"items wait for each other in 'ask_if': {shown}", "remove one of the tests")
        on_circle.update(circle)
    return frozenset(on_circle)


def _circles(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Circles of a graph, each beginning with its first node: at least one through every node that is on any."""
    done: set[str] = set()
    for start in graph:
        if start in done:
            continue
        path = {start: iter(graph[start])}  # the way from `start`, in order, with what is still to be followed
        while path:
            last, following = next(reversed(path.items()))
            node = next(following, None)
            if node is None:
                done.add(last)
                del path[last]
            elif node in path:
                way = list(path)
                yield way[way.index(node) :]
            elif node not in done:
                path[node] = iter(graph[node])


def _check_order(asked: Mapping[str, Asked], circles: frozenset[str], ledger: Ledger) -> None:
    order = {id_: position for position, id_ in enumerate(asked)}
    for id_, item in asked.items():
        for tested in item.ask_if:
            if tested not in asked or id_ in circles:
                continue
            place = ledger.place("ask_if", id_, tested)
            if item.core and not asked[tested].core:
                what = f"item {quoted(id_)} is core, and hangs on {quoted(tested)}, which is not"
                ledger.warn(place, what, "make both core, or neither: a survey of core items would never ask it")
            if order[tested] > order[id_] and isinstance(item, Item) == isinstance(asked[tested], Item):
                what = f"item {quoted(id_)} hangs on {quoted(tested)}, which is asked after it"
                ledger.warn(place, what, "move it behind that item")


def _check_audiences(
    framework: Framework, asked: Mapping[str, Asked], excused: frozenset[str], ledger: Ledger
) -> dict[str, frozenset[str]]:
    audiences = _audiences(framework, asked, excused)
    for id_, item in asked.items():
        if not audiences[id_] and not _follows(item, audiences):
            place = ledger.place("item", id_)
            mend = "widen its 'roles' or its 'ask_if'"
            ledger.fault(place, f"item {quoted(id_)} is asked of nobody: its roles and tests exclude each other", mend)
    return audiences


def audiences(framework: Framework) -> Mapping[str, frozenset[str]]:
    """The roles that each item and question may be put to; `{ANYONE}` where the framework tells no roles apart."""
    return _audiences(framework, {**framework.items, **framework.unscored}, frozenset())


def _audiences(framework: Framework, asked: Mapping[str, Asked], excused: frozenset[str]) -> dict[str, frozenset[str]]:
    role = framework.context.get("role")
    everyone = frozenset(role.options) if role is not None and role.options else frozenset({ANYONE})
    known: dict[str, frozenset[str]] = dict.fromkeys(excused, everyone)
    for start in asked:
        pending = [start]
        while pending:  # an item's audience hangs on those of the items it tests
            id_ = pending[-1]
            open_ = [tested for tested in asked[id_].ask_if if tested in asked and tested not in known]
            if id_ in known or not open_:
                pending.pop()
                if id_ not in known:
                    known[id_] = _audience(asked[id_], everyone, known)
            else:
                pending.extend(open_)
    return known


def _follows(item: Asked, audiences: Mapping[str, frozenset[str]]) -> bool:
    """Whether nobody is asked only because nobody is asked what it hangs on, which has been reported."""
    return any(tested in audiences and not audiences[tested] for tested in item.ask_if)


def _audience(item: Asked, everyone: frozenset[str], audiences: Mapping[str, frozenset[str]]) -> frozenset[str]:
    audience = everyone
    if item.roles is not None and everyone.issuperset(item.roles):  # an unknown role is another fault
        audience = frozenset(item.roles)
    for tested, asking in item.ask_if.items():
        if tested in audiences:
            audience &= audiences[tested]
        elif tested == "role" and ANYONE not in everyone:
            audience = frozenset(option for option in audience if _passes(asking, option))
    return audience
