"""People: who is who, contacts, invitations, absence, handing over, leaving."""

from collections.abc import Sequence
from datetime import date

from handlers.people.codes import WHOLE_PLAN, ContactField, PersonVerb, ref
from handlers.services.invite_codes import SLOT
from handlers.texts.markup import bold, safe
from handlers.texts.reply import Button, Reply
from handlers.texts.rights import ROLES
from storage.people import Absence, Grant, Member, Role

ABOUT_ME = "我是谁：角色、单位、代办人"
ABOUT_UNITS = "各单位的联系人，谁还没有联络员"
ABOUT_AWAY = "请假，指定代办人"
ABOUT_HANDOVER = "把角色移交给继任者"
ABOUT_FORGET = "注销我的个人信息"
ABOUT_INVITE = "邀请人员"
ABOUT_INVITES = "还没用的邀请"
ABOUT_REVOKE = "撤销邀请，例如 /revoke 3"
ABOUT_PEOPLE = "人员名单"
ABOUT_REMOVE = "移除人员，例如 /remove 人员7"
ABOUT_LOCK = "立即锁定账号，例如 /lock 人员7"
ABOUT_UNLOCK = "解锁账号"

_WHOLE = "整个方案"
FIELDS = {ContactField.NAME: "姓名", ContactField.PHONE: "电话", ContactField.MOBILE: "手机"}
_NEXT, _PREVIOUS = "下一页", "上一页"


def person(member: Member) -> str:
    """What a member is called; a forgotten one has only the number."""
    return member.name or f"人员{member.id}"


def numbered(member: Member) -> str:
    return f"{member.name}（人员{member.id}）" if member.name else f"人员{member.id}"


def grant(held: Grant) -> str:
    if held.unit:
        return f"{held.unit}{ROLES[held.role]}"
    if held.section:
        return f"{ROLES[held.role]}（第{held.section}部分）"
    return f"{ROLES[held.role]}（{_WHOLE}）" if held.role is Role.LEADER else ROLES[held.role]


def grants(held: Sequence[Grant]) -> str:
    return "、".join(map(grant, held)) or "没有角色"


def day(when: date, today: date) -> str:
    """Days of the plan's current year without the year."""
    return f"{when.month}月{when.day}日" if when.year == today.year else when.isoformat()


def is_visitor() -> Reply:
    return Reply(
        head=bold("您还没有绑定身份，是访客。"),
        blocks=("可以问公开方案。要看进展、填报，请向领导小组办公室要一次性邀请链接。",),
    )


def me(member: Member, lent: Sequence[Grant], absence: Absence | None, stand_in: Member | None, today: date) -> Reply:
    blocks = [f"角色：{safe(grants(member.grants))}"]
    if lent:
        blocks.append(f"代办：{safe(grants(lent))}（请假人的角色，到期自动收回）")
    blocks.append(f"办公电话：{safe(member.office_phone or '未填')}；手机：{safe(member.mobile or '未填（自愿）')}")
    if absence and stand_in:
        first, last = day(absence.first, today), day(absence.last, today)
        blocks.append(f"请假：{first}至{last}，{safe(person(stand_in))}代办")
    asked = (Button(f"填{name}", f"/me {field}") for field, name in FIELDS.items())
    away = Button("销假", f"/away {PersonVerb.BACK}") if absence else Button("请假", "/away")
    return Reply(
        head=bold(numbered(member)),
        blocks=tuple(blocks),
        foot=safe("姓名、电话只给已绑定的同事看。"),
        buttons=(*asked, away, Button("移交", "/handover"), Button("注销", "/forget")),
    )


ASK_FIELD = {
    ContactField.NAME: "请发您的姓名，同事查联系人时看到的就是它。",
    ContactField.PHONE: "请发您的办公电话，例如：0713-6222222。不想留了，发“删除”。",
    ContactField.MOBILE: "请发您的手机号。发来即表示同意给已绑定的同事看；不想留了，发“删除”。",
}
BAD_FIELD = {
    ContactField.NAME: "姓名请用 2 到 20 个汉字或字母，没有改动。",
    ContactField.PHONE: "这不像电话号码，没有改动。例如：0713-6222222，也可以带分机号。",
    ContactField.MOBILE: "这不像手机号，没有改动。应为 11 位数字。",
}


def asks(sentence: str) -> Reply:
    return Reply(head=bold(sentence))


def field_set(field: ContactField, *, deleted: bool) -> Reply:
    return Reply(head=bold(f"{FIELDS[field]}已{'删除' if deleted else '更新'}。"), buttons=(Button("我的信息", "/me"),))


def units(unit_lines: Sequence[tuple[str, Sequence[Member]]], *, total: int, bare: Sequence[str]) -> Reply:
    """`unit_lines` are the units with their people, first; `bare` those without a liaison, some on a line."""
    blocks = [f"{safe(unit)}：{safe(_with_roles(unit, people))}" for unit, people in unit_lines]
    if bare:
        blocks.append(bold(f"还没有联络员（{len(bare)} 个）"))
        blocks += [safe(f" {'、'.join(some)}") for some in _lines(bare)]
    return Reply(head=bold(f"{total} 个单位，{total - len(bare)} 个有联络员"), blocks=tuple(blocks))


def _lines(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[at : at + 3] for at in range(0, len(names), 3)]


def _with_roles(unit: str, people: Sequence[Member]) -> str:
    shown = []
    for one in people:
        roles = "、".join(ROLES[held.role] for held in one.grants if held.unit == unit)
        shown.append(f"{person(one)}（{roles}{'，已锁定' if one.locked else ''}）")
    return "、".join(shown)


def contacts(unit: str, people: Sequence[Member], stand_ins: dict[int, Member]) -> Reply:
    """`stand_ins` of those who are away today."""
    if not people:
        return Reply(head=bold(f"{unit}还没有人绑定，没有联系人可查。"), blocks=("请向领导小组办公室询问。",))
    lines = []
    for one in people:
        roles = "、".join(ROLES[held.role] for held in one.grants if held.unit == unit)
        phones = "，".join(filter(None, (one.office_phone, one.mobile))) or "未留电话"
        line = f"{person(one)}（{roles}）：{phones}"
        if one.id in stand_ins:
            line += f"；请假中，找{person(stand_ins[one.id])}"
        lines.append(safe(line))
    has_liaison = any(held.role is Role.LIAISON and held.unit == unit for one in people for held in one.grants)
    if not has_liaison:
        lines.append("这个单位还没有联络员。")
    return Reply(head=bold(f"{unit}的联系人（{len(people)} 人）"), blocks=tuple(lines), foot=safe("只供工作联系。"))


CONTACTS_FOR_BOUND = "单位的联系人和电话只给已绑定的同事看，您还没有绑定身份。"


def in_charge_of_nothing(*, bound: bool) -> Reply:
    """我分管的, asked by somebody who is no leader."""
    if not bound:
        return Reply(head="“我分管的”只对已绑定的分管领导有答案，您还没有绑定身份。")
    return Reply(head="您没有分管的部分或单位。", blocks=("分管范围由办公室在邀请分管领导时写明。",))


def which_unit(said: str, near: Sequence[str], command: str) -> Reply:
    """No unit is called so; `command` goes on with the unit's name."""
    return Reply(
        head=bold(f"没有找到单位“{said[:30]}”。"),
        blocks=("请发方案里的单位名称或简称。",) if not near else ("是不是：",),
        buttons=tuple(Button(unit, f"{command} {unit}") for unit in near),
    )


def people(members: Sequence[Member], *, total: int, page: int, pages: int) -> Reply:
    lines = [safe(f"{numbered(one)} · {grants(one.grants)}{' · 已锁定' if one.locked else ''}") for one in members]
    return Reply(
        head=bold(f"已绑定 {total} 人") + _page(page, pages),
        blocks=tuple(lines) or ("还没有人绑定。用 /invite 邀请。",),
        buttons=(*(Button(person(one), f"/people {ref(one.id)}") for one in members), *_turns("/people", page, pages)),
    )


def card(member: Member) -> Reply:
    number = ref(member.id)
    lock = Button("解锁", f"/unlock {number}") if member.locked else Button("锁定", f"/lock {number}")
    return Reply(
        head=bold(numbered(member) + ("，已锁定" if member.locked else "")),
        blocks=(f"角色：{safe(grants(member.grants))}",),
        buttons=(
            lock,
            Button("移除", f"/remove {number}"),
            Button("移交", f"/handover {number}"),
            Button("注销", f"/forget {number}"),
        ),
    )


def nobody(said: str) -> Reply:
    return Reply(head=bold(f"名单里没有“{said[:30]}”。"), buttons=(Button("人员名单", "/people"),))


def which_person(members: Sequence[Member], command: str) -> Reply:
    return Reply(
        head=bold("同名的有几位，请选："),
        blocks=tuple(safe(f"{numbered(one)} · {grants(one.grants)}") for one in members),
        buttons=tuple(Button(f"人员{one.id}", f"/{command} {ref(one.id)}") for one in members),
    )


def whom() -> Reply:
    return Reply(head=bold("请写上人员，例如：/lock 人员7"), buttons=(Button("人员名单", "/people"),))


def _page(page: int, pages: int) -> str:
    return f"（第 {page}/{pages} 页）" if pages > 1 else ""


def _turns(command: str, page: int, pages: int) -> tuple[Button, ...]:
    turns = [Button(_PREVIOUS, f"{command} {page - 1}")] if page > 1 else []
    if page < pages:
        turns.append(Button(_NEXT, f"{command} {page + 1}"))
    return tuple(turns)


# Invitations


def invite_whom() -> Reply:
    return Reply(head=bold("邀请谁？"), buttons=tuple(Button(name, f"/invite {role}") for role, name in ROLES.items()))


def invite_for_unit(role: Role, bare: Sequence[str]) -> Reply:
    """`bare` are units that have nobody in this role."""
    name = ROLES[role]
    return Reply(
        head=bold(f"哪个单位的{name}？请发单位名称。"),
        blocks=(f"还没有{name}的单位有 {len(bare)} 个，也可以点：",) if bare else (),
        buttons=tuple(Button(unit, f"/invite {role} {unit}") for unit in bare[:6]),
    )


def invite_leader() -> Reply:
    return Reply(
        head=bold("分管哪些部分或单位？"),
        blocks=("请发部分序号，例如：1 5；或单位名称，几个之间用顿号。",),
        buttons=(Button(_WHOLE, f"/invite {Role.LEADER} {WHOLE_PLAN}"),),
    )


def no_such_section(said: str) -> Reply:
    return Reply(head=bold(f"方案没有第{said}部分。"), buttons=(Button("重新邀请", "/invite"),))


def link(held: Sequence[Grant], *, username: str, number: int, days: int) -> Reply:
    """Holds the place where the code goes; shown once."""
    return Reply(
        head=bold(f"邀请链接：{grants(held)}"),
        blocks=(
            f"https://t.me/{username}?start={SLOT}",
            f"或者请对方私聊我发送：<code>/start {SLOT}</code>",
            f"只能用一次，{days} 天内有效，只显示这一次。请单独发给本人，不要发到群里。",
        ),
        buttons=(Button("撤销这个邀请", f"/revoke {number}"), Button("再邀请一人", "/invite")),
    )


def invites(open_ones: Sequence[tuple[int, Sequence[Grant], int]]) -> Reply:
    """`open_ones` are (number, roles, whole days left)."""
    return Reply(
        head=bold(f"还没用的邀请：{len(open_ones)} 个") if open_ones else bold("没有未用的邀请。"),
        blocks=tuple(safe(f"{number} 号 · {grants(held)} · 还剩 {days} 天") for number, held, days in open_ones),
        buttons=(
            *(Button(f"撤销 {number} 号", f"/revoke {number}") for number, _, _ in open_ones[:5]),
            Button("邀请人员", "/invite"),
        ),
    )


REVOKED = Reply(head=bold("邀请已撤销，链接不能再用。"))
NOT_REVOCABLE = Reply(
    head=bold("这个邀请已用过、已过期或已撤销，没有改动。"), buttons=(Button("未用的邀请", "/invites"),)
)
NOT_INVITED = {
    None: "邀请链接不对或不完整，没有绑定；请向办公室重新要一个。",
    "used": "这个邀请链接已经用过，没有绑定；请向办公室重新要一个。",
    "revoked": "这个邀请链接已被撤销，没有绑定；请向办公室重新要一个。",
    "expired": "这个邀请链接已过期，没有绑定；请向办公室重新要一个。",
    "own": "这是您自己发出的移交链接，请转给继任者，由对方打开。",
}


def joined(held: Sequence[Grant], name: str) -> Reply:
    unit = next((one.unit for one in held if one.unit), None)
    return Reply(
        head=bold(f"已绑定：{grants(held)}"),
        blocks=(
            f"您在这里的姓名暂用“{safe(name)}”，可以改。姓名、电话只给已绑定的同事看，随时可以注销。",
            "本通道是公网聊天软件：不要发涉密、内部资料和个人隐私。",
        ),
        buttons=(
            *((Button("我们单位的任务", f"{unit}负责哪些任务"),) if unit else ()),
            Button("填姓名", f"/me {ContactField.NAME}"),
            Button("填电话", f"/me {ContactField.PHONE}"),
            Button("我的信息", "/me"),
        ),
    )


# Handing over, absence


def hand_over(member: Member) -> Reply:
    number = ref(member.id)
    return Reply(
        head=bold(f"移交：{grants(member.grants)}"),
        blocks=(
            f"将生成一个一次性链接。继任者打开它以后，{safe(numbered(member))}的这些角色结束，由继任者接上。",
            "在办事项和历史记录跟着角色走。",
        ),
        buttons=(Button("生成移交链接", f"/handover {number} {PersonVerb.CONFIRM}"),),
    )


NOTHING_TO_HAND_OVER = Reply(head=bold("没有可移交的角色。"))


def away_until(today: date, options: Sequence[tuple[str, date]], command: str) -> Reply:
    """`command` goes on with the days, and then with the stand-in."""
    return Reply(
        head=bold("请假到哪天？请发日期。"),
        blocks=(f"今天是 {day(today, today)}。例如：3月10日；或 3月6日到3月10日。也可以点：",),
        buttons=tuple(Button(f"{name} {day(when, today)}", f"{command} {when.isoformat()}") for name, when in options),
    )


def away_who(first: date, last: date, today: date, candidates: Sequence[Member], command: str) -> Reply:
    if not candidates:
        return Reply(
            head=bold("没有可以代办的人。"),
            blocks=("代办人要同单位或同角色，并且已经绑定；请办公室先邀请一位。",),
        )
    return Reply(
        head=bold(f"{day(first, today)}至{day(last, today)}，谁代办？"),
        buttons=tuple(
            Button(person(one), f"{command} {first.isoformat()} {last.isoformat()} {ref(one.id)}") for one in candidates
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
BACK_AGAIN = Reply(head=bold("已销假，代办人的权限即时收回。"))
WAS_NOT_AWAY = Reply(head=bold("没有登记过请假。"), buttons=(Button("请假", "/away"),))


# Leaving


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
        blocks=(f"将结束：{safe(grants(member.grants))}。填报历史保留；个人信息 30 日内去标识。",),
        buttons=(
            Button("确认移除", f"/remove {ref(member.id)} {PersonVerb.CONFIRM}"),
            Button("改为移交", f"/handover {ref(member.id)}"),
        ),
    )


def removed(member: Member, left_bare: Sequence[str]) -> Reply:
    """`left_bare` are units that have no liaison now."""
    return Reply(
        head=bold(f"已移除{numbered(member)}。"),
        blocks=tuple(f"{safe(unit)}现在没有联络员。" for unit in left_bare),
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


def forgotten(member: Member) -> str:
    """HTML; sent without anything that would have to be remembered."""
    return bold(f"已注销。原有记录只写“人员{member.id}”。")
