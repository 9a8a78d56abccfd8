"""What was understood of a progress message, and what is asked back."""

from decimal import Decimal

from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from knowledge.reports.model import (
    AnswerSource,
    Recorder,
    State,
    Unclear,
    Understanding,
    Update,
    UpdateKind,
    UpdateOutcome,
)

NO_TEXT = "缺少 text（要读的消息）"
NOT_AN_OBJECT = '这一行不是 JSON 对象，应形如 {"id": "u1", "text": "5G基站已建成620个"}'

NOT_AN_UPDATE = "这不像是报进展。"
HOW_TO = "报进展请写上目标和数字，例如：5G基站建成620个。想问问题，直接问就行。"
WHICH = "报的是哪一项？"
WHICH_NUMBER = "请给一个确定的数。"
OTHER_UNIT = "单位对不上：这一项按“{unit}”计。请核对后重发，写明数和单位。"
WHICH_DAY = "日期要核对：没有这一天、星期对不上，或写了两个日期。请写明是哪一天后重发。"

STATES = {
    State.NOT_STARTED: "未开工",
    State.IN_PROGRESS: "推进中",
    State.DONE: "已完成",
    State.BLOCKED: "停工（停滞）",
}
"""Everywhere the same words, on a card and in a standing."""
SOURCES = {AnswerSource.PHONE: "电话", AnswerSource.PAPER: "书面", AnswerSource.OA: "OA"}
"""How the word of a unit came that somebody else wrote down."""
RECORDERS = {Recorder.OFFICE: "办公室", Recorder.SUPERVISOR: "督查室"}


def result(understood: Understanding) -> Reply:
    """How a message was read: one line an update, or the question back with its choices as buttons."""
    match understood.outcome:
        case UpdateOutcome.NOT_UPDATE:
            return Reply(head=bold(NOT_AN_UPDATE), blocks=(HOW_TO,))
        case UpdateOutcome.CLARIFY:
            return Reply(
                head=bold(_question(understood)) + typeset(f"（{understood.said}）" if understood.said else ""),
                blocks=tuple(update_line(update) for update in understood.updates),
                buttons=tuple(Button(choice.label, choice.message) for choice in understood.choices),
            )
        case UpdateOutcome.UNDERSTOOD:
            return Reply(
                head=bold(f"读到 {len(understood.updates)} 项进展"),
                blocks=tuple(update_line(update) for update in understood.updates),
            )


def _question(understood: Understanding) -> str:
    match understood.unclear:
        case Unclear.RANGE:
            return WHICH_NUMBER
        case Unclear.DAY:
            return WHICH_DAY
        case Unclear.UNIT:
            return OTHER_UNIT.format(unit=understood.wants)
        case _:
            return WHICH


def update_line(update: Update) -> str:
    """One report in one line: where it stands, what it is, how much, of which day, and what else was said."""
    told = f"{update.subject.task} {update.subject.name}：{told_of(update)}"
    if update.as_of:
        told += f"（数据截至 {update.as_of.isoformat()}）"
    return typeset(told + (f"\n 附注：{update.note}" if update.note else ""))


def told_of(update: Update) -> str:
    """What a report says of its subject: 620个, 新增6家, 完成目标的70%, 停工."""
    amount = "" if update.value is None else f"{'约 ' if update.approx else ''}{shown(update.value)}{update.unit or ''}"
    match update.kind:
        case UpdateKind.READING:
            return f"达到 {amount}"
        case UpdateKind.INCREMENT:
            return f"新增 {amount}"
        case UpdateKind.PERCENT:
            return f"完成目标的 {amount}"
        case UpdateKind.STATE:
            return STATES[update.state] if update.state else update.said
        case UpdateKind.NO_CHANGE:
            return "本期无变化"
        case UpdateKind.PROBLEM:
            return f"困难问题：{update.said}"
        case UpdateKind.NOTE:
            return f"情况说明：{update.said}"


def shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
