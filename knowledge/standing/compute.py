"""Standing of a target, from its card and the reports about it. Pure: the day and the thresholds are arguments.

`today` is the day asked about: what reports say of later days is left out, so a past day gives what was true then
(截至6月30日). `known_at` leaves out what was not yet known, checked or accepted at that moment.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Card, Frequency, Period, Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.history import History, history_of
from knowledge.standing.judge import Case, Judged, judge, unlit
from knowledge.standing.measure import Measure, measure_of, reached, value_of
from knowledge.standing.report import Report
from knowledge.standing.schedule import nodes_within, span_of, year_span, years_of
from knowledge.standing.timeline import Timelines, holding
from knowledge.standing.values import (
    DEFAULT_THRESHOLDS,
    DONE,
    Change,
    Extension,
    Figure,
    Light,
    LightCause,
    Line,
    Projection,
    Standing,
    Thresholds,
    TimeFrame,
    Year,
)

WORST = tuple(Light)
_DAYS = {Frequency.MONTHLY: 31, Frequency.QUARTERLY: 92, Frequency.HALF_YEARLY: 184, Frequency.YEARLY: 366}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTime:
    """When a plan begins and ends (the document's, unless the office sets others); both days are inside."""

    start: date
    end: date


def standing_of(
    target: Target,
    card: Card,
    reports: Iterable[Report],
    today: date,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    plan: str,
    time: PlanTime,
    units: Sequence[str] = (),
    extensions: Sequence[Extension] = (),
    known_at: datetime | None = None,
) -> Standing:
    """Where the target stands on `today`.

    `reports` are those about this target, in any order and of any status; `units` are the responsible units of its
    task; `card` is the one in force (the office's, or the register's `target.card`). Never raises.
    """
    subject = EntryKey(EntryKind.TARGET, target.name, plan, target.task)
    history = history_of(subject, target, card, reports, known_at=known_at)
    return standing_on(history, target, today, thresholds, time=time, units=units, extensions=extensions)


def standing_on(
    history: History,
    target: Target,
    today: date,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    time: PlanTime,
    units: Sequence[str] = (),
    extensions: Sequence[Extension] = (),
    unsupervised: Collection[str] = frozenset(),
) -> Standing:
    """As `standing_of`, from what was prepared of the target's reports.

    What only `unsupervised` units answer for has figures and no light.
    """
    card, held = history.card, history.until(today)
    question_service = _Desk(
        target=target,
        card=card,
        lines=history.lines,
        span=span_of(target, today, time.start, time.end, extensions),
        years=years_of(time.start, target.deadline or time.end),
        today=today,
        thresholds=thresholds,
        asked=tuple(units) if card.summed or not card.owner else (card.owner,),
        unsupervised=frozenset(unsupervised),
    )
    figures = question_service.figures(question_service.until)
    judged, beside = question_service.light(figures)
    figure = figures[0] if len(figures) == 1 else None
    value = question_service.value(figure)
    spared = question_service.is_spared(figure)
    return Standing(
        subject=history.subject,
        target=target,
        units=tuple(units),
        card=card,
        today=today,
        span=question_service.span,
        goal=question_service.measure.goal,
        light=judged.verdict.light,
        reason=judged.verdict.reason,
        figure=figure,
        checked=question_service.checked(figures),
        beside=beside,
        parts=question_service.parts(figure),
        silent=tuple(unit for unit in units if question_service.is_silent(unit)) if card.summed else (),
        others=question_service.others(figure),
        share=judged.share,
        expected=judged.expected,
        basis=judged.basis,
        difference=judged.points,
        late=not spared and question_service.late(extensions),
        days_old=(today - figure.day).days if figure else None,
        stale=not spared and question_service.stale(figure, held),
        unchanged=_unchanged(figure, held),
        projection=None if spared else question_service.projection(figure, value, question_service.span.deadline),
        year_end=None if spared else question_service.year_end(figure, value),
        month_change=question_service.change(figure, _month_before),
        year_change=question_service.change(figure, _year_before),
        years=question_service.by_year(),
        heard=history.heard(None if card.summed else card.owner, today),
        problems=() if judged.verdict.light in DONE else history.problems(today),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A target with everything that its standing is computed from."""

    target: Target
    card: Card
    lines: Timelines
    span: TimeFrame
    years: Sequence[int]
    today: date
    thresholds: Thresholds
    asked: tuple[str, ...]
    """Who answers for it: the owner, or all whose task it is."""
    unsupervised: frozenset[str]

    measure: Measure = field(init=False)

    def __post_init__(self) -> None:
        measure = measure_of(
            self.target,
            self.card,
            years=len(self.years),
            nodes=bool(nodes_within(self.card, self.span)),
            about_within=self.thresholds.about_within,
        )
        object.__setattr__(self, "measure", measure)

    @property
    def until(self) -> date:
        """The last day whose figures count: a yearly target that is over ends with its year."""
        return min(self.today, self.span.deadline) if self.target.period is Period.YEARLY else self.today

    def figures(self, day: date) -> tuple[Figure, ...]:
        return holding(self.lines, self.target, self.card, day)

    def is_silent(self, unit: str) -> bool:
        line = self.lines.get(unit)
        return unit not in self.unsupervised and (not line or line[0].day > self.today)

    def is_spared(self, figure: Figure | None) -> bool:
        """Whether there is nobody to press: all who answer for it, or whose figure it is, are not supervised."""
        whose = (self.asked, figure.units if figure else ())
        return any(units and self.unsupervised.issuperset(units) for units in whose)

    def value(self, figure: Figure | None) -> Decimal | None:
        return value_of(figure, self.measure, self.target, self.card) if figure else None

    def judged(self, figure: Figure | None, span: TimeFrame, checked: Figure | None) -> Judged:
        if self.is_spared(figure):
            return unlit((span.deadline - self.today).days)
        return judge(
            Case(
                target=self.target,
                card=self.card,
                measure=self.measure,
                span=span,
                today=self.today,
                figure=figure,
                checked=checked,
                thresholds=self.thresholds,
            )
        )

    def light(self, figures: Sequence[Figure]) -> tuple[Judged, tuple[Line, ...]]:
        """Several units side by side give each its own light, and the target the worst of them."""
        if len(figures) < 2:
            figure = figures[0] if figures else None
            return self.judged(figure, self.span, self.checked(figures)), ()
        each = [self.judged(figure, self.span, None) for figure in figures]
        lines = tuple(
            Line(figure=figure, share=one.share, verdict=one.verdict) for figure, one in zip(figures, each, strict=True)
        )
        lit = [one for one in each if one.verdict.reason.why is not LightCause.UNSUPERVISED]
        worst = min(lit or each, key=lambda one: WORST.index(one.verdict.light))
        return replace(worst, share=None, points=None), lines

    def checked(self, figures: Sequence[Figure]) -> Figure | None:
        """The latest checked figure of the one unit that the standing rests on."""
        if len(figures) != 1:
            return None
        if figures[0].checked or len(figures[0].units) > 1:
            return figures[0] if figures[0].checked else None
        line = self.lines[figures[0].units[0]]
        proofs = [one for one in line if one.checked and one.day <= self.until and self._same_time(one)]
        return proofs[-1] if proofs else None

    def _same_time(self, figure: Figure) -> bool:
        return self.target.period is not Period.YEARLY or figure.day.year == self.span.deadline.year

    def parts(self, figure: Figure | None) -> tuple[Figure, ...]:
        if figure is None or not self.card.summed or figure.published:
            return ()
        alone = [holding({unit: self.lines[unit]}, self.target, Card(), self.until) for unit in figure.units]
        return tuple(one for found in alone for one in found)

    def others(self, figure: Figure | None) -> tuple[Figure, ...]:
        """What units say that the standing does not rest on, while it rests on somebody's word or waits for it."""
        if self.card.summed or not (self.card.owner or self.card.certifier or (figure and figure.published)):
            return ()
        said = {unit: holding({unit: line}, self.target, Card(), self.until) for unit, line in self.lines.items()}
        return tuple(one for found in said.values() for one in found if figure is None or one.units != figure.units)

    def late(self, extensions: Sequence[Extension]) -> bool:
        """A deadline went by unreached: the last one in force, or one that was extended only afterwards."""
        if self.target.period is Period.MAINTAIN:
            return False
        deadline = self.span.first or self.span.deadline
        for one in sorted(extensions, key=lambda one: one.decided):
            if self.span.first is None or one.decided > self.today:
                break
            if one.decided > deadline and not self._reached_on(deadline):
                return True
            deadline = one.to
        lag = timedelta(days=(self.card.lag or 0) if self.card.certifier else 0)
        return self.today > deadline + lag and not self._reached_on(deadline)

    def _reached_on(self, day: date) -> bool:
        return any(reached(figure, self.measure, self.target, self.card) for figure in self.figures(day))

    def stale(self, figure: Figure | None, held: Sequence[Report]) -> bool:
        """Nothing new for longer than the card's frequency (with its lag) lets expect; 本期无变化 counts as new."""
        if figure is None:
            return False
        usual = _DAYS[self.card.frequency] if self.card.frequency else self.thresholds.stale_days
        return (self.today - (_unchanged(figure, held) or figure.day)).days > usual + (self.card.lag or 0)

    def projection(self, figure: Figure | None, value: Decimal | None, day: date) -> Projection | None:
        """Evenly from the beginning through the figure on its own day, up to `day`; none where time tells nothing, nor
        from a mere state."""
        begin = self.measure.begin
        if (
            figure is None
            or figure.state is not None
            or value is None
            or begin is None
            or self.target.period is Period.MAINTAIN
        ):
            return None
        gone, whole = (figure.day - self.span.start).days, (day - self.span.start).days
        if gone <= 0 or figure.day >= day:
            return None
        reach = begin + (value - begin) * whole / gone
        gap = reach - self.measure.goal if self.measure.falling else self.measure.goal - reach
        return Projection(day=day, value=reach, gap=gap)

    def year_end(self, figure: Figure | None, value: Decimal | None) -> Projection | None:
        end = date(self.today.year, 12, 31)
        return self.projection(figure, value, end) if end < self.span.deadline else None

    def change(self, figure: Figure | None, back: Callable[[date], date]) -> Change | None:
        """Against the last figure up to an earlier day, of the same units and in the same measure."""
        if figure is None or figure.value is None:
            return None
        day = back(figure.day)
        if self.target.period is Period.YEARLY and back is _month_before and day.year != figure.day.year:
            return None
        before = self.figures(day)
        if len(before) != 1 or (before[0].units, before[0].measure) != (figure.units, figure.measure):
            return None
        value = before[0].value
        return None if value is None else Change(day=before[0].day, before=value, difference=figure.value - value)

    def by_year(self) -> tuple[Year, ...]:
        if self.target.period is not Period.YEARLY:
            return ()
        return tuple(self._year(year) for year in self.years if year <= self.today.year)

    def _year(self, year: int) -> Year:
        past = replace(self, span=year_span(year))
        figures = past.figures(past.until)
        judged, _ = past.light(figures)
        return Year(
            year=year,
            figure=figures[0] if len(figures) == 1 else None,
            share=judged.share,
            verdict=judged.verdict,
        )


def _month_before(day: date) -> date:
    """The end of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def _year_before(day: date) -> date:
    """The same day of the year before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def _unchanged(figure: Figure | None, held: Sequence[Report]) -> date | None:
    """The last day on which a unit of the figure said that nothing had changed since."""
    if figure is None:
        return None
    said = (
        report.day
        for report in held
        if report.kind is UpdateKind.NO_CHANGE and report.unit in figure.units and report.day > figure.day
    )
    return max(said, default=None)
