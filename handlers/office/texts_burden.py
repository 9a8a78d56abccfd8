"""The ledger of burdens (减负账本): plain numbers of a month."""

from collections.abc import Mapping
from datetime import date, timedelta

from handlers.texts.heading import reply_of
from handlers.texts.periods import period_text
from handlers.texts.reply import Reply
from handlers.texts.standing import day_text
from knowledge.reminders.burden import Ledger, RepeatedRequest
from knowledge.reports.model import UpdateKind
from knowledge.standing.periods import DEFAULT_DUE_DAYS, period_of
from storage.outbox import OutboxKind

ABOUT_LEDGER = "减负账本：一个月要了几次数、发了几条消息，例如 /ledger 3月"

LEFT = "已离岗人员"
KINDS = {
    OutboxKind.DIGEST: "每日汇总",
    OutboxKind.REMINDER: "单独提醒",
    OutboxKind.PERSONAL: "本人设的提醒",
    OutboxKind.NOTICE: "办理告知",
    OutboxKind.ANNOUNCEMENT: "通知、月度情况和通报",
    OutboxKind.RECALL: "撤回通知",
    OutboxKind.DRAFT: "月度情况、通报的草稿",
}


def page(
    ledger: Ledger,
    sent: Mapping[OutboxKind, int],
    served: Mapping[UpdateKind, int],
    *,
    first: date,
    last: date,
    today: date,
) -> Reply:
    """`last` is the month's last day, or today where it is not over."""
    messages, reports = sum(sent.values()), sum(served.values())
    running = f"（截至 {day_text(last, today)}）" if last == today else ""
    lines = [_sent(sent), _served(served), *_again(ledger, today)]
    if ledger.burdens:
        lines.append(f"向各单位要数（{len(ledger.burdens)} 家）")
        lines += [f"{one.unit}：{one.messages} 条消息，{one.items} 项" for one in ledger.burdens]
    before = first - timedelta(days=1)
    return reply_of(
        f"{month(first)}减负账本{running}:要数 {ledger.messages} 次,发消息 {messages} 条,收到填报 {reports} 条",
        lines,
        "一条消息里请单位报数，不论几项，算要数一次；没有送达的不算。",
        [(month(before), f"/ledger {before.year}-{before.month:02}")],
    )


def month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def no_such_month(said: str) -> Reply:
    return reply_of(f"没有读懂月份“{said[:12]}”。", ["例如：/ledger 3月，/ledger 2023-03，/ledger 上月。"])


def not_begun(first: date) -> Reply:
    return reply_of(f"{month(first)}还没有开始。", [], "", [("本月", "/ledger")])


def _sent(sent: Mapping[OutboxKind, int]) -> str:
    shown = [f"{name} {sent[kind]}" for kind, name in KINDS.items() if sent.get(kind)]
    return f"发出的消息：{'、'.join(shown) or '没有'}"


def _served(served: Mapping[UpdateKind, int]) -> str:
    same, problems = served.get(UpdateKind.NO_CHANGE, 0), served.get(UpdateKind.PROBLEM, 0)
    if not sum(served.values()):
        return "收到的填报：没有"
    return f"收到的填报：{sum(served.values())} 条，其中“本期无变化” {same} 条、困难问题 {problems} 条"


def _again(ledger: Ledger, today: date) -> list[str]:
    """What was asked for twice, which is normally nothing but reminders of what was not reported."""
    needless = ledger.needless
    reminded = [one for one in ledger.again if not one.needless]
    lines = [f"报过又要的：{len(needless)} 项" if needless else "报过又要的：没有"]
    lines += [_line(one, today) for one in needless]
    lines.append(f"没报又提醒的：{len(reminded)} 项" if reminded else "没报又提醒的：没有")
    return lines + [_line(one, today) for one in reminded]


def _line(one: RepeatedRequest, today: date) -> str:
    period = period_text(period_of(one.period, DEFAULT_DUE_DAYS), today)
    return f" {one.unit} {one.task} {one.name}：{period}一期要过 {one.times} 次"
