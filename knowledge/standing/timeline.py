"""From reports to figures: what each unit had reached by its own word, day by day, and what of it holds.

A reading is a new total. An increment adds to the unit's last figure, or to where the target begins. A percent or a
state is a figure without a value. Notes, problems and 本期无变化 leave the figure as it is. On one day what arrived
later holds; a report of an earlier day that arrives late takes its place in time.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from knowledge.plan.model import Card, Period, Target
from knowledge.reports.model import State, UpdateKind
from knowledge.standing.measure import MULTIPLE, in_goal_s_unit, is_rate
from knowledge.standing.report import Report, marked
from knowledge.standing.values import Figure

Timelines = Mapping[str, Sequence[Figure]]
"""Each unit's figures in order of their days."""

_SAID_BY_STATE = {State.DONE: Decimal(100), State.NOT_STARTED: Decimal(0)}


def timelines(
    reports: Iterable[Report], target: Target | None, card: Card, *, known_at: datetime | None = None
) -> Timelines:
    """The figures of counted reports, by unit; what is measured in something else than the target gives none."""
    figures: dict[str, list[Figure]] = defaultdict(list)
    for report in reports:
        line = figures[report.unit]
        afresh = target is not None and target.period in {Period.YEARLY, Period.YEARLY_AVERAGE}
        before = line[-1] if line and not (afresh and line[-1].day.year != report.day.year) else None
        figure = _figure(report, before, target, card, known_at)
        if figure:
            line.append(figure)
    return {unit: line for unit, line in figures.items() if line}


def _figure(
    report: Report, before: Figure | None, target: Target | None, card: Card, known_at: datetime | None
) -> Figure | None:
    value, percent, state = None, None, None
    total = True
    if report.kind is UpdateKind.PERCENT:
        percent = report.value
    elif report.kind is UpdateKind.STATE:
        state, percent = report.state, _SAID_BY_STATE.get(report.state) if report.state else None
    elif report.kind is UpdateKind.READING:
        value = _fitting(report, target, card)
    elif report.kind is UpdateKind.INCREMENT:
        total = before is None
        value = _added(report, before, target, card)
    if value is None and percent is None and (state is None or target is not None):
        return None
    checked = report.published is not None or marked(report.checked, known_at)
    approved = marked(report.approved, known_at)
    return Figure(
        units=(report.unit,),
        value=value,
        measure=(report.measure or (target.unit if target else None)) if value is not None else None,
        percent=percent,
        state=state,
        day=report.day,
        checked=checked and (total or bool(before and before.checked)),
        approved=approved and (total or bool(before and before.approved)),
        approx=report.approx or (not total and bool(before and before.approx)),
        report=report,
    )


def _fitting(report: Report, target: Target | None, card: Card) -> Decimal | None:
    if report.value is None or target is None or in_goal_s_unit(report.value, report.measure, target, card) is None:
        # Without its benchmark a relative target judges nothing, nor 倍增 without its base, yet what was said is shown.
        relative = target is not None and target.relative_to is not None and not card.reference
        multiple = target is not None and target.unit == MULTIPLE and not card.base
        return report.value if relative or multiple else None
    return report.value


def _added(report: Report, before: Figure | None, target: Target | None, card: Card) -> Decimal | None:
    amount = _fitting(report, target, card)
    if amount is None or target is None:
        return None
    measure = report.measure or target.unit
    if before is not None and before.value is not None:
        return before.value + amount if before.measure == measure else None
    if not is_rate(target):
        base = card.base if target.period in {Period.BY_END, Period.MAINTAIN} and card.base else Decimal(0)
        said = before.percent if before and before.percent is not None else Decimal(0)
        return base + (target.value - base) * said / 100 + amount
    return card.base + amount if before is None and card.base is not None and target.unit in {"%", None} else None


def holding(lines: Timelines, target: Target | None, card: Card, day: date) -> tuple[Figure, ...]:
    """The figures that hold on a day: none, one, or several units' side by side.

    A certifying unit's published figure before all; then the owner's, or the sum where the card says so.
    """
    current = {unit: figure for unit, line in lines.items() if (figure := _latest(line, target, day))}
    published = [figure for figure in current.values() if _official(figure, card)]
    if published:
        return (max(published, key=lambda figure: (figure.day, figure.report.received_at)),)
    if _adds_up(target, card):
        return _summed([figure for figure in current.values() if figure.value is not None])
    return tuple(current[unit] for unit in sorted(current) if card.owner in {None, unit})


def decides(unit: str, target: Target, card: Card) -> bool:
    """Whether the unit's word is of what the standing rests on; else it stands beside the owner's."""
    return card.owner in {None, unit} or _adds_up(target, card)


def _adds_up(target: Target | None, card: Card) -> bool:
    return bool(card.summed) and target is not None and not is_rate(target)


def _official(figure: Figure, card: Card) -> bool:
    return figure.published is not None and card.certifier in {None, *figure.units}


def _summed(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    if not figures:
        return ()
    latest = max(figures, key=lambda figure: figure.day)
    return (
        Figure(
            units=tuple(sorted(unit for figure in figures for unit in figure.units)),
            value=sum((figure.value for figure in figures if figure.value is not None), Decimal(0)),
            measure=latest.measure,
            day=latest.day,
            checked=all(figure.checked for figure in figures),
            approved=all(figure.approved for figure in figures),
            approx=any(figure.approx for figure in figures),
            report=latest.report,
        ),
    )


def _latest(line: Sequence[Figure], target: Target | None, day: date) -> Figure | None:
    """The unit's last figure up to a day; of a yearly target only that year's, of a yearly average all years'."""
    past = bisect_right(line, day, key=lambda figure: figure.day)
    last = line[past - 1] if past else None
    if last is None or target is None:
        return last
    if target.period is Period.YEARLY:
        return last if last.day.year == day.year else None
    if target.period is Period.YEARLY_AVERAGE:
        return _over_years({figure.day.year: figure for figure in line[:past]}, target)
    return last


def _over_years(by_year: Mapping[int, Figure], target: Target) -> Figure:
    """One figure from each year's last: counts added up, growth compounded and averaged (to ten places)."""
    figures = list(by_year.values())
    values = [figure.value for figure in figures if figure.value is not None]
    last = figures[-1]
    if len(values) < len(figures) or len(values) == 1:
        return last
    return Figure(
        units=last.units,
        value=_compounded(values) if is_rate(target) else sum(values, Decimal(0)),
        measure=last.measure,
        day=last.day,
        checked=all(figure.checked for figure in figures),
        approved=all(figure.approved for figure in figures),
        approx=any(figure.approx for figure in figures),
        report=last.report,
    )


def _compounded(rates: Sequence[Decimal]) -> Decimal:
    product = Decimal(1)
    for rate in rates:
        product *= max(1 + rate / 100, Decimal(0))
    return ((product ** (Decimal(1) / len(rates)) - 1) * 100).quantize(Decimal("1e-10")).normalize()
