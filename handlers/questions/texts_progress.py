"""Answers about progress: the light and the figure first, then whose and of which day, the plan's own last."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.heading import entries_of, part_line, reply_of, subject_text
from handlers.texts.lists import ListRow, list_reply
from handlers.texts.marks import bold, short, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.report_words import STATES
from handlers.texts.standing import (
    LIGHTS,
    amount_text,
    by_another,
    card_lines,
    day_text,
    figure_line,
    headline,
    light_text,
    lines,
    owner_text,
    plan_line,
    reason_text,
)
from handlers.texts.standing_list import counted_text, folded_greys, not_grey, problems_text, row_text, standing_list
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKind
from knowledge.plan.model import Bound, Card, Period, Target
from knowledge.questions.answer import Answer
from knowledge.questions.answering.progress_answers import Aspect
from knowledge.questions.query import Query, UnitRole, Want
from knowledge.reports.model import UpdateKind
from knowledge.standing.overview import tally
from knowledge.standing.report import Report
from knowledge.standing.values import DEFAULT_THRESHOLDS, GREYS, Light, LightCause, Standing
from storage.rich_text import plain_text

_GREY = "⚪ 灰"
_BESIDE = 4
"""So many rows stand under an answer about the plan."""
_NAMED = 3
_PRESSING = (Light.RED, Light.GREY_OVERDUE, Light.AMBER)
_EXPLAINED = {LightCause.ON_PACE, LightCause.BEHIND, LightCause.FAR_BEHIND}
"""What the headline's own figures explain."""
_COLOURS = {
    Light.RED: "红",
    Light.AMBER: "黄",
    Light.GREEN: "绿",
    Light.BLUE: "蓝",
    Light.LIGHT_BLUE: "浅蓝",
}


def progress_reply(answer: Answer, library: Library) -> Reply:
    """5G基站进展, 交通局进展怎么样, 我分管的."""
    standings = answer.standings or ()
    if not standings:
        if not answer.detail["whole"]:
            return reply_of(f"{_subject(answer, library)}:没有已发布的数", [])
        return reply_of(f"{_subject(answer, library)}:没有可以看的进展", ["方案没有给它写数量目标,也还没有填报。"])
    if len(standings) == 1:
        return _one(standings[0], answer, library)
    return _overview(answer, standings, library)


def reason_reply(answer: Answer, library: Library) -> Reply:
    standings = answer.standings or ()
    if not standings:
        return progress_reply(answer, library)
    one = standings[0]
    if len(standings) > 1:
        rows = [f"{row_text(one)}:{reason_text(one, DEFAULT_THRESHOLDS)}" for one in standings]
        return reply_of(f"{_subject(answer, library)}:{len(rows)} 盏灯的理由", rows)
    head = f"{light_text(one)}:{reason_text(one, DEFAULT_THRESHOLDS)}"
    return reply_of(head, [_name(one), problems_text(one), *_where(one)], "", _buttons_of(one, why=False))


def listed_reply(answer: Answer, library: Library) -> Reply:
    """哪些任务是红灯, 哪些目标进度落后."""
    query, standings = _query(answer), answer.standings or ()
    what = _condition(query)
    where = "" if _whole(query) else f"{_subject(answer, library)}:"
    if query.listed is Want.TASKS:
        tasks = {one.subject.task for one in standings}
        head = f"{where}{what}的任务共 {len(tasks)} 项,已全部列出" if tasks else f"{where}{_none(query, '任务')}"
        notes = ["任务的灯取其目标中最需关注的。"] if tasks else []
    else:
        head = (
            f"{where}{what}的共 {counted_text(standings)},已全部列出" if standings else f"{where}{_none(query, '目标')}"
        )
        notes = []
    folded = () if GREYS & set(query.lights) else _folded(answer, answer.detail.get("among", ()), library)
    shown = standing_list(head, standings, answer.detail["day"], folded=folded, notes=notes)
    return list_reply(shown, answer.detail["today"])


def ranked_reply(answer: Answer, library: Library) -> Reply:
    """完成率最低的三个目标."""
    query, standings = _query(answer), answer.standings or ()
    where = "" if _whole(query) else f"{_subject(answer, library)}"
    if not standings:
        return reply_of(f"{where}还没有可以比较的完成率", [])
    word = "低" if query.fewest else "高"
    among: Sequence[Standing] = answer.detail.get("among", ())
    without = sum(one.share is None for one in among)
    notes = [
        f"另有 {without} 个没有完成率(还没有数,或基期未明确),没有参加比较。" if without else "",
        "只排目标,不排单位。",
    ]
    head = f"{where}完成率最{word}的 {len(standings)} 个{'(有并列)' if len(standings) > query.top else ''}"
    return list_reply(standing_list(head, standings, answer.detail["day"], notes=notes), answer.detail["today"])


def reported_reply(answer: Answer, library: Library) -> Reply:
    """这个月谁报了什么."""
    query = _query(answer)
    said: tuple[Report, ...] = answer.detail.get("said", ())
    until = answer.detail["until"]
    period = _period(answer.detail["since"], until)
    where = "" if _whole(query) else f"{_subject(answer, library)}:"
    if not said:
        return reply_of(f"{where}{period}没有人填报", [])
    units = len({report.unit for report in said})
    rows = [
        f"{report.subject.task} {report.subject.name} · {_report(report, until, library)}" for report in reversed(said)
    ]
    return reply_of(f"{where}{period}共 {len(said)} 条填报,来自 {units} 家单位", rows)


def cards_reply(answer: Answer, library: Library) -> Reply:
    """口径是什么."""
    cards: tuple[tuple[Target, Card], ...] = answer.detail.get("cards", ())
    if not cards:
        return reply_of(f"{_subject(answer, library)}:没有量化目标,也就没有口径", [])
    target, card = cards[0]
    if len(cards) > 1:
        buttons = [(target.name, f"{target.task}的{target.name}口径是什么") for target, _ in cards[:6]]
        return reply_of(f"{_subject(answer, library)}:{len(cards)} 个目标,要看哪个的口径", [], "", buttons)
    counted, *rest = sorted(card_lines(target, card), key=lambda line: not line.startswith("口径"))
    place = f"出处:{target.place}"
    return reply_of(f"{target.name}的{counted}", [part_line(target.task, library), *rest], place)


def standing_blocks(answer: Answer) -> tuple[str, ...]:
    """Where it stands, under an answer about the plan."""
    standings = answer.standings or ()
    if len(standings) == 1:
        one = standings[0]
        found = [headline(one), *filter(None, [problems_text(one)]), *_where(one)[:1]]
    else:
        pressing = [one for one in standings if one.light in _PRESSING]
        pressing.sort(key=lambda one: _PRESSING.index(one.light))
        found = [_tally(standings), *(row_text(one) for one in pressing[:_BESIDE])] if standings else []
    return tuple(typeset(line) for line in found)


def _one(one: Standing, answer: Answer, library: Library) -> Reply:
    why = "" if one.reason.why in _EXPLAINED else reason_text(one, DEFAULT_THRESHOLDS)
    head = "；".join(filter(None, (_first(one, answer.detail["aspect"]), headline(one))))
    rows = [_name(one), why, *(_problem(report, answer) for report in one.problems), *lines(one)]
    history = _history(one, library) if answer.detail["whole"] else []
    buttons = [*_matters(one, answer), *history, *_buttons_of(one, why=one.reason.why in _EXPLAINED)]
    return reply_of(head, rows, _day(answer), buttons)


def _problem(report: Report, answer: Answer) -> str:
    said = short(answer.detail["words"].get(int(report.id), ""))
    return f"困难问题:“{said}”({report.unit},{day_text(report.day, answer.detail['today'])},未解决)"


def _matters(one: Standing, answer: Answer) -> list[tuple[str, str]]:
    """What can be done about what holds it up: a stop is found excused by the supervisor alone."""
    found = [("看问题", f"/problems {one.problems[0].id}")] if one.problems else []
    if one.reason.why is LightCause.BLOCKED and one.figure and answer.detail["presses"]:
        found.append(("登记认定", f"/excuse {one.figure.report.id}"))
    return found


def _history(one: Standing, library: Library) -> list[tuple[str, str]]:
    """Who said what when; for those who see all that is recorded."""
    subject = one.subject
    if subject.kind is not EntryKind.TARGET:
        return [("历史", f"/history {subject.task}")] if subject.kind is EntryKind.TASK else []
    names = [target.name for plan, target in library.targets if (plan, target.task) == (subject.plan, subject.task)]
    return [("历史", f"/history {subject.task}/{names.index(subject.name) + 1}")]


def _first(one: Standing, aspect: Aspect | None) -> str:
    """What was asked for by name, before the rest; empty where it cannot be told."""
    if aspect is Aspect.PACE and one.difference is not None:
        return "达到序时进度" if one.difference >= 0 else "未达到序时进度"
    return _missing(one) if aspect is Aspect.MISSING else ""


def _missing(one: Standing) -> str:
    """还差 80 个; an average of years and a margin over others are no sum that could be missing."""
    target, value = one.target, one.value
    if one.light in {Light.BLUE, Light.LIGHT_BLUE}:
        return "已达到目标，不差"
    if target is None or one.goal is None or value is None or one.unit != target.unit:
        return ""
    if target.period is Period.YEARLY_AVERAGE or target.relative_to:
        return ""
    gap = value - one.goal if target.bound is Bound.AT_MOST else one.goal - value
    return f"还差 {amount_text(gap, '个百分点' if target.unit == '%' else target.unit)}" if gap > 0 else ""


def _where(one: Standing) -> list[str]:
    """Whose figure it is, and the plan's."""
    if one.figure is None:
        return [plan_line(one)]
    return [figure_line(one.figure, one.today), plan_line(one)]


def _overview(answer: Answer, standings: Sequence[Standing], library: Library) -> Reply:
    """The whole of a unit, task or section: how many of each light, then each that has one."""
    head = f"{_subject(answer, library)}:{_tally(standings)}"
    folded = _folded(answer, standings, library)
    shown = not_grey(standings) if folded else standings
    notes = _troubles(answer.detail["troubled"]) if answer.detail["whole"] else []
    return list_reply(
        standing_list(head, shown, answer.detail["day"], folded=folded, notes=notes), answer.detail["today"]
    )


def _troubles(standings: Sequence[Standing]) -> list[str]:
    """What is open besides the lights: 困难问题 2 条：5.1 江北高速、4.3 综合码头."""
    count = sum(len(one.problems) for one in standings)
    names = "、".join(map(_name, standings[:_NAMED])) + (" 等" if len(standings) > _NAMED else "")
    return [f"困难问题 {count} 条：{names}"] if count else []


def _folded(answer: Answer, among: Sequence[Standing], library: Library) -> tuple[ListRow, ...]:
    """The grey ones in a line that opens them, where what they are of can be asked again."""
    query = _query(answer)
    asked = query.as_of is None and not query.phrases and len(query.units) + len(query.ids) + len(query.sections) < 2
    if query.mine:
        return folded_greys(among, "我分管的哪些目标是灰灯")
    if not asked or answer.detail["entries"]:
        return ()
    subject = subject_text(query, (), library) if query.has_subject else ""
    return folded_greys(among, f"{query.ids[0] if query.ids else subject}哪些目标是灰灯")


def _tally(standings: Sequence[Standing]) -> str:
    """红 2、黄 1、绿 3、灰 4，共 10 个目标."""
    counts = tally(standings)
    parts = [f"{LIGHTS[light]} {counts[light]}" for light in _COLOURS if counts[light]]
    greys = sum(count for light, count in counts.items() if light not in _COLOURS)
    parts += [f"{_GREY} {greys}"] if greys else []
    return f"{'、'.join(parts)},共 {counted_text(standings)}"


def _buttons_of(one: Standing, *, why: bool) -> list[tuple[str, str]]:
    named = f"{one.subject.task}的{one.subject.name}"
    found = [(f"为什么是{_COLOURS[one.light]}", f"{named}为什么是{_COLOURS[one.light]}灯")] if why else []
    if one.subject.kind is EntryKind.TARGET:
        found.append(("口径", f"{named}口径是什么"))
    return [*found, *([("责任单位", f"{one.subject.task}谁负责")] if one.units else [])]  # a clause has none


def _name(one: Standing) -> str:
    return f"{one.subject.task} {one.subject.name}"


def _period(since: date, until: date) -> str:
    first = "" if since == until else f"{day_text(since, until)}至"
    return first + day_text(until, until)


def _report(report: Report, until: date, library: Library) -> str:
    """620 个（市科经局，2月28日）."""
    about = "约 " if report.approx else ""
    amount = (
        about + amount_text(report.value, report.measure or _unit_of(report, library))
        if report.value is not None
        else ""
    )
    said = {
        UpdateKind.READING: amount,
        UpdateKind.INCREMENT: f"新增 {amount}",
        UpdateKind.PERCENT: f"完成率 {amount}",
        UpdateKind.STATE: STATES[report.state] if report.state else "",
        UpdateKind.NO_CHANGE: "本期无变化",
        UpdateKind.NOTE: "情况说明",
        UpdateKind.PROBLEM: "困难问题",
    }[report.kind]
    return f"{said}({report.unit},{day_text(report.day, until)}{by_another(report)})"


def _unit_of(report: Report, library: Library) -> str | None:
    if report.kind is UpdateKind.PERCENT:
        return "%"
    subject = report.subject
    named = (target for plan, target in library.targets if plan == subject.plan and target.task == subject.task)
    return next((target.unit for target in named if target.name == subject.name), None)


def _condition(query: Query) -> str:
    if query.want is Want.BEHIND:
        return "落后于序时进度"
    return "、".join(dict.fromkeys(_GREY if light in GREYS else LIGHTS[light] for light in query.lights)) or "亮灯"


def _none(query: Query, what: str) -> str:
    """没有亮红灯的任务."""
    if query.want is Want.BEHIND:
        return f"没有{_condition(query)}的{what}"
    colours = "、".join(dict.fromkeys(_COLOURS.get(light, "灰") for light in query.lights))
    return f"没有亮{colours}灯的{what}"


def _subject(answer: Answer, library: Library) -> str:
    query = _query(answer)
    if query.mine:
        return f"分管的 {len(query.ids)} 项任务"
    return subject_text(query, entries_of(answer), library)


def _whole(query: Query) -> bool:
    return not query.has_subject


def _title(task: str, library: Library) -> str:
    return next((found.title for key, found in library.tasks.items() if key.id == task), "")


def _day(answer: Answer) -> str:
    """The day asked about, where it is not today's."""
    query = _query(answer)
    return f"截至 {query.as_of.isoformat()}" if query.as_of else ""


def _query(answer: Answer) -> Query:
    assert answer.query is not None  # noqa: S101 - render() has checked
    return answer.query


def beside(reply: Reply, answer: Answer, library: Library) -> Reply:
    """A plan's answer with where it stands, and a button that shows more of it."""
    blocks = standing_blocks(answer)
    if not blocks:
        return reply
    question = _ask_progress(answer, library)
    more = (Button("进展", question),) if question else ()
    owner = _confirmed_owner(answer)
    listed = [typeset(plain_text(reply.head))] if owner else []
    head, shown = bold(owner) if owner else reply.head, (*listed, *reply.blocks, *blocks)
    return Reply(head=head, blocks=shown, foot=reply.foot, buttons=(*reply.buttons, *more))


def _confirmed_owner(answer: Answer) -> str:
    """5.2 5G基站的主责：市科经局（依据武政办发〔2022〕3号）, where a single target's units are asked for."""
    query, standings = _query(answer), answer.standings or ()
    asked = query.want is Want.UNITS and query.role is not UnitRole.ASSIST
    if not asked or len(standings) != 1 or not standings[0].owner:
        return ""
    return f"{_name(standings[0])}的主责：{owner_text(standings[0].card)}"


def _ask_progress(answer: Answer, library: Library) -> str:
    """Empty of a clause with several targets: it has no progress of its own. 6.2进展 alone would be that of 2 June."""
    standings = answer.standings or ()
    units = answer.query.units if answer.query else ()
    task = standings[0].subject.task
    if len(standings) == 1:
        return f"{task}的{standings[0].subject.name}进展"
    if units:
        return f"{units[0]}进展怎么样"
    return f"{task}的进展怎么样" if _title(task, library) else ""
