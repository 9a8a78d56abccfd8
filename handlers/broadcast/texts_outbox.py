"""What the bot sends unasked: whom it can't reach, what did not arrive, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers.broadcast.codes import OutboxVerb
from handlers.people.texts import grants, person
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from storage.outbox import DeliveryReason, OutboxKind, OutboxState
from storage.outbox_view import Overview, Troubled
from storage.people import Member
from storage.rich_text import RichText, plain_text

ABOUT_OUTBOX = "发送情况：积压、没送达的、收不到的人"

_ACTS = {OutboxVerb.AGAIN: "重发", OutboxVerb.DROP: "作罢", OutboxVerb.NEXT: "下一条"}
DAYS = 30
"""How far back the counts go."""
_ON_A_PAGE = 10
_QUOTED = 120

KINDS = {
    OutboxKind.NOTICE: "告知",
    OutboxKind.ANNOUNCEMENT: "通知",
    OutboxKind.RECALL: "撤回通知",
    OutboxKind.REMINDER: "提醒",
    OutboxKind.PERSONAL: "个人提醒",
    OutboxKind.DIGEST: "汇总提醒",
    OutboxKind.DRAFT: "待送核的月度情况、通报",
}
STATES = {
    OutboxState.QUEUED: "待发",
    OutboxState.SENDING: "正在发",
    OutboxState.SENT: "已发",
    OutboxState.FAILED: "没送达",
    OutboxState.EXPIRED: "过期未发",
    OutboxState.SKIPPED: "不再发",
    OutboxState.UNCERTAIN: "不知是否送达",
}
_CALL = "请电话联系。对方给机器人发任意一句话，就恢复发送"
_ASK = "请先问对方收到没有：没收到的重发，收到了的作罢"
_LOOK = "可以重发一次。还不行的，把编号告诉维护人员查日志"
REASONS = {
    DeliveryReason.BLOCKED: ("对方停用了机器人", _CALL),
    DeliveryReason.NOT_FOUND: ("Telegram 找不到这个聊天", _CALL),
    DeliveryReason.DEACTIVATED: ("对方的 Telegram 账号已注销", "请电话联系。换了账号的，移除原来的，再发一次邀请"),
    DeliveryReason.TOO_LONG: ("内容太长，Telegram 不收", "请作罢，拆成几条再发"),
    DeliveryReason.REFUSED: ("Telegram 拒收", _LOOK),
    DeliveryReason.BROKEN: ("程序出错", _LOOK),
    DeliveryReason.DIED: ("发送时程序中断", _ASK),
    DeliveryReason.NO_ANSWER: ("发出后没有回音", _ASK),
    DeliveryReason.RESTORED: ("数据从备份恢复，备份以后可能已经发过", _ASK),
}
"""By reason: what happened, and what to do."""
_UNKNOWN = ("原因不明", _LOOK)


@dataclass(frozen=True, slots=True)
class UndeliveredMessage:
    """A message that did not arrive, or may not have; `to` is None for nobody of the plan."""

    row: Troubled
    to: Member | None
    day: str


def unreachable(member: Member) -> RichText:
    """To the supervisors and the office, once until the person writes again."""
    return bold(f"{_who(member)}收不到机器人的消息。") + f"\n{typeset(f'{_CALL}。')}\n发 /outbox 看全部。"


def uncertain(count: int) -> RichText:
    """To the office, which decides."""
    return (
        bold(f"有 {count} 条通知不知是否送达。")
        + "\n发送时程序中断，或没有回音。为免重复，没有自动重发。请发 /outbox 逐条决定重发或作罢。"
    )


def set_aside(number: str) -> RichText:
    """To the office, of a message that made the program fail again and again."""
    return (
        bold("有一条消息总是处理出错，已经放到一边。")
        + f"\n发消息的人已经知道，别的消息不受影响。请告诉维护人员：用 duban error {number} 查原因。"
    )


def summary(found: Overview, lost: int) -> Reply:
    counts = found.counts
    troubled = counts.get(OutboxState.FAILED, 0) + counts.get(OutboxState.UNCERTAIN, 0)
    buttons = (
        *((Button(f"逐条处理（{troubled}）", f"/outbox {OutboxVerb.CASES}"),) if troubled else ()),
        *((Button(f"收不到的人（{lost}）", f"/outbox {OutboxVerb.PEOPLE}"),) if lost else ()),
    )
    return Reply(head=bold(verdict(found, lost)), blocks=tuple(map(typeset, lines(found, lost))), buttons=buttons)


def verdict(found: Overview, lost: int) -> str:
    counts = found.counts
    if doubtful := counts.get(OutboxState.UNCERTAIN, 0):
        return f"有 {doubtful} 条不知是否送达，请决定重发或作罢。"
    if failed := counts.get(OutboxState.FAILED, 0):
        return f"有 {failed} 条没送达，请看原因。"
    if found.lag >= timedelta(minutes=10):
        return f"有积压：最早一条晚了{duration(found.lag)}。"
    return f"发送正常，但有 {lost} 人收不到。" if lost else "发送正常。"


def lines(found: Overview, lost: int) -> list[str]:
    count = found.counts
    late = f"，最早一条晚了{duration(found.lag)}" if found.lag >= timedelta(minutes=1) else ""
    finished = (
        f"已发 {count.get(OutboxState.SENT, 0)} 条，过期未发 {count.get(OutboxState.EXPIRED, 0)} 条，"
        f"不再发 {count.get(OutboxState.SKIPPED, 0)} 条（停用、锁定、离任、作罢的），"
        f"断线后重发 {found.repeated} 条（可能重复）"
    )
    return [
        f"待发 {count.get(OutboxState.QUEUED, 0)} 条，正在发 {count.get(OutboxState.SENDING, 0)} 条{late}",
        f"没送达 {count.get(OutboxState.FAILED, 0)} 条，不知是否送达 {count.get(OutboxState.UNCERTAIN, 0)} 条",
        f"收不到的人 {lost} 个",
        f"近 {DAYS} 天：{finished}",
    ]


def card(case: UndeliveredMessage, *, place: tuple[int, int]) -> Reply:
    """One case; `place` is (which, of how many)."""
    row = case.row
    number = f"/outbox {row.id}"
    return Reply(
        head=bold(f"{STATES[row.state]}，第 {place[0]} 条，共 {place[1]} 条"),
        blocks=tuple(map(typeset, case_lines(case))),
        foot=typeset(f"编号 {row.id}"),
        buttons=tuple(Button(label, f"{number} {act}") for act, label in _ACTS.items()),
    )


def case_lines(case: UndeliveredMessage) -> list[str]:
    happened, todo = _reason(case.row)
    return [
        f"{KINDS[case.row.kind]}，{case.day}，发给{recipient(case)}",
        f"原因：{happened}",
        f"怎么办：{todo}",
        f"内容：{quoted(case.row)}",
    ]


def recipient(case: UndeliveredMessage) -> str:
    return _who(case.to) if case.to else "方案以外的人"


def quoted(row: Troubled) -> str:
    text = " ".join(plain_text(row.text).split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}……"


def no_more(left: int) -> Reply:
    if left:
        return Reply(
            head=bold(f"看完了，还有 {left} 条没处理。"),
            buttons=(Button("从头看", f"/outbox {OutboxVerb.CASES}"), Button("发送情况", "/outbox")),
        )
    return Reply(head=bold("没有要处理的。"), buttons=(Button("发送情况", "/outbox"),))


def done_already() -> Reply:
    return Reply(head=bold("这一条已经处理过了。"), buttons=(Button("逐条处理", f"/outbox {OutboxVerb.CASES}"),))


def lost_people(members: Sequence[Member], page: int) -> Reply:
    """A page from 0 of those whom the bot may not write to."""
    shown = members[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
    more = len(members) > (page + 1) * _ON_A_PAGE
    first = page * _ON_A_PAGE + 1
    return Reply(
        head=bold(f"{len(members)} 人收不到机器人的消息" if members else "没有收不到消息的人。"),
        blocks=tuple(map(typeset, people_lines(shown, first))),
        foot=typeset(f"停用了机器人，或还没有跟它说过话。{_CALL}。") if members else "",
        buttons=(
            *((Button("下一页", f"/outbox {OutboxVerb.PEOPLE} {page + 2}"),) if more else ()),
            Button("发送情况", "/outbox"),
        ),
    )


def people_lines(members: Sequence[Member], first: int = 1) -> list[str]:
    return [f"{number}. {_who(member)}收不到" for number, member in enumerate(members, first)]


def duration(time: timedelta) -> str:
    """A length of time in its largest unit."""
    minutes = int(time.total_seconds()) // 60
    if minutes < 60:
        return f" {minutes} 分钟"
    return f" {minutes // 60} 小时" if minutes < 48 * 60 else f" {minutes // 1440} 天"


def _who(member: Member) -> str:
    return f"{person(member)}（{grants(member.grants)}）"


def _reason(row: Troubled) -> tuple[str, str]:
    return REASONS.get(DeliveryReason(row.reason), _UNKNOWN) if row.reason else _UNKNOWN


# The command line

NO_SUCH_ROW = "没有这个编号，或已经处理过了；duban outbox 列出全部。"


def case_text(case: UndeliveredMessage) -> str:
    head = f"{case.row.id} 号，{STATES[case.row.state]}"
    return "\n".join((head, *(f"  {line}" for line in case_lines(case))))


def sent_again(number: int) -> str:
    return f"{number} 号已放回待发，运行中的机器人几秒内就发。"


def given_up(number: int) -> str:
    return f"{number} 号已作罢，不再发。"
