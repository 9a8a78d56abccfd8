"""Announcements (通知): writing one, choosing who gets it, what they read, and who said 收到."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from handlers.access.policy import IN_CHARGE
from handlers.broadcast.codes import AnnouncementVerb
from handlers.people.texts import person
from handlers.texts.heading import reply_of
from handlers.texts.marks import bold, typeset
from handlers.texts.red_lines import REMINDER
from handlers.texts.reply import Button, Reply
from handlers.texts.rights import ROLES
from handlers.texts.standing import day_text
from storage.announcements import Announcement, AnnouncementDelivery, AnnouncementState
from storage.outbox import OutboxState
from storage.people import Member
from storage.rich_text import RichText, Text

ABOUT_ANNOUNCE = "发通知：选对象，看预览，确认后发出"
ABOUT_RECEIPTS = "通知的回执：谁收到、谁没收到"

EVERYBODY = "所有人"
_ALL, _LIAISONS = "全部人员", "只发联络员"
LONGEST = 1500
DELETABLE = timedelta(hours=48)
"""For so long Telegram lets a bot delete what it sent."""
_NAMED, _SHOWN = 10, 24
_STATES = {
    AnnouncementState.DRAFT: "草稿",
    AnnouncementState.SENT: "已发出",
    AnnouncementState.RECALLED: "已撤回",
    AnnouncementState.DROPPED: "不发",
}
_UNSENT = {
    OutboxState.FAILED: "没有发到",
    OutboxState.UNCERTAIN: "不确定是否发到",
    OutboxState.EXPIRED: "没有发到",
    OutboxState.SKIPPED: "没有发到",
}


def letter(announcement: Announcement) -> Reply:
    """What a recipient reads."""
    return Reply(
        head=bold("领导小组办公室通知"),
        blocks=(announcement.text,),
        foot="看过请点“收到”。",
        buttons=(Button("收到", f"/got {announcement.id}"),),
        whole=True,
    )


def ask_text() -> Reply:
    return reply_of("请发通知的内容", [f"一条消息，不超过 {LONGEST} 个字。先预览，确认后才发出。"])


def too_long() -> Reply:
    return reply_of(f"太长了，没有收下。请不超过 {LONGEST} 个字，再发一次。", [])


def ask_whom(announcement: Announcement, *, none: bool = False) -> Reply:
    """`none`: of those whom it is for there is no unit today."""
    key = _key(announcement)
    return reply_of(
        "现在没有这样的单位，发给谁？" if none else "发给谁？",
        [f"“{_short(announcement.text)}”"],
        "",
        [
            (EVERYBODY, f"{key} {AnnouncementVerb.EVERYBODY}"),
            ("某些单位", f"{key} {AnnouncementVerb.UNITS}"),
            ("某部分的单位", f"{key} {AnnouncementVerb.SECTION}"),
            ("不发了", f"{key} {AnnouncementVerb.DROP}"),
        ],
    )


def ask_units() -> Reply:
    return reply_of("发给哪些单位？", ["请发单位名称，几个单位用顿号隔开，例如：科经局、交通局。"])


def ask_section(titles: Sequence[tuple[int, str]]) -> Reply:
    return reply_of("发给哪个部分的单位？", ["请发部分的序号，例如：5。", *(f"{no} {title}" for no, title in titles)])


def no_such_unit(said: str, near: Sequence[str]) -> Reply:
    found = f"相近的：{'、'.join(near)}。" if near else ""
    return reply_of(f"没有找到“{said[:20]}”。", [f"{found}请把单位名称都再发一次。"])


def no_such_section(said: str) -> Reply:
    return reply_of(f"没有“{said[:20]}”这个部分，请再发一次序号。", [])


def ask_people(announcement: Announcement, whom: str, named: str) -> Reply:
    key = f"{_key(announcement)} {whom}"
    return reply_of(
        f"发给{named}：全部人员，还是只发联络员？",
        [],
        "",
        [
            (_ALL, f"{key} {AnnouncementVerb.ALL}"),
            (_LIAISONS, f"{key} {AnnouncementVerb.LIAISONS}"),
            ("换对象", _key(announcement)),
        ],
    )


def preview(
    announcement: Announcement, whom: str, named: str, recipients: int, beyond: Sequence[Member], *, reminds: bool
) -> Reply:
    """The message as it will be read, how many get it, and who cannot."""
    key = _key(announcement)
    shown = letter(announcement)
    head = f"预览：发给 {recipients} 人（{named}）" if recipients else f"没有可以收到的人（{named}）"
    lines = [shown.head, *shown.blocks]
    if beyond:
        names = "、".join(person(one) for one in beyond[:_NAMED])
        more = f" 等 {len(beyond)} 人" if len(beyond) > _NAMED else ""
        lines.append(typeset(f"联系不上（没有和机器人说过话，或屏蔽了它）：{names}{more}"))
    if reminds:
        lines.append(typeset(REMINDER))
    send = (Button("确认发送", f"{key} {whom} {AnnouncementVerb.SEND}"),) if recipients else ()
    rest = (("换对象", key), ("重写", "/announce"), ("不发了", f"{key} {AnnouncementVerb.DROP}"))
    return Reply(
        head=bold(head),
        blocks=tuple(lines),
        buttons=(*send, *(Button(*one) for one in rest)),
        whole=True,
    )


def sent(announcement: Announcement, recipients: int) -> Reply:
    buttons = [("看回执", f"/receipts {announcement.id}"), ("撤回", f"{_key(announcement)} {AnnouncementVerb.RECALL}")]
    return reply_of(f"已发出，正在发给 {recipients} 人。", [f"“{_short(announcement.text)}”"], "", buttons)


def dropped() -> Reply:
    return reply_of("不发了，没有人收到。", [], "", [("重写", "/announce")])


def not_a_draft(announcement: Announcement) -> Reply:
    buttons = [("看回执", f"/receipts {announcement.id}")] if announcement.sent_at else [("写新的", "/announce")]
    return reply_of(f"这份通知{_STATES[announcement.state]}，没有再发。", [], "", buttons)


def no_such() -> Reply:
    return reply_of("没有这份通知。", [], "", [("写新的", "/announce")])


def ask_recall(announcement: Announcement, got: int, of: int, now: datetime) -> Reply:
    late = announcement.sent_at is not None and now - announcement.sent_at > DELETABLE
    how = "已超过 48 小时，消息删不掉，改为给每人再发一条“已撤回”。" if late else "已发到的从各人的聊天里删掉。"
    return reply_of(
        "确认撤回这份通知？",
        [f"“{_short(announcement.text)}”", f"发给 {of} 人，{got} 人已点收到。{how}还没发出的不再发。"],
        "",
        [
            ("确认撤回", f"{_key(announcement)} {AnnouncementVerb.RECALL} {AnnouncementVerb.CONFIRM}"),
            ("不撤回", f"/receipts {announcement.id}"),
        ],
    )


def recalled(announcement: Announcement) -> Reply:
    buttons = [("看回执", f"/receipts {announcement.id}")]
    return reply_of("已撤回，正在处理已发到的。", [f"“{_short(announcement.text)}”"], "", buttons)


def not_recallable(announcement: Announcement) -> Reply:
    return reply_of(f"这份通知{_STATES[announcement.state]}，不能撤回。", [])


def recall_notice(announcement: Announcement, today: date) -> RichText:
    """What is said where the message cannot be deleted any more (HTML)."""
    return bold(f"领导小组办公室{_sent_on(announcement, today)}的通知已撤回，请不要再按它办。")


def got(*, first: bool) -> Reply:
    return reply_of("收到，已记下。" if first else "已经记过“收到”了。", [])


def got_recalled() -> Reply:
    return reply_of("这份通知已撤回，不用再点。", [])


def not_to_you() -> Reply:
    return reply_of("没有发给您的这份通知。", [])


def list_all(found: Sequence[Announcement], counts: Mapping[int, tuple[int, int]], today: date) -> Reply:
    if not found:
        return reply_of("还没有发出过通知。", [])
    rows = []
    for one in found:
        acknowledged, of = counts.get(one.id, (0, 0))
        taken = "，已撤回" if one.state is AnnouncementState.RECALLED else ""
        rows.append(f"{_sent_on(one, today)} “{_short(one.text)}”：收到 {acknowledged}/{of}{taken}")
    buttons = [(f"{_sent_on(one, today)} {_short(one.text, 8)}", f"/receipts {one.id}") for one in found[:6]]
    return reply_of(f"发出的通知 {len(found)} 份", rows, "", buttons)


def receipts(
    announcement: Announcement,
    found: Sequence[AnnouncementDelivery],
    people: Mapping[int, Member],
    today: date,
    *,
    recalls: bool,
) -> Reply:
    """Counts first, then who has not said 收到, then who has, by unit."""
    silent = [one for one in found if one.acknowledged_at is None and one.state not in _UNSENT]
    unsent = [one for one in found if one.acknowledged_at is None and one.state in _UNSENT]
    done = [one for one in found if one.acknowledged_at is not None]
    taken = "（已撤回）" if announcement.state is AnnouncementState.RECALLED else ""
    blocks: list[Text] = [
        typeset(f"{_sent_on(announcement, today)} 发给 {len(found)} 人{taken}：“{_short(announcement.text)}”")
    ]
    for title, group in (("还没有点收到", silent), ("没有发到", unsent), ("收到", done)):
        if group:
            blocks.append(bold(f"{title} {len(group)} 人"))
            blocks += [typeset(line) for line in _by_unit(group, people)]
    count = f"收到 {len(done)} 人，还没有 {len(silent)} 人" + (f"，没有发到 {len(unsent)} 人" if unsent else "")
    buttons = [Button("全部通知", "/receipts")]
    if recalls and announcement.state is AnnouncementState.SENT:
        buttons.insert(0, Button("撤回", f"{_key(announcement)} {AnnouncementVerb.RECALL}"))
    return Reply(head=bold(count), blocks=tuple(blocks), buttons=tuple(buttons))


def named_units(units: Sequence[str]) -> str:
    return "、".join(units) if len(units) <= 3 else f"{'、'.join(units[:3])} 等 {len(units)} 个单位"


def named_section(no: int, title: str) -> str:
    return f"第{no}部分“{title}”的单位"


def named_people(whom: str, *, liaisons: bool) -> str:
    return f"{whom}，{_LIAISONS if liaisons else _ALL}"


def _by_unit(group: Iterable[AnnouncementDelivery], people: Mapping[int, Member]) -> list[str]:
    held: dict[str, list[str]] = {}
    for one in group:
        member = people.get(one.member)
        name = person(member) if member else f"人员{one.member}"
        reason = "（不确定）" if one.state is OutboxState.UNCERTAIN else ""
        held.setdefault(_unit(member), []).append(name + reason)
    return [f"{unit}：{'、'.join(names)}" for unit, names in sorted(held.items())]


def _unit(member: Member | None) -> str:
    """Where a person is looked for: their unit, else their office."""
    grants = member.grants if member else ()
    units = [grant.unit for grant in grants if grant.unit and grant.role not in IN_CHARGE]
    return units[0] if units else ROLES[grants[0].role] if grants else "已离岗"


def _key(announcement: Announcement) -> str:
    return f"/announce #{announcement.id}"


def _short(text: str, length: int = _SHOWN) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _sent_on(announcement: Announcement, today: date) -> str:
    return day_text(announcement.sent_on, today) if announcement.sent_on else ""
