"""Methods: what stands behind the figures of certainty, each with its source, and what none of it covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readiness.language.speech import Speech
from readiness.report.figures import Figure, count, share
from readiness.scoring.findings import Analysis, Sampling
from readiness.scoring.result import Group, Prevalence


@dataclass(frozen=True)
class Method:
    """A method: what it is for, what is done, and whose it is."""

    name: str
    does: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Sampled:
    """How the intervals were made."""

    confidence: Figure
    resamples: Figure
    seed: str
    respondents: bool  # these are drawn again; else the means are drawn
    clusters: Figure | None
    finite: bool
    words: str


def sampled(speech: Speech, sampling: Sampling | None, at: str) -> Sampled | None:
    """How the intervals were made; None where there are none."""
    if sampling is None:
        return None
    return Sampled(
        confidence=share(speech, sampling.confidence, f"{at}/confidence"),
        resamples=count(speech, sampling.resamples, f"{at}/resamples"),
        seed=str(sampling.seed),
        respondents=sampling.drawn == "respondents",
        clusters=None if sampling.clusters is None else count(speech, sampling.clusters, f"{at}/clusters"),
        finite=sampling.finite,
        words=sampling_words(speech, sampling),
    )


def sampling_words(speech: Speech, sampling: Sampling) -> str:
    """How the intervals were made, in one line."""
    if sampling.clusters is not None:
        words = speech.gettext("%(confidence)s intervals; %(units)s units taken as drawn, %(resamples)s redraws")
    elif sampling.drawn == "respondents":
        words = speech.gettext("%(confidence)s intervals, from %(resamples)s redraws of the respondents within roles")
    else:
        words = speech.gettext(
            "%(confidence)s intervals, from %(resamples)s redraws of the indicators’ means, in place of the respondents"
        )
    return words % {
        "confidence": speech.percent(sampling.confidence),
        "resamples": speech.number(sampling.resamples),
        "units": speech.number(sampling.clusters or 0),
    }


def methods(speech: Speech, group: Group) -> tuple[Method, ...]:
    """The methods that this result's figures come from, in the order of the report."""
    analysis = group.analysis
    if analysis is None:
        return ()
    return (*_of_sampling(speech, group, analysis), *_of_quality(speech, analysis), *_of_gaps(speech, analysis))


def _of_sampling(speech: Speech, group: Group, analysis: Analysis) -> Iterator[Method]:
    sampling = analysis.sampling
    if sampling is None:
        return
    yield Method(
        speech.gettext("Intervals of means"),
        speech.gettext("Student’s t; readiness by the errors of its indicators and how these go together."),
        ("Student 1908",),
    )
    if sampling.clusters is not None:
        yield Method(
            speech.gettext("Respondents who sit in units"),
            speech.gettext("Whoever works together answers alike, so units count as drawn and not people."),
            ("Cochran 1977", "Bell & McCaffrey 2002", "Imbens & Kolesár 2016"),
        )
    if group.n_effective is not None:
        yield Method(
            speech.gettext("Weights"),
            speech.gettext("The effective number: how many respondents of equal weight would say as much."),
            ("Kish 1965",),
        )
    if sampling.finite:
        yield Method(
            speech.gettext("A known population"),
            speech.gettext("Intervals are narrowed by the finite-population correction."),
            ("Cochran 1977",),
        )
    if any(isinstance(getattr(s, "prevalence", None), Prevalence) for s in group.scenarios.values()):
        yield Method(
            speech.gettext("Intervals of shares"),
            speech.gettext("Wilson’s score interval, which never leaves 0 to 100 per cent."),
            ("Wilson 1927",),
        )
    yield _resampling(speech, sampling)


def _resampling(speech: Speech, sampling: Sampling) -> Method:
    name = speech.gettext("Intervals and odds of scenarios")
    if sampling.drawn == "respondents":
        does = speech.gettext(
            "Respondents are drawn again within their roles, and every scenario is worked out anew for each draw: "
            "the middle 95% of the draws is the interval, and the share in which it is present its probability."
        )
        return Method(name, does, ("Efron 1979", "Rao & Wu 1988", "Hesterberg 2015"))
    does = speech.gettext(
        "The indicators’ means are drawn from the joint distribution of their errors, and every scenario is worked out "
        "anew for each draw: the middle 95% of the draws is the interval, and the share in which it is present its "
        "probability."
    )
    return Method(name, does, ("Efron 1979", "Hesterberg 2015"))


def _of_quality(speech: Speech, analysis: Analysis) -> Iterator[Method]:
    if analysis.instrument:
        yield Method(
            speech.gettext("Reliability α"),
            speech.gettext("Cronbach’s alpha, raw, from pairwise covariances; nothing is imputed."),
            ("Cronbach 1951",),
        )
        yield Method(
            speech.gettext("Reliability ω"),
            speech.gettext(
                "McDonald’s omega of one factor by minimum residuals; with two questions it assumes equal loadings, "
                "and equals alpha."
            ),
            ("McDonald 1999",),
        )
        yield Method(
            speech.gettext("Questions that look wrongly keyed"),
            speech.gettext("Each question’s correlation with the mean of the others, clearly below zero."),
            ("Fisher 1921",),
        )
        yield Method(
            speech.gettext("Agreement within units"),
            speech.gettext("r_wg(j) against evenly spread answers."),
            ("James, Demaree & Wolf 1984",),
        )
        yield Method(
            speech.gettext("Differences between units"),
            speech.gettext("ICC(1) and ICC(2), by one-way analysis of variance."),
            ("Shrout & Fleiss 1979", "Bliese 2000"),
        )
        yield Method(
            speech.gettext("Thresholds for remarks"),
            speech.gettext("Rules of thumb: they say where to look, and decide nothing."),
            (
                "Nunnally & Bernstein 1994",
                "Briggs & Cheek 1986",
                "McHorney & Tarlov 1995",
                "LeBreton & Senter 2008",
                "Meade & Craig 2012",
                "Baruch & Holtom 2008",
            ),
        )
    if analysis.careless is not None:
        yield Method(
            speech.gettext("Careless answers"),
            *_of_carelessness(speech, timed=analysis.careless.speeding is not None),
        )


def _of_carelessness(speech: Speech, *, timed: bool) -> tuple[str, tuple[str, ...]]:
    """What careless respondents are known by, and whose methods these are. timed: whether any time was recorded."""
    if timed:
        words = speech.gettext(
            "The same option in a long row, across questions keyed both ways; less than two seconds an answer."
        )
        return words, ("Johnson 2005", "Huang et al. 2012", "Curran 2016")
    return speech.gettext("The same option in a long row, across questions keyed both ways."), (
        "Johnson 2005",
        "Curran 2016",
    )


def _of_gaps(speech: Speech, analysis: Analysis) -> Iterator[Method]:
    if analysis.gaps is None or not (analysis.gaps.compared or analysis.gaps.modes):
        return
    yield Method(
        speech.gettext("Differences of two sides"),
        speech.gettext("Welch’s interval of the difference of means, each side varying in its own way."),
        ("Welch 1947",),
    )
    yield Method(
        speech.gettext("How wide a difference is"),
        speech.gettext(
            "Cliff’s delta: the chance that one of the first side scores higher than one of the second, minus the "
            "chance that they score lower; small from 0.147, medium from 0.33, large from 0.474."
        ),
        ("Cliff 1993", "Feng & Cliff 2004", "Romano et al. 2006"),
    )
    yield Method(
        speech.gettext("Differences and chance"),
        speech.gettext(
            "The larger p of a permutation test and of Brunner and Munzel’s, then adjusted for all comparisons: of "
            "what is called a gap, one in twenty or fewer is expected to be chance."
        ),
        ("Pitman 1937", "Brunner & Munzel 2000", "Benjamini & Hochberg 1995"),
    )
