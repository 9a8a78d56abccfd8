"""One light for one figure, with its reason. docs/standing.md says the same to the office, case by case.

The rules in their order; the first that fits decides:

1. no figure: unreported, or overdue; a certifying unit's data not yet out is neither
2. nothing to judge by: no benchmark, nothing that is to be doubled
3. a target to be kept, or a ceiling: judged at its nodes and its deadline, not before
4. reached: blue if checked, else light blue
5. past the deadline: red
6. no share due can be told: grey
7. the points between the share done and the share due; within the last days before the deadline at best amber
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from knowledge.plan.model import Bound, Card, Period, Rigidity, Target
from knowledge.standing.measure import Measure, is_rate, reached, value_of
from knowledge.standing.schedule import due, nodes_within
from knowledge.standing.values import (
    Basis,
    Figure,
    Light,
    LightCause,
    LightReason,
    Thresholds,
    TimeFrame,
    Verdict,
    rounded,
)

_NEVER_RED = {Rigidity.STRIVE, Rigidity.ASPIRE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a light is decided from."""

    target: Target
    card: Card
    measure: Measure
    span: TimeFrame
    today: date
    figure: Figure | None
    checked: Figure | None
    thresholds: Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Share, expected and points are rounded as shown, each from exact values."""

    share: Decimal | None
    expected: Decimal | None
    """None where nothing says what is due by now, and for a target to be kept."""
    points: Decimal | None
    basis: Basis | None
    verdict: Verdict


def unlit(days: int) -> Judged:
    """Of what nobody is pressed for there is neither a light nor a share due."""
    verdict = Verdict(light=Light.GREY_NO_BASE, reason=LightReason(why=LightCause.UNSUPERVISED, days=days))
    return Judged(share=None, expected=None, points=None, basis=None, verdict=verdict)


def judge(case: Case) -> Judged:
    share, expected, basis = _progress(case)
    points = rounded(share - expected) if share is not None and expected is not None else None
    return Judged(
        share=rounded(share),
        expected=rounded(expected),
        points=points,
        basis=basis,
        verdict=_verdict(case, points, nothing_due=expected is None),
    )


def _progress(case: Case) -> tuple[Decimal | None, Decimal | None, Basis | None]:
    figure = case.figure
    share = None
    if figure is not None and not case.measure.missing:
        value = value_of(figure, case.measure, case.target, case.card)
        share = figure.percent if figure.percent is not None else case.measure.share(value)
    if case.target.period is Period.MAINTAIN or case.measure.missing:
        return share, None, None
    expected, basis = due(case.measure, case.span, nodes_within(case.card, case.span), _judged_day(case))
    return share, expected, None if expected is None else basis


def _judged_day(case: Case) -> date:
    """A published figure is judged by the end of its data period, any other by today."""
    return case.figure.day if case.figure and case.figure.published else case.today


def _verdict(case: Case, points: Decimal | None, *, nothing_due: bool) -> Verdict:
    days = (case.span.deadline - case.today).days
    if case.figure is None or (case.card.certifier and not case.figure.published and not _own_word(case)):
        return _without_figure(case, days)
    if case.measure.missing:
        why = LightCause.NO_REFERENCE if case.measure.missing == "reference" else LightCause.NO_MULTIPLE_BASE
        return Verdict(light=Light.GREY_NO_BASE, reason=LightReason(why=why, days=days))
    if _kept(case):
        return _evaluated(case, days)
    if reached(case.figure, case.measure, case.target, case.card):
        return _done(case, LightCause.CHECKED, LightCause.REPORTED, days)
    if _past(case):
        if case.figure.published and case.figure.day < case.span.deadline:
            return Verdict(light=Light.GREY_OVERDUE, reason=LightReason(why=LightCause.FINAL_MISSING, days=days))
        return _failed(case, LightCause.OVERDUE, days)
    return _on_the_way(case, points, days, nothing_due=nothing_due)


def _own_word(case: Case) -> bool:
    """Whether the certifying unit answers for the target itself, so that its reports are its figures."""
    return case.figure is not None and case.figure.units == (case.card.certifier,)


def _without_figure(case: Case, days: int) -> Verdict:
    if _past(case):
        light, why = (
            Light.GREY_OVERDUE,
            LightCause.FINAL_MISSING if case.card.certifier else LightCause.OVERDUE_UNREPORTED,
        )
    elif case.card.certifier:
        light, why = Light.GREY_NO_DATA, LightCause.NO_DATA
    else:
        light, why = Light.GREY_UNREPORTED, LightCause.UNREPORTED
    return Verdict(light=light, reason=LightReason(why=why, days=days))


def _past(case: Case) -> bool:
    """Past the deadline; where figures are published, once that of the deadline is out or should be."""
    deadline = case.span.deadline
    if case.figure and case.figure.published and case.figure.day >= deadline:
        return True
    lag = (case.card.lag or 0) if case.card.certifier else 0
    return case.today > deadline + timedelta(days=lag)


def _kept(case: Case) -> bool:
    """保持; and a ceiling over what is counted, which holds until it is broken."""
    ceiling = case.target.bound is Bound.AT_MOST and not is_rate(case.target) and case.measure.zero is None
    return case.target.period is Period.MAINTAIN or ceiling


def _evaluated(case: Case, days: int) -> Verdict:
    """By the last evaluation that is past: a node of the card, or the deadline."""
    assert case.figure is not None  # noqa: S101 - tells mypy what the caller has looked at
    value = value_of(case.figure, case.measure, case.target, case.card)
    met = reached(case.figure, case.measure, case.target, case.card)
    if _past(case) or _judged_day(case) == case.span.deadline:
        return _done(case, LightCause.KEPT, LightCause.KEPT, days) if met else _failed(case, LightCause.NOT_KEPT, days)
    if case.target.period is not Period.MAINTAIN:
        if met is False:
            return _failed(case, LightCause.EXCEEDED, days)
        return Verdict(light=Light.GREY_NO_DATA, reason=LightReason(why=LightCause.NOT_EVALUATED, days=days))
    nodes = [node for node in nodes_within(case.card, case.span) if node.day <= _judged_day(case)]
    if not nodes or value is None:
        return Verdict(light=Light.GREY_NO_DATA, reason=LightReason(why=LightCause.NOT_EVALUATED, days=days))
    if value <= nodes[-1].value if case.measure.falling else value >= nodes[-1].value:
        return Verdict(light=Light.GREEN, reason=LightReason(why=LightCause.KEPT, days=days))
    return _failed(case, LightCause.NOT_KEPT, days)


def _done(case: Case, checked: LightCause, reported: LightCause, days: int) -> Verdict:
    figure, proof = case.figure, case.checked
    sure = figure is not None and figure.checked
    sure = sure or (proof is not None and bool(reached(proof, case.measure, case.target, case.card)))
    if sure:
        return Verdict(light=Light.BLUE, reason=LightReason(why=checked, days=days))
    return Verdict(light=Light.LIGHT_BLUE, reason=LightReason(why=reported, days=days))


def _on_the_way(case: Case, points: Decimal | None, days: int, *, nothing_due: bool) -> Verdict:
    left = (case.span.deadline - _judged_day(case)).days
    verdict = by_points(points, left, case.thresholds, never_red=case.card.rigidity in _NEVER_RED)
    if verdict:
        return verdict
    if case.measure.zero is not None and nothing_due:
        return Verdict(light=Light.GREY_NO_DATA, reason=LightReason(why=LightCause.BEFORE_FIRST_NODE, days=days))
    return Verdict(light=Light.GREY_NO_BASE, reason=LightReason(why=LightCause.NO_BASE, days=days))


def by_points(points: Decimal | None, days: int, thresholds: Thresholds, *, never_red: bool = False) -> Verdict | None:
    """The light of something unfinished, `days` before its deadline; None where nothing can be told yet."""
    if points is not None and points < thresholds.amber_from:
        return _red(LightReason(why=LightCause.FAR_BEHIND, points=points, days=days), never_red=never_red)
    if 0 <= days <= thresholds.soon_days:
        return Verdict(light=Light.AMBER, reason=LightReason(why=LightCause.DUE_SOON, points=points, days=days))
    if points is None:
        return None
    if points < thresholds.green_from:
        return Verdict(light=Light.AMBER, reason=LightReason(why=LightCause.BEHIND, points=points, days=days))
    return Verdict(light=Light.GREEN, reason=LightReason(why=LightCause.ON_PACE, points=points, days=days))


def _failed(case: Case, why: LightCause, days: int) -> Verdict:
    return _red(LightReason(why=why, days=days), never_red=case.card.rigidity in _NEVER_RED)


def _red(reason: LightReason, *, never_red: bool) -> Verdict:
    if never_red:
        return Verdict(light=Light.AMBER, reason=replace(reason, softened=True))
    return Verdict(light=Light.RED, reason=reason)
