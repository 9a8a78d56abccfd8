"""Checking reports: the list of what waits, a report's card, what was checked and taken back."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.people.texts import person
from handlers.reports.codes import RecordVerb
from handlers.reports.texts_lifecycle import line
from handlers.texts.lists import ListRow, ListValue, list_reply
from handlers.texts.marks import bold, typeset
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import by_another, day_text, figure_text, recorded_by, total_text
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Target
from knowledge.standing.values import Figure
from storage.people import Member
from storage.report_row import Record

UNDOABLE_HOURS = 24
COLUMNS = ("填报", "数", "单位", "日期")
_LISTED = 6

OWN_ENTRY = "本人代录：这个数是您自己录的，记下来不等于核过，请对照佐证或另找人核。"

Targets = Mapping[EntryKey, Target | None]
Totals = Mapping[int, Figure]


def waiting(records: Sequence[Record], targets: Targets, totals: Totals, today: date) -> Reply:
    """Each can be tapped, and all looked through together; `totals` are what increments came to."""
    if not records:
        return nothing_waits()
    shown = ListValue(
        title=f"待核实的共 {len(records)} 条,已全部列出,先报的在前",
        columns=COLUMNS,
        rows=tuple(_row(one, targets[one.report.subject], totals.get(one.number), today) for one in records),
        notes=("直接说也行：核实 #编号，退回 #编号 原因。",),
        source="各单位填报",
        as_of=today,
    )
    return list_reply(shown, today, [("全部看过", f"/check {RecordVerb.ALL} {records[-1].number}")])


def _row(record: Record, target: Target | None, total: Figure | None, today: date) -> ListRow:
    report = record.report
    name = f"#{record.number} {report.subject.task} {report.subject.name}"
    unit = f"{report.unit}{by_another(report)}"
    cells = (name, total_text(report, target, total), unit, day_text(report.day, today))
    return ListRow(cells, Button(report.subject.name, f"/check {record.number}"))


def nothing_waits() -> Reply:
    return Reply(head=bold("没有待核实的填报。"))


def which(records: Sequence[Record], targets: Targets) -> Reply:
    """Of several units, or where the number that was said is in none."""
    buttons = (
        Button(f"{one.report.unit} {figure_text(one.report, targets[one.report.subject])}", f"/check {one.number}")
        for one in records[:_LISTED]
    )
    return Reply(head=bold("核实哪一条？"), buttons=tuple(buttons))


def card(
    record: Record,
    target: Target | None,
    total: Figure | None,
    author: Member | None,
    files: int,
    *,
    undoable: bool,
    own: bool,
    today: date,
) -> Reply:
    """One report as it is before it is checked, or that it is; `total` is what an increment came to. `own`: who
    looks at it wrote it down for the unit."""
    report, number = record.report, record.number
    what = line(record, target, total)
    head = f"#{number} 已核实：{what}" if report.checked else f"核实 #{number} 吗？{what}"
    who = f"（{person(author)}）" if author else ""
    by = f"，由{recorded_by(report.behalf, today)}" if report.behalf else ""
    check = () if report.checked else (Button(f"核实 #{number}", f"/check {RecordVerb.CONFIRM} {number}"),)
    undo = (Button("撤销核实", f"/check {RecordVerb.UNDO} {number}"),) if undoable else ()
    return Reply(
        head=bold(head),
        blocks=(
            typeset(f"{report.unit}填报{by or who}，数据截至 {day_text(report.day, today)}"),
            *([OWN_ENTRY] if own else []),
            typeset(f"原话：{record.said}"),
            *([typeset(f"附注：{report.note}")] if report.note else []),
            *([typeset(f"目标 {value_text(target)}")] if target else []),
            f"佐证 {files} 份" if files else "没有佐证",
        ),
        buttons=(
            *check,
            *undo,
            Button(f"退回 #{number}", f"/return {number}"),
            *((Button("看佐证", f"/evidence {RecordVerb.SEE} {number}"),) if files else ()),
            Button("历史", f"/history #{number}"),
            Button("待核清单", "/check"),
        ),
    )


def confirm_all(records: Sequence[Record], targets: Targets, today: date) -> Reply:
    """All that the list has shown, before they are checked together."""
    if not records:
        return nothing_waits()
    rows = [
        typeset(
            f" #{one.number} {line(one, targets[one.report.subject])}，{one.report.unit}，"
            f"{day_text(one.report.day, today)}{by_another(one.report)}"
        )
        for one in records
    ]
    return Reply(
        head=bold(f"把这 {len(records)} 条都记为已核实？"),
        blocks=("\n".join(rows),),
        foot=f"没有逐条核过的不要点；您自己代录的不在里面，要逐条核。确认后 {UNDOABLE_HOURS} 小时内可撤销。",
        buttons=(
            Button(f"确认核实 {len(records)} 条", f"/check {RecordVerb.CONFIRM} {RecordVerb.ALL} {records[-1].number}"),
            Button("逐条核", "/check"),
        ),
    )


def checked(records: Sequence[Record], targets: Targets) -> Reply:
    numbers = ",".join(str(one.number) for one in records)
    return Reply(
        head=bold("已核实。") + _what(records, targets),
        foot=f"{UNDOABLE_HOURS} 小时内可撤销。",
        buttons=(Button("撤销核实", f"/check {RecordVerb.UNDO} {numbers}"), Button("待核清单", "/check")),
    )


def undone(records: Sequence[Record], targets: Targets) -> Reply:
    return Reply(
        head=bold("已撤销核实，仍按填报计。") + _what(records, targets), buttons=(Button("待核清单", "/check"),)
    )


def _what(records: Sequence[Record], targets: Targets) -> str:
    if len(records) == 1:
        return typeset(line(records[0], targets[records[0].report.subject]))
    return f"共 {len(records)} 条。"


def not_undone() -> Reply:
    return Reply(
        head=bold(f"没有撤销：已经撤销过，或者超过 {UNDOABLE_HOURS} 小时。"), buttons=(Button("待核清单", "/check"),)
    )
