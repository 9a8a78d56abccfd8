"""How a standing is told: its light and why, its figures with their tags, the pace, changes, years, the card.

Plain lines; markup and full-width punctuation are added by markup.py.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from handlers.texts.plan import number_text, value_text
from handlers.texts.report_words import RECORDERS, SOURCES, STATES
from knowledge.plan.model import Card, Frequency, OwnerOpinion, ProposedOwner, Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.measure import is_rate
from knowledge.standing.report import OnBehalf, Report
from knowledge.standing.values import (
    Basis,
    Change,
    Figure,
    Light,
    LightCause,
    Line,
    Projection,
    Standing,
    Thresholds,
    Year,
)

TO_CONFIRM = "待办公室确认"

LIGHTS = {
    Light.BLUE: "🔵 核实完成",
    Light.LIGHT_BLUE: "🟦 自报完成待核",
    Light.GREEN: "🟢 绿",
    Light.AMBER: "🟡 黄",
    Light.RED: "🔴 红",
    Light.GREY_OVERDUE: "⚪ 灰（逾期未报）",
    Light.GREY_NO_DATA: "⚪ 灰（未到数据期）",
    Light.GREY_UNREPORTED: "⚪ 灰（未报）",
    Light.GREY_NO_BASE: "⚪ 灰（基期未明确）",
}
_GREYS = {
    LightCause.NOT_EVALUATED: "⚪ 灰（未到评估期）",
    LightCause.BEFORE_FIRST_NODE: "⚪ 灰（未到节点）",
    LightCause.NO_REFERENCE: "⚪ 灰（参照值未明确）",
    LightCause.NO_QUANTITY: "⚪ 灰（无数量，不评灯）",
    LightCause.EXCUSED: "⚪ 灰（停工，已认定）",
    LightCause.UNSUPERVISED: "⚪ 灰（不列督办对象，不评灯）",
}

REASONS = {
    LightCause.CHECKED: "已达到目标，并经核实",
    LightCause.REPORTED: "填报已达到目标，待核实",
    LightCause.ON_PACE: "完成 {share}，序时进度 {expected}，{points}，落后不超过 {green} 个百分点",
    LightCause.BEHIND: "完成 {share}，序时进度 {expected}，{points}，落后超过 {green} 个、未超过 {amber} 个百分点",
    LightCause.FAR_BEHIND: "完成 {share}，序时进度 {expected}，{points}，落后超过 {amber} 个百分点",
    LightCause.DUE_SOON: "{left}到期，还没有完成",
    LightCause.OVERDUE: "已过期限 {over} 天，还没有完成",
    LightCause.KEPT: "评估时达到应保持的水平",
    LightCause.NOT_KEPT: "评估时没有达到应保持的水平",
    LightCause.EXCEEDED: "已超过上限",
    LightCause.NOT_EVALUATED: "保持类和上限类目标到评估时才评灯，目前只列现值",
    LightCause.UNREPORTED: "{never}，期限未到",
    LightCause.OVERDUE_UNREPORTED: "已过期限 {over} 天，{never}",
    LightCause.NO_DATA: "以{certifier}发布的数据为准，目前没有可用的发布数，不评灯，也不算未报",
    LightCause.FINAL_MISSING: "期限已过 {over} 天，还没有{certifier}发布的期末数据",
    LightCause.BEFORE_FIRST_NODE: "第一个节点还没有到，之前没有应达到的数",
    LightCause.NO_BASE: "没有可用的基期值和节点值，不能按时间推算，只列现值与目标",
    LightCause.NO_MULTIPLE_BASE: "倍增目标没有基期值，不能计算",
    LightCause.NO_REFERENCE: "没有{relative}的参照值，不能计算",
    LightCause.NO_QUANTITY: "按状态填报，没有数量，期限前不评灯",
    LightCause.BLOCKED: "停工（停滞），没有登记客观原因认定",
    LightCause.EXCUSED: "停工（停滞），已作客观原因认定（{excuse}），不亮红灯",
    LightCause.UNSUPERVISED: "责任单位不列督办对象，只列数，不评灯、不催、不列未报",
}
_SOFTENED = "（力争、争创类目标不亮红灯）"
FREQUENCIES = {
    Frequency.MONTHLY: "每月",
    Frequency.QUARTERLY: "每季",
    Frequency.HALF_YEARLY: "每半年",
    Frequency.YEARLY: "每年",
}
_CLOSE_UP = {"%", "‰", None}
_WIDE = Context(prec=100)


def day_text(day: date, today: date) -> str:
    """3月31日 in the year of `today`, else 2022-03-31."""
    return f"{day.month}月{day.day}日" if day.year == today.year else day.isoformat()


def amount_text(value: Decimal, unit: str | None) -> str:
    """620 个, 94%; six places at most, as the record keeps them."""
    shown = number_text(value.quantize(Decimal("1e-6"), ROUND_HALF_UP, _WIDE))
    return f"{shown}{'' if unit in _CLOSE_UP else ' '}{unit or ''}"


def percent_text(share: Decimal | None) -> str:
    return "—" if share is None else f"{number_text(share)}%"


def light_text(standing: Standing) -> str:
    """A colour with its word; a grey says which."""
    return _GREYS.get(standing.reason.why, LIGHTS[standing.light])


def headline(standing: Standing) -> str:
    """🟡 黄：620 个，完成 88.6%，比序时进度（94.9%）慢 6.4 个百分点."""
    parts = []
    if standing.beside:
        parts.append(f"{len(standing.beside)} 家单位分别填报，主责{TO_CONFIRM}，逐单位列出")
    elif standing.figure is None:
        parts.append("还没有可用的数")
    else:
        parts += [said_text(standing.figure), *_progress(standing)]
    return f"{light_text(standing)}：" + "，".join(parts)


def said_text(figure: Figure) -> str:
    about = "约 " if figure.approx else ""
    if figure.value is not None:
        return about + amount_text(figure.value, figure.measure)
    if figure.state:
        return STATES[figure.state]
    return f"{about}完成率 {amount_text(figure.percent or Decimal(0), '%')}"


def _progress(standing: Standing) -> list[str]:
    parts = []
    if standing.share is not None and not (standing.figure and standing.figure.value is None):
        parts.append(f"完成 {percent_text(standing.share)}")
    if standing.difference is not None:
        parts.append(f"比序时进度（{percent_text(standing.expected)}）{points_text(standing.difference)}")
    return parts


def points_text(difference: Decimal) -> str:
    if difference == 0:
        return "持平"
    return f"{'快' if difference > 0 else '慢'} {number_text(abs(difference))} 个百分点"


def reason_text(standing: Standing, thresholds: Thresholds) -> str:
    """Why the light is what it is, in one sentence; of several units side by side, the one that decided it."""
    reason, share, whose = standing.reason, standing.share, ""
    for line in standing.beside:
        if line.verdict.reason == reason:
            share, whose = line.share, f"{'、'.join(line.figure.units)}："
            break
    days = reason.days or 0
    sentence = whose + REASONS[reason.why].format(
        share=percent_text(share),
        expected=percent_text(standing.expected),
        points=points_text(reason.points) if reason.points is not None else "",
        green=abs(thresholds.green_from),
        amber=abs(thresholds.amber_from),
        left=f"还有 {days} 天" if days else "今天",
        over=-days,
        never=never_text(standing),
        excuse=standing.excuse.how if standing.excuse else "",
        certifier=standing.card.certifier or "核定单位",
        relative=standing.target.relative_to if standing.target and standing.target.relative_to else "参照对象",
    )
    return sentence + (_SOFTENED if reason.softened else "")


def never_text(standing: Standing) -> str:
    """从未报过 is of all years: of a yearly target that was reported before it is 今年还没有报过.

    Beside figures of other units it is said of the owner.
    """
    if not standing.heard:
        return "主责单位从未报过" if standing.others else "从未报过"
    return "今年还没有报过" if any(year.figure for year in standing.years) else "报过，没有能计入的数"


def figure_line(figure: Figure, today: date) -> str:
    """填报 620 个（市科经局，11月24日）; a published one with its data period."""
    whose = "、".join(figure.units)
    if figure.published:
        period = f"{day_text(figure.published.first, today)}至{day_text(figure.published.last, today)}"
        return f"核实 {said_text(figure)}（{whose}发布，数据期 {period}，{day_text(figure.published.on, today)}发布）"
    when = f"{day_text(figure.day, today)}{by_another(figure.report)}"
    return f"{figure.tag.value} {said_text(figure)}（{whose}，{when}）"


def recorded_by(behalf: OnBehalf, today: date) -> str:
    """督查室代录（电话，3月20日）."""
    return f"{RECORDERS[behalf.by]}代录（{SOURCES[behalf.source]}，{day_text(behalf.on, today)}）"


def by_another(report: Report) -> str:
    """，督查室代录, where somebody else wrote the unit's word down."""
    return f"，{RECORDERS[report.behalf.by]}代录" if report.behalf else ""


def lines(standing: Standing) -> list[str]:
    """Everything under the headline, in the order in which it is read; what is not known has no line."""
    today = standing.today
    found = [beside_line(line, today) for line in standing.beside]
    if standing.figure:
        found.append(_figures(standing, standing.figure))
    found += [f"  其中 {figure_line(part, today)}" for part in standing.parts]
    found += [f"  另有 {figure_line(other, today)}" for other in standing.others]
    if standing.silent:
        found.append(f"尚未提供：{'、'.join(standing.silent)}")
    if standing.unchanged:
        found.append(f"本期无变化（{day_text(standing.unchanged, today)}）")
    if standing.stale and standing.days_old is not None:
        found.append(f"最近 {standing.days_old} 天未更新")
    found.append(plan_line(standing))
    if standing.late:
        found.append(_late(standing))
    ahead = (one for one in (standing.projection, standing.year_end) if one and one.day >= today)
    found += [projection_line(one, standing) for one in ahead]
    if changes := _changes(standing):
        found.append("；".join(changes))
    return found + [year_line(year, today) for year in standing.years]


def _figures(standing: Standing, figure: Figure) -> str:
    line = figure_line(figure, standing.today)
    if figure.checked:
        return line
    checked = figure_line(standing.checked, standing.today) if standing.checked else "核实 —"
    return f"{line}；{checked}"


def beside_line(line: Line, today: date) -> str:
    share = f"，完成 {percent_text(line.share)}" if line.share is not None else ""
    light = _GREYS.get(line.verdict.reason.why, LIGHTS[line.verdict.light])
    return f"{figure_line(line.figure, today)}{share}，{light}"


def plan_line(standing: Standing) -> str:
    """方案 700个以上，2023-12-31；序时进度按时间推算."""
    span = standing.span
    parts = [span.deadline.isoformat()]
    if standing.target:
        parts.insert(0, value_text(standing.target))
    line = "方案 " + "，".join(parts)
    if span.first:
        line += f"（延期，原期限 {span.first.isoformat()}）"
    elif span.default:
        line += "（方案未写期限，默认按方案期）"
    return line + _BASES[standing.basis] if standing.basis else line


_BASES = {
    Basis.TIME: "；序时进度按时间推算",
    Basis.NODE: "；序时进度按节点",
    Basis.BETWEEN_NODES: "；序时进度按节点之间推算",
}


def _late(standing: Standing) -> str:
    first = standing.span.first or standing.span.deadline
    return f"原期限 {first.isoformat()} 未完成，已记逾期"


def projection_line(projection: Projection, standing: Standing) -> str:
    """按现速到期约 653 个，缺 47 个（匀速推算，非预测）."""
    if standing.target is None:
        return ""
    places = Decimal("0.1") if is_rate(standing.target) or "元" in (standing.target.unit or "") else Decimal(1)
    unit, goal = standing.target.unit, standing.goal or Decimal(0)
    value = projection.value.quantize(places, ROUND_HALF_UP, _WIDE)
    if projection.day == standing.span.deadline:
        gap = abs(goal - value)
        rest = f"缺 {amount_text(gap, unit)}" if projection.gap > 0 else "可以达到"
        return f"按现速到期约 {amount_text(value, unit)}，{rest}（匀速推算，非预测）"
    return f"按现速到{projection.day.year}年底约 {amount_text(value, unit)}（匀速推算，非预测）"


def _changes(standing: Standing) -> list[str]:
    found = []
    for word, change in ((_since_word(standing), standing.month_change), ("同比", standing.year_change)):
        if change:
            found.append(f"{word} {change_text(change, standing)}")
    return found


def _since_word(standing: Standing) -> str:
    """比上月 only where the figure before is of the month before; its day stands in the line."""
    figure, change = standing.figure, standing.month_change
    if figure is None or change is None:
        return ""
    months = (figure.day.year - change.day.year) * 12 + figure.day.month - change.day.month
    return "比上月" if months == 1 else "比上次"


def change_text(change: Change, standing: Standing) -> str:
    """+30 个（10月31日 590 个）."""
    rate = standing.unit in {"%", "百分点", "个百分点"}
    unit = "个百分点" if rate else standing.unit
    sign = "+" if change.difference > 0 else ""
    moved = f"{sign}{amount_text(change.difference, unit)}" if change.difference else "持平"
    return f"{moved}（{day_text(change.day, standing.today)} {amount_text(change.before, standing.unit)}）"


def year_line(year: Year, today: date) -> str:
    """2022 年：22 个，完成 110%，🟦 自报完成待核."""
    light = _GREYS.get(year.verdict.reason.why, LIGHTS[year.verdict.light])
    if year.figure is None:
        return f"{year.year} 年：{light}"
    share = f"，完成 {percent_text(year.share)}" if year.share is not None else ""
    return f"{year.year} 年：{said_text(year.figure)}{share}，{light}（{day_text(year.figure.day, today)}）"


def card_lines(target: Target, card: Card) -> list[str]:
    """The indicator card (口径是什么); what is empty says who has to fill it in."""
    definition = card.definition
    counted = definition.numerator if definition else None
    if definition and definition.denominator:
        counted = f"分子：{definition.numerator}；分母：{definition.denominator}"
    reference = card.reference
    rows: Sequence[tuple[str, str | None]] = (
        ("主责单位", owner_text(card)),
        ("核定单位", card.certifier),
        ("口径", counted),
        ("基期值", amount_text(card.base, card.base_unit or target.unit) if card.base is not None else None),
        ("年度节点", _nodes(card, "yearly", target)),
        ("季度节点", _nodes(card, "quarterly", target)),
        ("报送频次", FREQUENCIES[card.frequency] if card.frequency else None),
        ("数据滞后", f"{card.lag} 天" if card.lag is not None else None),
        ("刚性", card.rigidity.value if card.rigidity else None),
        ("各单位数", None if card.summed is None else "相加" if card.summed else "不相加"),
        ("依据", card.source),
    )
    found = [f"{name}：{text or TO_CONFIRM}" for name, text in rows]
    if target.relative_to:
        shown = f"{amount_text(reference.value, reference.unit)}（{reference.source}）" if reference else TO_CONFIRM
        found.append(f"参照值（{target.relative_to}）：{shown}")
    if card.evidence:
        found.append("佐证：必须附")
    return found


def owner_text(card: Card) -> str | None:
    """市科经局（依据武政办发〔2022〕3号）, or who is only proposed: 市科经局（拟定）; None where nobody is."""
    if card.owner:
        return card.owner + (f"（依据{card.owner_paper}）" if card.owner_paper else "")
    return f"{card.proposed.unit}（拟定{opinion_text(card.proposed)}）" if card.proposed else None


def opinion_text(proposed: ProposedOwner) -> str:
    """，征求意见至12月4日: where the proposal stands, behind 拟定; its days tell of themselves when they are over."""
    if proposed.opinion is not None:
        return {
            OwnerOpinion.AGREES: "，单位无意见",
            OwnerOpinion.DIFFERS: "，有分歧：单位有异议",
            OwnerOpinion.NOT_OURS: "，有分歧：单位认为不是它的",
        }[proposed.opinion]
    return f"，征求意见至{proposed.until.month}月{proposed.until.day}日" if proposed.until else ""


def _nodes(card: Card, part: str, target: Target) -> str | None:
    nodes = card.yearly if part == "yearly" else card.quarterly
    return "；".join(f"{node.day.isoformat()} {amount_text(node.value, target.unit)}" for node in nodes) or None


NO_CHANGE_SAID = "本期无变化"


def figure_text(report: Report, target: Target | None) -> str:
    """What a report says, in its own words' sense: 620 个, 新增 6 家, 完成 70%, 停工."""
    measure = report.measure or (target.unit if target else None)
    about = "约 " if report.approx else ""
    match report.kind:
        case UpdateKind.READING if report.value is not None:
            return f"{about}{amount_text(report.value, measure)}"
        case UpdateKind.INCREMENT if report.value is not None:
            return f"新增 {about}{amount_text(report.value, measure)}"
        case UpdateKind.PERCENT if report.value is not None:
            return f"完成 {about}{amount_text(report.value, '%')}"
        case UpdateKind.STATE if report.state is not None:
            return STATES[report.state]
        case UpdateKind.NO_CHANGE:
            return NO_CHANGE_SAID
        case UpdateKind.PROBLEM:
            return "困难问题"
    return "情况说明"


def total_text(report: Report, target: Target | None, total: Figure | None) -> str:
    """As `figure_text`, of an increment with the `total` that it came to: 5 个（新增 2 个）."""
    told = figure_text(report, target)
    if report.kind is not UpdateKind.INCREMENT or total is None:
        return told
    return f"{said_text(total)}（{told}）"
