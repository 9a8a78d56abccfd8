"""Standing of what has no number: a task, project or action, by its reported state or percent.

A state never says how much is due, so before the deadline it gets no colour, but for a project that stands still: that
is red, unless its reasons were found excused (客观原因认定). A state of a project or action says nothing of its task.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile

from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Card
from knowledge.reports.model import State
from knowledge.standing.compute import PlanTime
from knowledge.standing.history import History, history_of
from knowledge.standing.judge import by_points, unlit
from knowledge.standing.report import Report, Resolution
from knowledge.standing.schedule import span_of
from knowledge.standing.timeline import holding
from knowledge.standing.values import (
    DEFAULT_THRESHOLDS,
    DONE,
    Basis,
    Extension,
    Figure,
    Light,
    LightCause,
    LightReason,
    Standing,
    Thresholds,
    Verdict,
    rounded,
)

_HUNDRED = Decimal(100)


def standing_of_subject(
    subject: EntryKey,
    reports: Iterable[Report],
    today: date,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    time: PlanTime,
    units: Sequence[str] = (),
    extensions: Sequence[Extension] = (),
    known_at: datetime | None = None,
) -> Standing:
    """Like standing_of, for a subject without a target; the latest word of any unit holds."""
    history = history_of(subject, None, Card(), reports, known_at=known_at)
    return subject_standing_on(history, today, thresholds, time=time, units=units, extensions=extensions)


def subject_standing_on(
    history: History,
    today: date,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    time: PlanTime,
    units: Sequence[str] = (),
    extensions: Sequence[Extension] = (),
    unsupervised: Collection[str] = frozenset(),
) -> Standing:
    """As `standing_of_subject`, from what was prepared of the subject's reports; see `standing_on`."""
    said = holding(history.lines, None, Card(), today)
    figure = max(said, key=lambda one: (one.day, one.report.received_at), default=None)
    span = span_of(None, today, time.start, time.end, extensions)
    share = figure.percent if figure and figure.state in {None, State.DONE} else None
    expected = span.elapsed(today) * _HUNDRED if share is not None else None
    points = rounded(share - expected) if share is not None and expected is not None else None
    days = (span.deadline - today).days
    verdict = _stopped(history, figure, today, days) or _verdict(figure, share, points, days, thresholds)
    whose = figure.units if figure else units
    spared = bool(whose) and frozenset(unsupervised).issuperset(whose)
    if spared:
        share = expected = points = None
        verdict = unlit(days).verdict
    return Standing(
        subject=history.subject,
        target=None,
        units=tuple(units),
        card=Card(),
        today=today,
        span=span,
        goal=None,
        light=verdict.light,
        reason=verdict.reason,
        figure=figure,
        checked=figure if figure and figure.checked else None,
        share=rounded(share),
        expected=rounded(expected),
        basis=Basis.TIME if expected is not None else None,
        difference=points,
        late=not spared and today > span.deadline and (share is None or share < _HUNDRED),
        days_old=(today - figure.day).days if figure else None,
        heard=history.heard(None, today),
        problems=() if verdict.light in DONE else history.problems(today),
        excuse=excuse_of(history, figure, today) if figure else None,
        stale=not spared and figure is not None and (today - figure.day).days > thresholds.stale_days,
    )


def _stopped(history: History, figure: Figure | None, today: date, days: int) -> Verdict | None:
    """The light of a project that stands still by its unit's last word."""
    if history.subject.kind is not EntryKind.PROJECT or figure is None or figure.state is not State.BLOCKED:
        return None
    if excuse_of(history, figure, today) is not None:
        return Verdict(light=Light.GREY_NO_BASE, reason=LightReason(why=LightCause.EXCUSED, days=days))
    return Verdict(light=Light.RED, reason=LightReason(why=LightCause.BLOCKED, days=days))


def excuse_of(history: History, figure: Figure, today: date) -> Resolution | None:
    """What excuses the stop that the figure tells of, however often it has been told since it began."""
    line = [one for one in history.lines[figure.units[0]] if one.day <= today]
    stop = takewhile(lambda one: one.state is State.BLOCKED, reversed(line))
    return next((one.report.resolved for one in stop if one.report.resolved_by(today)), None)


def _verdict(
    figure: Figure | None,
    share: Decimal | None,
    points: Decimal | None,
    days: int,
    thresholds: Thresholds,
) -> Verdict:
    if figure is None:
        if days < 0:
            return Verdict(light=Light.GREY_OVERDUE, reason=LightReason(why=LightCause.OVERDUE_UNREPORTED, days=days))
        return Verdict(light=Light.GREY_UNREPORTED, reason=LightReason(why=LightCause.UNREPORTED, days=days))
    if share is not None and share >= _HUNDRED:
        if figure.checked:
            return Verdict(light=Light.BLUE, reason=LightReason(why=LightCause.CHECKED, days=days))
        return Verdict(light=Light.LIGHT_BLUE, reason=LightReason(why=LightCause.REPORTED, days=days))
    if days < 0:
        return Verdict(light=Light.RED, reason=LightReason(why=LightCause.OVERDUE, days=days))
    verdict = by_points(points, days, thresholds)
    return verdict or Verdict(light=Light.GREY_NO_BASE, reason=LightReason(why=LightCause.NO_QUANTITY, days=days))
