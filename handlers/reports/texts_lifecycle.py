"""What becomes of a report: history, withdrawn, returned, accepted, checked, approved."""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from handlers.people.texts import person
from handlers.reports.codes import RecordVerb
from handlers.reports.unit_figures import WithoutReport
from handlers.texts.heading import lead_word
from handlers.texts.marks import bold, typeset
from handlers.texts.plan import number_text
from handlers.texts.reply import CALL_OFF, Button, Reply
from handlers.texts.standing import by_another, day_text, figure_text, recorded_by, said_text, total_text
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Target, Task
from knowledge.standing.picture import Duty, PeriodItem, by_unit, owed
from knowledge.standing.report import Status
from knowledge.standing.timeline import decides
from knowledge.standing.values import Figure
from storage.people import Member
from storage.report_row import Record
from storage.rich_text import Text

ABOUT_HISTORY = "填报历史，例如：5G基站的历史"
ABOUT_WITHDRAW = "撤回自己 24 小时内的填报"
ABOUT_RETURN = "退回填报，写明原因"
ABOUT_PENDING = "等我认可的代报进展"
ABOUT_CHECK = "待核实的填报，核实一条"
ABOUT_APPROVE = "单位审签：一次审签本单位全部数据"
ABOUT_MISSING = "本单位首列的任务，谁本月还没报"

WHO_IS_SILENT = "谁还没报"

_SHOWN, _BUTTONS = 10, 6

_LIVE = {Status.ACCEPTED, Status.PENDING}
STATUSES = {
    Status.DRAFT: "草稿",
    Status.PENDING: "待认可",
    Status.ACCEPTED: "",
    Status.RETURNED: "已退回",
    Status.WITHDRAWN: "已撤回",
}


def line(record: Record, target: Target | None, total: Figure | None = None) -> str:
    """5.2 5G基站 620 个; `total` is what an increment came to."""
    report = record.report
    return f"{report.subject.task} {report.subject.name} {total_text(report, target, total)}"


def _outcome(verb: str, ends: WithoutReport) -> str:
    """退回后现状 5 → 2 个。这一项又算未报: before it is done."""
    if not ends.counts:
        return f"还没有计入，{verb}后也不计入。"
    return f"{verb}后不再计入{_standing(f'，现状 {_change(ends)}', ends)}。{_owing(ends)}"


def _has_become(ends: WithoutReport) -> str:
    """现状回到 2 个: once it is done."""
    if not ends.counts:
        return ""
    back = f"现状回到 {said_text(ends.after)}。" if ends.after else "现在没有可用的数。"
    return f"{_standing(back, ends)}{_owing(ends)}"


def _standing(told: str, ends: WithoutReport) -> str:
    return told if ends.before != ends.after else ""


def _change(ends: WithoutReport) -> str:
    before, after = ends.before, ends.after
    if before is None or after is None:
        return f"{said_text(before) if before else '—'} → {said_text(after) if after else '没有可用的数'}"
    if before.value is None or after.value is None or before.measure != after.measure or before.approx:
        return f"{said_text(before)} → {said_text(after)}"
    return f"{number_text(before.value)} → {said_text(after)}"


def _owing(ends: WithoutReport) -> str:
    return "这一项又算未报。" if ends.owed else ""


def history(
    subject: EntryKey,
    target: Target | None,
    records: Sequence[Record],
    people: Mapping[int, Member],
    unproven: Container[int],
    *,
    today: date,
    page: int,
    more: bool,
    supervises: bool,
) -> Reply:
    """`unproven` are the numbers of those that want 佐证."""
    name = f"{subject.task} {subject.name}"
    if not records:
        return Reply(head=bold(f"{name}：还没有填报记录。"))
    blocks = [_entry(record, target, people, today, proven=record.number not in unproven) for record in records]
    buttons = []
    if page > 1:
        buttons.append(Button("上一页", f"/history #{records[0].number} {RecordVerb.PAGE} {page - 1}"))
    if more:
        buttons.append(Button("下一页", f"/history #{records[0].number} {RecordVerb.PAGE} {page + 1}"))
    newest = records[0]
    if not supervises or not buttons:
        buttons.append(Button("看佐证", f"/evidence {RecordVerb.SEE} {newest.number}"))
    return Reply(
        head=bold(f"{name}：填报历史，新的在前"),
        blocks=tuple(blocks),
        foot="记录只增不改；更正、退回、撤回的都留着。",
        buttons=tuple(buttons),
        opens={place: _opens(one) for place, one in enumerate(records) if supervises and one.report.status in _LIVE},
    )


def _opens(record: Record) -> Button:
    """What a supervisor does with it."""
    if record.report.status is Status.PENDING:
        return Button(f"退回 #{record.number}", f"/return {record.number}")
    return Button(f"核实、退回 #{record.number}", f"/check {record.number}")


def _entry(record: Record, target: Target | None, people: Mapping[int, Member], today: date, *, proven: bool) -> str:
    report = record.report
    who = person(people[record.author]) if record.author in people else f"人员{record.author}"
    marks = [recorded_by(report.behalf, today)] if report.behalf else []
    marks.append(STATUSES[report.status])
    if report.corrects:
        marks.append(f"更正 #{report.corrects}")
    if report.checked:
        marks.append("已核实")
    elif report.approved:
        marks.append("已审签")
    if not proven:
        marks.append("缺佐证")
    if record.reason:
        marks.append(f"原因：{record.reason}")
    told = "，".join(filter(None, marks))
    first = f"#{record.number} {day_text(report.day, today)} {figure_text(report, target)}，{report.unit}（{who}）"
    rest = [f" 原话：{record.said}"] + ([f" 附注：{report.note}"] if report.note else [])
    return typeset("\n".join([f"{first}{'，' if told else ''}{told}", *rest]))


def history_of_what() -> Reply:
    return Reply(head=bold("看哪一项的历史？"), blocks=("例如：5G基站的历史",))


def withdraw_which(records: Sequence[Record], targets: Mapping[EntryKey, Target | None]) -> Reply:
    if not records:
        return Reply(head=bold("没有能撤回的填报。"), blocks=("只能撤回自己 24 小时内的填报。",))
    return Reply(
        head=bold("撤回哪一条？"),
        blocks=("点一条先看，确认后撤回；记录留在历史里。",),
        buttons=tuple(Button(line(one, targets[one.report.subject]), f"/withdraw {one.number}") for one in records),
    )


def no_such() -> Reply:
    return Reply(head=bold("没有这条填报。"))


def ended_already(record: Record) -> Reply:
    status = STATUSES[record.report.status] or ("已核实" if record.report.checked else "已计入")
    return Reply(head=bold(f"这条填报{status}，没有再改。"), buttons=(_history(record),))


def too_late(record: Record) -> Reply:
    return Reply(
        head=bold("已经超过 24 小时，不能撤回。"),
        blocks=("数不对就再报一次，写“更正”，旧的会留在历史里。",),
        buttons=(_history(record),),
    )


def confirm_withdrawal(record: Record, target: Target | None, ends: WithoutReport, *, today: date) -> Reply:
    return Reply(
        head=bold(f"撤回这一条吗？{line(record, target)}"),
        blocks=(
            typeset(f"数据截至 {day_text(record.report.day, today)}，原话：{record.said}"),
            typeset(f"{_outcome('撤回', ends)}记录留在历史里。"),
        ),
        buttons=(
            Button("确认撤回", f"/withdraw {RecordVerb.CONFIRM} {record.number}"),
            Button("不撤了", f"/withdraw {RecordVerb.KEEP} {record.number}"),
        ),
    )


def not_withdrawn(record: Record, target: Target | None) -> Reply:
    return Reply(head=bold("没有撤回，照旧。") + typeset(line(record, target)), buttons=(_history(record),))


def withdrawn(record: Record, target: Target | None, ends: WithoutReport, again: str) -> Reply:
    """`again` is the command that asks for the figure anew."""
    return Reply(
        head=bold("已撤回，不再计入。") + typeset(line(record, target)),
        blocks=_blocks(_has_become(ends)),
        buttons=(Button("重新填报", again), _history(record)),
    )


def _blocks(*told: str) -> tuple[str, ...]:
    return tuple(typeset(one) for one in told if one)


def ask_reason(record: Record, target: Target | None, command: str) -> Reply:
    return Reply(
        head=bold(f"退回 {line(record, target)}：请写原因"),
        blocks=(
            typeset(f"{record.report.unit}填报，原话：{record.said}"),
            "填报人会收到原因，发出前先给您看。",
        ),
        buttons=(Button(CALL_OFF, f"{command} {RecordVerb.KEEP}"),),
    )


def return_which(
    records: Sequence[Record] = (), targets: Mapping[EntryKey, Target | None] | None = None, reason: str = ""
) -> Reply:
    """Of several units each its newest; of nothing that was found, how to say it."""
    buttons = (
        Button(
            f"{one.report.unit} {figure_text(one.report, (targets or {}).get(one.report.subject))}",
            f"/return {one.number} {reason}".strip(),
        )
        for one in records[:_BUTTONS]
    )
    how = () if records else ("写上编号或名称和原因，例如：退回 #12 口径不对；退回科经局5G基站，口径不对。",)
    return Reply(head=bold("退回哪一条？"), blocks=how, buttons=tuple(buttons) or (Button("待核清单", "/check"),))


def confirm_return(
    record: Record, target: Target | None, reason: str, told: Sequence[Member], ends: WithoutReport, command: str
) -> Reply:
    """What the unit would read, before it does; `told` are those who read it."""
    return Reply(
        head=bold(f"确认退回吗？{line(record, target)}"),
        blocks=(
            typeset(f"收件人：{_names(record, told)}"),
            typeset(f"原因：{reason}"),
            typeset(_outcome("退回", ends)),
        ),
        buttons=(
            Button("确认退回", f"{command} {RecordVerb.CONFIRM} {reason}"),
            Button("改原因", command),
            Button("取消", f"{command} {RecordVerb.KEEP}"),
        ),
    )


def _names(record: Record, told: Sequence[Member]) -> str:
    people = "、".join(person(one) for one in told)
    return f"{record.report.unit}（{people}）" if people else f"{record.report.unit}（没有已绑定的人，收不到）"


def not_returned(record: Record, target: Target | None) -> Reply:
    return Reply(head=bold("没有退回，照旧。") + typeset(line(record, target)), buttons=(_history(record),))


def returned(record: Record, target: Target | None, reason: str, told: Sequence[Member], ends: WithoutReport) -> Reply:
    return Reply(
        head=bold("已退回，不再计入。") + typeset(line(record, target)),
        blocks=_blocks(f"原因：{reason}", _has_become(ends), f"已告知：{_names(record, told)}"),
        buttons=(_history(record),),
    )


def returned_notice(record: Record, target: Target | None, reason: str, ends: WithoutReport, again: str) -> Reply:
    """`again` is the command that asks for the figure anew."""
    return Reply(
        head=bold(f"您的填报被退回：{line(record, target)}"),
        blocks=_blocks(f"原因：{reason}", f"退回的不计入。{_has_become(ends)}", "核对后请重新填报。"),
        buttons=(Button("重新填报", again), _history(record)),
    )


def to_accept(record: Record, target: Target | None) -> Reply:
    return Reply(
        head=bold(f"认可这一条？{line(record, target)}"),
        blocks=(
            typeset(f"{record.report.unit}填报，原话：{record.said}"),
            typeset(f"待认可 → {_beside(record, target) or '计入'}；会告知填报人。"),
        ),
    )


def accepted(record: Record, target: Target | None) -> Reply:
    return Reply(
        head=bold("已认可。") + typeset(f"{line(record, target)}（{record.report.unit}填报）"),
        blocks=(_becomes(record, target),),
        buttons=(_history(record),),
    )


def accepted_notice(record: Record, target: Target | None) -> Reply:
    return Reply(
        head=bold(f"您代报的进展已被认可：{line(record, target)}"),
        blocks=(_becomes(record, target),),
        buttons=(_history(record),),
    )


def _becomes(record: Record, target: Target | None) -> Text:
    return typeset(f"{_beside(record, target) or '开始计入'}。")


def _beside(record: Record, target: Target | None) -> str:
    """Where a figure goes that does not decide how its target stands; empty of one that does. `target` has its card
    in force."""
    if target is None or decides(record.report.unit, target, target.card):
        return ""
    return f"记在旁边，现状按主责{target.card.owner}的数"


def pending(records: Sequence[Record], targets: Mapping[EntryKey, Target | None], *, today: date) -> Reply:
    if not records:
        return Reply(head=bold("没有等您认可的填报。"))
    rows = [_row(record, targets, today) for record in records[:_SHOWN]]
    first = records[0]
    which = line(first, targets[first.report.subject])
    return Reply(
        head=bold(f"{len(records)} 条代报等认可"),
        blocks=("\n".join(rows), typeset(f"先看第一条：{which}，原话：{first.said}")),
        buttons=(
            Button("认可第一条", f"/pending {RecordVerb.ACCEPT} {first.number}"),
            Button("退回第一条", f"/pending {RecordVerb.RETURN} {first.number}"),
        ),
    )


def to_approve(
    unit: str,
    records: Sequence[Record],
    shown: Sequence[Record],
    targets: Mapping[EntryKey, Target | None],
    *,
    today: date,
    page: int,
    pages: int,
) -> Reply:
    """`shown` are this page's of the `records` that one tap approves."""
    if not records:
        return Reply(head=bold(f"{unit}没有等审签的数据。"))
    more = (Button("下一页", f"/approve {page + 1}"),) if pages > 1 else ()
    return Reply(
        head=bold(f"{unit}：{len(records)} 条数据等您审签") + _count(page, pages),
        blocks=("\n".join(_row(record, targets, today) for record in shown),),
        foot="只列最新的数；被更正、被新数代替的不用审签。不对的请联络员更正。",
        buttons=(
            *more,
            Button("逐条看", f"/approve {RecordVerb.ONE} {shown[0].number}"),
            Button(f"全部审签（{len(records)} 条）", f"/approve {RecordVerb.ALL} {records[-1].number}"),
        ),
    )


def approve_one(unit: str, record: Record | None, target: Target | None, *, today: date) -> Reply:
    """One figure to be approved by itself."""
    if record is None:
        return Reply(head=bold(f"{unit}：后面没有等审签的数据了。"), buttons=(Button("看全部", "/approve"),))
    return Reply(
        head=bold(f"审签这一条吗？{line(record, target)}"),
        blocks=(
            typeset(f"数据截至 {day_text(record.report.day, today)}{by_another(record.report)}，原话：{record.said}"),
        ),
        foot="不对的不要审签，请联络员更正。",
        buttons=(
            Button("审签这条", f"/approve {RecordVerb.CONFIRM} {record.number}"),
            Button("下一条", f"/approve {RecordVerb.ONE} {record.number + 1}"),
            Button("看全部", "/approve"),
        ),
    )


def approved(unit: str, count: int, number: int | None) -> Reply:
    """`number` is that of the figure that was approved by itself."""
    following = () if number is None else (Button("下一条", f"/approve {RecordVerb.ONE} {number + 1}"),)
    return Reply(head=bold(f"已审签：{unit} {count} 条数据。"), buttons=(*following, Button("看全部", "/approve")))


def _row(record: Record, targets: Mapping[EntryKey, Target | None], today: date) -> str:
    report = record.report
    return typeset(
        f" {line(record, targets[report.subject])}，{report.unit}，{day_text(report.day, today)}{by_another(report)}"
    )


def silent(
    unit: str | None, rows: Sequence[tuple[Task, Sequence[PeriodItem]]], *, total: int, page: int, pages: int
) -> Reply:
    """`rows` are this page's (task, its items of the periods that are asked for)."""
    if not rows:
        return Reply(head=bold(f"{unit or '您'}没有首列的任务。"))
    word = lead_word(task for task, _ in rows)
    return Reply(
        head=bold(f"{unit}{word}的 {total} 项任务，本期还没报的单位") + _count(page, pages),
        blocks=tuple(typeset(f"{task.id} {task.title}：{_silent_units(items)}") for task, items in rows),
        foot=f"只列给{word}单位看；催办由督查室定。主责没有确认的，不算未报。",
        buttons=(Button("下一页", f"/missing {page + 1}"),) if pages > 1 else (),
    )


def _silent_units(items: Sequence[PeriodItem]) -> str:
    """市科经局 2 项、市政数局 1 项（2 家、3 项）."""
    left = by_unit(owed(items))
    if left:
        told = "、".join(f"{unit} {len(own)} 项" for unit, own in left.items())
        return f"{told}（{len(left)} 家、{sum(map(len, left.values()))} 项）"
    return "都报了" if any(one.duty is Duty.REPORTED for one in items) else "没有应报的"


def _count(page: int, pages: int) -> str:
    return f"（第 {page}/{pages} 页）" if pages > 1 else ""


def _history(record: Record) -> Button:
    return Button("历史", f"/history #{record.number}")
