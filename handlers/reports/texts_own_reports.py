"""我报了什么: a row a report, with what became of it."""

from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime

from handlers.reports.codes import Step
from handlers.reports.texts_lifecycle import STATUSES, line
from handlers.texts.lists import ListRow, ListValue, list_reply
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text, total_text
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Target
from knowledge.standing.report import Report, Status
from knowledge.standing.values import Figure
from storage.report_row import Record
from storage.rich_text import RichText

ABOUT_OWN = "我报过的进展，办到哪一步"
COLUMNS = ("事项", "填报", "数据日期", "办到哪一步")
RETURNED_COLUMNS = ("事项", "填报", "数据日期", "退回原因")
SOURCE = "本人填报"
_COUNTS = "已计入"
CORRECTING = f"/report {Step.SAY} 说错了，是"
"""What a number that is then sent completes."""


def not_recorded_yet() -> RichText:
    return bold("这张卡还没有确认，没有记录；不对就改，不要就取消：")


def wrong(record: Record, target: Target | None, *, today: date) -> Reply:
    """What was reported last, with what can be done where it is wrong."""
    return Reply(
        head=bold(f"是这一条不对吗？{line(record, target)}"),
        blocks=(
            typeset(f"数据截至 {day_text(record.report.day, today)}，原话：{record.said}"),
            "直接发正确的数，先给您看更正，再确认；旧的留在历史里。",
        ),
        buttons=(
            Button("撤回这一条", f"/withdraw {record.number}"),
            Button("是别的一条", "/mine"),
        ),
    )


def none(*, reports: bool) -> Reply:
    """`reports`: for a unit of one's own; else one writes down what units say."""
    button = Button("填报", "/report") if reports else Button("代录", "/behalf")
    return Reply(head=bold("您还没有报过。"), buttons=(button,))


def own(
    made: Sequence[Record],
    targets: Mapping[EntryKey, Target | None],
    totals: Mapping[int, Figure],
    *,
    today: date,
    withdrawable: datetime,
    most: int,
) -> Reply:
    """`made` are the newest first; those received since `withdrawable` can be withdrawn. `totals` are what increments
    came to."""
    corrected = {one.report.corrects for one in made if one.report.status in {Status.ACCEPTED, Status.PENDING}}
    rows = [
        _row(one, targets[one.report.subject], totals.get(one.number), corrected, today, withdrawable) for one in made
    ]
    title = f"您近三个月报过的,最近 {most} 条" if len(made) == most else f"您近三个月报了 {len(made)} 条,已全部列出"
    shown = ListValue(title=f"{title},新的在前", columns=COLUMNS, rows=tuple(rows), source=SOURCE, as_of=today)
    return list_reply(shown, today, [("填报", "/report")])


def returned(
    unit: str,
    found: Sequence[Record],
    targets: Mapping[EntryKey, Target | None],
    again: Mapping[EntryKey, str],
    today: date,
) -> Reply:
    """`again` is the command by which each subject is reported once more."""
    if not found:
        return Reply(head=bold(f"{unit}没有被退回、还要重报的。"), buttons=(Button("我报过的", "/mine"),))
    shown = ListValue(
        title=f"{unit}被退回、还没有重报的 {len(found)} 条,已全部列出",
        columns=RETURNED_COLUMNS,
        rows=tuple(_returned_row(one, targets[one.report.subject], again[one.report.subject], today) for one in found),
        notes=("点编号重报。",),
        source="近三个月退回的",
        as_of=today,
    )
    return list_reply(shown, today)


def _returned_row(one: Record, target: Target | None, again: str, today: date) -> ListRow:
    report = one.report
    name, why = f"{report.subject.task} {report.subject.name}", f"退回原因:{one.reason or '没有写'}"
    cells = (name, total_text(report, target, None), day_text(report.day, today), why)
    return ListRow(cells, Button(report.subject.name, again))


def _row(
    one: Record,
    target: Target | None,
    total: Figure | None,
    corrected: Container[str | None],
    today: date,
    withdrawable: datetime,
) -> ListRow:
    report = one.report
    open_still = report.status in {Status.ACCEPTED, Status.PENDING} and report.received_at >= withdrawable
    opens = Button("撤回", f"/withdraw {one.number}") if open_still else Button("历史", f"/history #{one.number}")
    unit = f"代{report.unit}录：" if report.behalf else ""
    name = f"{unit}{report.subject.task} {report.subject.name}"
    cells = (name, total_text(report, target, total), day_text(report.day, today), _state(one, corrected))
    return ListRow(cells, opens)


def _state(one: Record, corrected: Container[str | None]) -> str:
    report: Report = one.report
    if report.status is Status.RETURNED:
        return f"{STATUSES[report.status]}:{one.reason}" if one.reason else STATUSES[report.status]
    if report.status is not Status.ACCEPTED:
        return STATUSES[report.status]
    if report.id in corrected:
        return "已被更正"
    return "已核实" if report.checked else "已审签" if report.approved else _COUNTS
