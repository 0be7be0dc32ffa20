"""The sponsor's page: which of the known ways to fail, how sure, what limits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from readiness.language.speech import Speech
from readiness.report.answers import Replies
from readiness.report.groups import Places
from readiness.report.profile import Line
from readiness.report.quality import Flagged
from readiness.report.responding import Answered
from readiness.report.spread import spread
from readiness.report.stories import Family, Remedy, Story
from readiness.report.way_out import GroupWay, Ways

MOST_NAMED = 6  # groups named by a scenario, and by the ways out


@dataclass(frozen=True)
class Elsewhere:
    """A scenario that is present in single groups and not in the whole, and what relieves it there."""

    story: Story
    places: tuple[Places, ...]
    remedies: tuple[Remedy, ...]

    @property
    def in_groups(self) -> bool:
        """Whether a group of the whole is on it, and not only people who were interviewed, or what was seen."""
        return any(not part.apart for part in self.places)


@dataclass(frozen=True)
class Brief:
    """One page of findings. Stories keep the framework's order: they are never ranked by membership."""

    headline: str
    profile: str  # weakest and strongest dimension in a sentence, "" without
    present: tuple[Story, ...]
    open: tuple[Story, ...]
    elsewhere: tuple[Elsewhere, ...]
    watched: tuple[Story, ...]
    strengths: tuple[Story, ...]
    limits: tuple[str, ...]
    firsts: frozenset[str] = frozenset()  # the indicators that ways out move first

    def named(self, places: Sequence[Places]) -> tuple[tuple[Places, ...], int]:
        """The first groups of some tables, as many as a sponsor's page has room for, and how many more there are."""
        left, named = MOST_NAMED, []
        for part in places:
            named.append(replace(part, groups=part.groups[:left]))
            left -= len(named[-1].groups)
        return tuple(part for part in named if part.groups), sum(
            len(part.groups) for part in places
        ) - MOST_NAMED + left

    def first_ways(self, ways: Sequence[GroupWay]) -> tuple[Sequence[GroupWay], int]:
        """The same of the groups that a way out is told of."""
        return ways[:MOST_NAMED], len(ways[MOST_NAMED:])

    def remedies(self, story: Story) -> tuple[Remedy, ...]:
        """What relieves a scenario: what serves the first step of a way out, so that the page says one thing."""
        return tuple(remedy for remedy in story.remedies if remedy.indicator in self.firsts) or story.first_remedies


def brief(
    speech: Speech,
    lines: Sequence[Line],
    families: Sequence[Family],
    present_in: Mapping[str, tuple[Places, ...]],
    replies: Replies | None,
    answered: Answered | None = None,
    flagged: Flagged | None = None,
    ways: Ways | None = None,
    unsettled: Sequence[str] = (),
) -> Brief:
    """The findings of the whole, from what the other sections show.

    present_in: the groups in which each scenario is present. replies: None where everything is hidden. answered: who
    did, where that is known. flagged: how many answered carelessly. ways: out of the scenarios, so that what relieves
    them is what they begin with. unsettled: groups, each with what sampling leaves open in it.
    """
    firsts = frozenset(way.first.indicator.id for way in ways.groups if way.first) if ways else frozenset()
    stories = [story for family in families for story in family.stories]
    risks = [story for story in stories if not story.favourable]
    told = [story for story in risks if story.told]
    present = tuple(story for story in told if story.present)
    open_ = tuple(story for story in told if story.open)
    elsewhere = tuple(
        _elsewhere(story, present_in[story.id], firsts)
        for story in risks
        if story.id in present_in and not story.present
    )
    apart = {found.story.id for found in elsewhere}
    if replies is None:
        headline = speech.gettext("Too few people answered for anything to be shown.")
    elif told:
        headline = _verdict(speech, len(told), len(present), len(open_), sum(found.in_groups for found in elsewhere))
    elif risks:
        headline = speech.gettext("Too few people answered for the scenarios to be told.")
    else:
        headline = speech.gettext("What the answers say, dimension by dimension.")
    return Brief(
        headline=headline,
        profile=spread(speech, lines),
        present=present,
        open=open_,
        elsewhere=elsewhere,
        watched=tuple(story for story in told if story.watched and story.id not in apart),
        strengths=tuple(story for story in stories if story.favourable and story.present),
        limits=(
            *_who(speech, stories, answered),
            *_careless(speech, flagged),
            *_open_in_groups(speech, unsettled),
            *_limits(speech, stories, replies),
        ),
        firsts=firsts,
    )


def _elsewhere(story: Story, places: tuple[Places, ...], firsts: frozenset[str]) -> Elsewhere:
    groups = [place.story for part in places for place in part.groups]
    limiting = {link.indicator for group in groups for link in group.limiting}
    remedies = story.remedies or groups[0].remedies  # the whole has none where it is hidden
    wanted = {remedy.indicator for remedy in remedies} & firsts or limiting
    fitting = tuple(remedy for remedy in remedies if remedy.indicator in wanted)
    return Elsewhere(story, places, fitting or remedies)


def _verdict(speech: Speech, known: int, present: int, open_: int, elsewhere: int) -> str:
    numbers = {"all": speech.number(known), "groups": speech.number(elsewhere)}
    if elsewhere and not present and not open_:
        words = speech.ngettext(
            "The organisation as a whole is not on the one known way to fail, but individual groups are.",
            "The organisation as a whole is on none of the %(all)s known ways to fail, but individual groups are on "
            "%(groups)s of them.",
            known,
        )
        return words % numbers
    said = standing(speech, known, present, open_)
    if elsewhere:
        words = speech.ngettext(
            "Individual groups are on %(groups)s more.", "Individual groups are on %(groups)s more.", elsewhere
        )
        said = f"{said} {words % numbers}"
    return said


def standing(speech: Speech, known: int, present: int, open_: int) -> str:
    """How many of the known ways to fail the whole or a group is on, or that it cannot be told, in a sentence."""
    numbers = {"n": speech.number(present), "all": speech.number(known), "open": speech.number(open_)}
    if present and known == 1:
        words = speech.gettext("The one known way to fail is present.")
    elif present:
        words = speech.ngettext(
            "%(n)s of the %(all)s known ways to fail is present.",
            "%(n)s of the %(all)s known ways to fail are present.",
            present,
        )
    elif open_ == known:
        words = speech.gettext("Whether any of the known ways to fail is present cannot be told yet.")
    elif open_:
        words = speech.ngettext(
            "None of the known ways to fail shows so far; %(open)s of %(all)s cannot be told yet.",
            "None of the known ways to fail shows so far; %(open)s of %(all)s cannot be told yet.",
            open_,
        )
    else:
        words = speech.ngettext(
            "The one known way to fail is not present.",
            "None of the %(all)s known ways to fail is present.",
            known,
        )
    return words % numbers


def _who(speech: Speech, stories: Sequence[Story], answered: Answered | None) -> Iterator[str]:
    """Who is not heard: those who did not answer, and roles other than the one a finding rests on."""
    if answered is not None and answered.rate is not None:
        said = speech.gettext("%(rate)s of the people who could answer did.") % {"rate": answered.rate.text}
        everybody = answered.rate.text == speech.percent(1.0)
        yield said if everybody else f"{said} {speech.gettext('Nothing here says how the others see it.')}"
    if answered is not None and answered.lowest is not None:
        words = speech.gettext("Lowest response rate: %(group)s, %(rate)s.")
        yield words % {"group": answered.lowest.name, "rate": answered.lowest.rate.text}
    if answered is not None and answered.silent:
        yield speech.gettext("No answers from: %(groups)s.") % {"groups": speech.listed(answered.silent)}
    alone = {link.title: link.only_role for story in stories if story.present for link in story.links if link.only_role}
    if alone:
        named = speech.listed(f"{title} ({role})" for title, role in alone.items())
        words = speech.gettext("One role alone says what these conditions rest on: %(conditions)s.")
        yield words % {"conditions": named}


def _careless(speech: Speech, flagged: Flagged | None) -> Iterator[str]:
    """That many answered carelessly, whether or not they count."""
    if flagged is None or not flagged.many or flagged.either is None:
        return
    if flagged.excluded:
        words = speech.ngettext(
            "%(n)s of %(all)s respondents answered carelessly, and is left out.",
            "%(n)s of %(all)s respondents answered carelessly, and are left out.",
            flagged.n_either,
        )
    else:
        words = speech.ngettext(
            "%(n)s of %(all)s respondents answered carelessly, and counts in all figures.",
            "%(n)s of %(all)s respondents answered carelessly, and count in all figures.",
            flagged.n_either,
        )
    yield words % {"n": flagged.either.text, "all": flagged.n.text}


def _open_in_groups(speech: Speech, unsettled: Sequence[str]) -> Iterator[str]:
    if unsettled:
        words = speech.gettext("What sampling leaves open in individual groups: %(groups)s.")
        yield words % {"groups": speech.gettext("; ").join(unsettled)}


def _limits(speech: Speech, stories: Sequence[Story], replies: Replies | None) -> Iterator[str]:
    if replies is not None and replies.n_put:
        yield speech.gettext("Of all questions put, %(dk)s were answered “don’t know” and %(missing)s not at all.") % {
            "dk": replies.dk_share.text,
            "missing": replies.missing_share.text,
        }
    reversible = [story.title for story in stories if story.present and story.reversible]
    if reversible:
        yield speech.ngettext(
            "Missing answers could reverse one of these findings: %(titles)s.",
            "Missing answers could reverse these findings: %(titles)s.",
            len(reversible),
        ) % {"titles": speech.listed(reversible)}
    open_ = sum(story.open for story in stories)
    if open_:
        yield speech.ngettext(
            "%(n)s scenario cannot be told yet; it is said below what would settle it.",
            "%(n)s scenarios cannot be told yet; it is said below what would settle them.",
            open_,
        ) % {"n": speech.number(open_)}
    hidden = sum(story.status.key == "hidden" for story in stories)
    if hidden:
        yield speech.ngettext(
            "%(n)s scenario is hidden because it would rest on too few people.",
            "%(n)s scenarios are hidden because they would rest on too few people.",
            hidden,
        ) % {"n": speech.number(hidden)}
    if stories:
        yield speech.gettext(
            "The thresholds between the levels are reasoned from the sources and not yet validated on data."
        )
