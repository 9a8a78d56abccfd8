"""People: who is who, contacts, invitations, absence, handing over, leaving."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.access.policy import IN_CHARGE
from handlers.people.codes import ContactField, PersonVerb, ref
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.rights import ROLES
from storage.people import Absence, Grant, Member, Role
from storage.rich_text import Text

ABOUT_ME = "我是谁：角色、单位、代办人"
ABOUT_UNITS = "各单位的联系人，谁还没有联络员"
ABOUT_PEOPLE = "人员名单"

ALL_OF_IT = "整个方案"
CITY_LEADER = "（兼任市领导，不推送）"
FIELDS = {ContactField.NAME: "姓名", ContactField.PHONE: "电话", ContactField.MOBILE: "手机"}
_NEXT, _PREVIOUS = "下一页", "上一页"


def person(member: Member) -> str:
    """What a member is called; a forgotten one has only the number."""
    return member.name or f"人员{member.id}"


def numbered(member: Member) -> str:
    return f"{member.name}（人员{member.id}）" if member.name else f"人员{member.id}"


def grant(held: Grant) -> str:
    if held.project:
        return f"{held.project}{ROLES[held.role]}（{held.unit}）"
    if held.unit:
        return f"{held.unit}{ROLES[held.role]}{CITY_LEADER if held.not_pushed else ''}"
    if held.section:
        return f"{ROLES[held.role]}（第{held.section}部分）"
    return f"{ROLES[held.role]}（{ALL_OF_IT}）" if held.role in IN_CHARGE else ROLES[held.role]


def grants(held: Sequence[Grant]) -> str:
    return "、".join(map(grant, held)) or "没有角色"


def day(when: date, today: date) -> str:
    """Days of the plan's current year without the year."""
    return f"{when.month}月{when.day}日" if when.year == today.year else when.isoformat()


def is_visitor(telephone: str) -> Reply:
    """`telephone` is the office's own, where it has given one."""
    asked = f"（电话 {telephone}）" if telephone else ""
    return Reply(
        head=bold("您还没有绑定身份，是访客。"),
        blocks=(
            f"可以问公开方案。要看进展、填报，请向领导小组办公室{typeset(asked)}要一次性邀请链接，说明单位和身份。",
            "打开链接，或者把邀请码发到这里，就绑定了。",
        ),
    )


def me(member: Member, lent: Sequence[Grant], absence: Absence | None, stand_in: Member | None, today: date) -> Reply:
    blocks = [f"角色：{typeset(grants(member.grants))}"]
    if lent:
        blocks.append(f"代办：{typeset(grants(lent))}（请假人的角色，到期自动收回）")
    blocks.append(
        f"办公电话：{typeset(member.office_phone or '未填')}；手机：{typeset(member.mobile or '未填（自愿）')}"
    )
    if absence and stand_in:
        first, last = day(absence.first, today), day(absence.last, today)
        blocks.append(f"请假：{first}至{last}，{typeset(person(stand_in))}代办")
    asked = (Button(f"填{name}", f"/me {field}") for field, name in FIELDS.items())
    away = Button("销假", f"/away {PersonVerb.BACK}") if absence else Button("请假", "/away")
    return Reply(
        head=bold(numbered(member)),
        blocks=tuple(blocks),
        foot=typeset("姓名、电话只给已绑定的同事看。"),
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


def to_set_field(field: ContactField, before: str | None, after: str | None) -> Reply:
    return Reply(
        head=bold(f"改{FIELDS[field]}？"),
        blocks=(typeset(f"{before or '未填'} → {after or '未填'}"), "已绑定的同事查联系人时看得到；随时可以再改。"),
    )


def field_set(field: ContactField, *, deleted: bool) -> Reply:
    return Reply(head=bold(f"{FIELDS[field]}已{'删除' if deleted else '更新'}。"), buttons=(Button("我的信息", "/me"),))


def units(unit_lines: Sequence[tuple[str, Sequence[Member]]], *, total: int, bare: Sequence[str]) -> Reply:
    """`unit_lines` are the units with their people, first; `bare` those without a liaison, some on a line."""
    blocks: list[Text] = [f"{typeset(unit)}：{typeset(_with_roles(unit, people))}" for unit, people in unit_lines]
    if bare:
        blocks.append(bold(f"还没有联络员（{len(bare)} 个）"))
        blocks += [typeset(f" {'、'.join(some)}") for some in _lines(bare)]
    return Reply(head=bold(f"{total} 个单位，{total - len(bare)} 个有联络员"), blocks=tuple(blocks))


def unbound(units: Sequence[str], *, total: int) -> Reply:
    """The units of which nobody has come in."""
    return Reply(
        head=bold(
            f"还没有人绑定的单位：{len(units)} 家（共 {total} 家）" if units else f"{total} 家单位都有人绑定了。"
        ),
        blocks=tuple(typeset(f" {'、'.join(some)}") for some in _lines(units)),
        buttons=(
            *(Button(f"邀请{unit}的人", f"/invite {unit}") for unit in units[:3]),
            *([Button("按名单邀请", "/roster")] if units else []),
            Button("各单位的人", "/units"),
        ),
    )


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
        lines.append(typeset(line))
    has_liaison = any(held.role is Role.LIAISON and held.unit == unit for one in people for held in one.grants)
    if not has_liaison:
        lines.append("这个单位还没有联络员。")
    return Reply(head=bold(f"{unit}的联系人（{len(people)} 人）"), blocks=tuple(lines), foot=typeset("只供工作联系。"))


def with_supervision(reply: Reply, unit: str, *, spared: bool) -> Reply:
    """For the office: whether the unit is an object of supervision, and the tap that changes it."""
    if not spared:
        return replace(reply, buttons=(*reply.buttons, Button("不列督办对象", f"/supervision off {unit}")))
    said = "不列督办对象：不要数、不提醒、不评灯、不列未报。"
    return replace(
        reply, blocks=(*reply.blocks, said), buttons=(*reply.buttons, Button("列入督办对象", f"/supervision on {unit}"))
    )


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
    return Reply(
        head=bold(f"已绑定 {total} 人") + _page(page, pages),
        blocks=tuple(map(_member, members)) or ("还没有人绑定。用 /invite 邀请。",),
        buttons=(*(Button(person(one), f"/people {ref(one.id)}") for one in members), *_turns("/people", page, pages)),
    )


def people_of(unit: str, members: Sequence[Member]) -> Reply:
    return Reply(
        head=bold(f"{unit}：已绑定 {len(members)} 人"),
        blocks=tuple(map(_member, members)),
        buttons=(*(Button(person(one), f"/people {ref(one.id)}") for one in members[:5]), _inviting(unit)),
    )


def _inviting(unit: str) -> Button:
    return Button("邀请人员", f"/invite {unit}")


def _member(one: Member) -> Text:
    return typeset(f"{numbered(one)} · {grants(one.grants)}{' · 已锁定' if one.locked else ''}")


def card(member: Member) -> Reply:
    number = ref(member.id)
    lock = Button("解锁", f"/unlock {number}") if member.locked else Button("锁定", f"/lock {number}")
    return Reply(
        head=bold(numbered(member) + ("，已锁定" if member.locked else "")),
        blocks=(f"角色：{typeset(grants(member.grants))}",),
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
        blocks=tuple(typeset(f"{numbered(one)} · {grants(one.grants)}") for one in members),
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


# Handing over, absence


# Leaving
