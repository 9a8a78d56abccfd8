"""What is said of withdrawing all that was confirmed together."""

from collections.abc import Mapping, Sequence

from handlers.reports.codes import RecordVerb
from handlers.reports.texts_lifecycle import line
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Target
from storage.report_row import Record


def _rows(records: Sequence[Record], targets: Mapping[EntryKey, Target | None]) -> str:
    return "\n".join(typeset(f" {line(one, targets[one.report.subject])}") for one in records)


def none_left() -> Reply:
    return Reply(
        head=bold("一起报的都不能撤回了，没有改。"),
        blocks=("撤回过，或者超过了 24 小时。",),
        buttons=(Button("看我报的", "/mine"),),
    )


def confirm_batch(records: Sequence[Record], targets: Mapping[EntryKey, Target | None], number: int) -> Reply:
    return Reply(
        head=bold(f"把一起报的这 {len(records)} 条都撤回吗？"),
        blocks=(_rows(records, targets), "撤回后不再计入，这几项又算未报；记录留在历史里。"),
        buttons=(
            Button(f"确认撤回 {len(records)} 条", f"/withdraw {RecordVerb.CONFIRM} {RecordVerb.ALL} {number}"),
            Button("只撤一条", "/withdraw"),
            Button("不撤了", f"/withdraw {RecordVerb.KEEP} {number}"),
        ),
    )


def batch_withdrawn(records: Sequence[Record], targets: Mapping[EntryKey, Target | None]) -> Reply:
    return Reply(
        head=bold(f"已撤回 {len(records)} 条，不再计入。"),
        blocks=(_rows(records, targets),),
        buttons=(Button("看我报的", "/mine"),),
    )


def batch_notice(records: Sequence[Record], targets: Mapping[EntryKey, Target | None]) -> Reply:
    """To the unit for which they were written down."""
    return Reply(
        head=bold(f"代录的 {len(records)} 条已撤回"),
        blocks=(_rows(records, targets), "不再计入；要报的请直接报。"),
        buttons=(Button("填报", "/report"),),
    )
