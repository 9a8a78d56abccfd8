"""Going away: for a while, locked out, removed, forgotten."""

from collections.abc import Sequence
from datetime import date

from handlers.people.codes import PersonVerb, ref
from handlers.people.texts import day, grants, numbered, person
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from storage.people import Member, Role
from storage.rich_text import RichText

ABOUT_AWAY = "请假，指定代办人"


ABOUT_FORGET = "注销我的个人信息"


ABOUT_REMOVE = "移除人员，例如 /remove 人员7"


ABOUT_LOCK = "立即锁定账号，例如 /lock 人员7"


ABOUT_UNLOCK = "解锁账号"


def away_until(today: date, options: Sequence[tuple[str, date]], command: str) -> Reply:
    """`command` goes on with the days, and then with the stand-in."""
    return Reply(
        head=bold("请假到哪天？请发日期。"),
        blocks=(f"今天是 {day(today, today)}。例如：3月10日；或 3月6日到3月10日。也可以点：",),
        buttons=tuple(Button(f"{name} {day(when, today)}", f"{command} {when.isoformat()}") for name, when in options),
    )


def away_who(
    first: date, last: date, today: date, candidates: Sequence[Member], command: str, *, shown: bool = False
) -> Reply:
    """`shown`: whoever is tapped is shown first, being another than was named."""
    end = "" if shown else f" {PersonVerb.CONFIRM}"
    if not candidates:
        return Reply(
            head=bold("没有可以代办的人。"),
            blocks=("代办人要同单位或同角色，并且已经绑定；请办公室先邀请一位。",),
        )
    return Reply(
        head=bold(f"{day(first, today)}至{day(last, today)}，谁代办？"),
        buttons=tuple(
            Button(person(one), f"{command} {first.isoformat()} {last.isoformat()} {ref(one.id)}{end}")
            for one in candidates
        ),
    )


def away_set(first: date, last: date, today: date, stand_in: Member, command: str) -> Reply:
    return Reply(
        head=bold(f"已登记：{day(first, today)}至{day(last, today)}请假，{person(stand_in)}代办。"),
        blocks=("这几天代办人可以代为填报、收提醒；到期自动收回。",),
        buttons=(Button("提前销假", f"{command} {PersonVerb.BACK}"),),
    )


NO_SUCH_DAY = Reply(head=bold("没看懂日期，没有登记。例如：/away 3月10日；或 /away 3月6日到3月10日。"))


DAY_OVER = Reply(head=bold("请假的最后一天已经过去，或早于第一天，没有登记。"))


NO_STAND_IN = Reply(head=bold("这个人不能代办：要同单位或同角色，没有锁定，也不能是请假人自己。"))


def not_bound(name: str, *, others: bool) -> Reply:
    """Of a stand-in whom nobody here is called."""
    return Reply(
        head=bold(f"“{typeset(name[:20])}”还没有绑定，没有登记；请办公室先邀请。"),
        blocks=("请发绑定时用的全名；也可以换一位，点了先给您看：",) if others else (),
    )


BACK_AGAIN = Reply(head=bold("已销假，代办人的权限即时收回。"))


WAS_NOT_AWAY = Reply(head=bold("没有登记过请假。"), buttons=(Button("请假", "/away"),))


def to_lock(member: Member, *, lock: bool) -> Reply:
    """Before → after, and whom it concerns."""
    if not lock:
        return Reply(head=bold(f"解锁{numbered(member)}的账号？"), blocks=("已锁定 → 可以用；他的角色照旧。",))
    return Reply(
        head=bold(f"锁定{numbered(member)}的账号？"),
        blocks=("可以用 → 已锁定：只能问公开方案，发出的未用邀请作废。", "不通知本人；随时可以解锁。"),
    )


def to_leave(first: date, last: date, today: date, stand_in: Member) -> Reply:
    return Reply(
        head=bold(f"登记请假？{day(first, today)}至{day(last, today)}，{person(stand_in)}代办"),
        blocks=("这几天代办人可以代为填报、收提醒；到期自动收回，随时可以销假。",),
    )


TO_COME_BACK = Reply(head=bold("现在销假？"), blocks=("请假中 → 在岗；代办人的权限即时收回。",))


def locked(member: Member, *, by_now: bool) -> Reply:
    number = ref(member.id)
    return Reply(
        head=bold(f"{numbered(member)}的账号{'已锁定' if by_now else '已解锁'}。"),
        blocks=("对方现在只能问公开方案；他发出的未用邀请已作废。",) if by_now else (),
        buttons=(Button("解锁", f"/unlock {number}") if by_now else Button("锁定", f"/lock {number}"),),
    )


def remove(member: Member) -> Reply:
    return Reply(
        head=bold(f"移除{numbered(member)}？"),
        blocks=(f"将结束：{typeset(grants(member.grants))}。填报历史保留；个人信息 30 日内去标识。",),
        buttons=(
            Button("确认移除", f"/remove {ref(member.id)} {PersonVerb.CONFIRM}"),
            Button("改为移交", f"/handover {ref(member.id)}"),
        ),
    )


def removed(member: Member, left_bare: Sequence[str]) -> Reply:
    """`left_bare` are units that have no liaison now."""
    return Reply(
        head=bold(f"已移除{numbered(member)}。"),
        blocks=tuple(f"{typeset(unit)}现在没有联络员。" for unit in left_bare),
        buttons=tuple(Button(f"邀请{unit}联络员", f"/invite {Role.LIAISON} {unit}") for unit in left_bare[:3]),
    )


LAST_OFFICE = Reply(head=bold("这是最后一个能用的办公室账号，没有改动；请先邀请另一位办公室人员，或移交。"))


def forget(member: Member, *, own: bool) -> Reply:
    whose = "您" if own else numbered(member)
    return Reply(
        head=bold(f"注销{whose}的个人信息？"),
        blocks=(
            "将删除姓名、Telegram 账号、电话和聊天上下文，并结束全部角色；不能恢复。",
            f"填报记录保留，只写“人员{member.id}”，不再能对应到本人。",
        ),
        buttons=(Button("确认注销", f"/forget {ref(member.id)} {PersonVerb.CONFIRM}"),),
    )


def forgotten(member: Member) -> RichText:
    """HTML; sent without anything that would have to be remembered."""
    return bold(f"已注销。原有记录只写“人员{member.id}”。")
