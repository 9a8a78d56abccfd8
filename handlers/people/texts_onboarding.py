"""Coming in: invitations and their links, and roles handed over."""

from collections.abc import Sequence

from handlers.people.codes import WHOLE_PLAN, ContactField, PersonVerb, ref
from handlers.people.texts import ALL_OF_IT, grants, numbered
from handlers.services.invite_codes import LINK_SLOT, SLOT
from handlers.texts.marks import bold, code, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.rights import ROLES
from storage.people import Grant, Member, Role

ABOUT_HANDOVER = "把角色移交给继任者"


ABOUT_INVITE = "邀请人员"


ABOUT_INVITES = "还没用的邀请"


ABOUT_REVOKE = "撤销邀请，例如 /revoke 3"


def invite_whom(unit: str = "") -> Reply:
    """Of a unit that is known already only the roles of a unit."""
    if unit:
        of_unit = (Role.LIAISON, Role.HEAD, Role.SIGNER)
        return Reply(
            head=bold(f"邀请{unit}的谁？"),
            buttons=tuple(Button(ROLES[role], f"/invite {role} {unit}") for role in of_unit),
        )
    roles = tuple(Button(name, f"/invite {role}") for role, name in ROLES.items())
    return Reply(head=bold("邀请谁？"), buttons=(*roles, Button("按名单邀请", "/roster")))


def invite_for_unit(role: Role, bare: Sequence[str]) -> Reply:
    """`bare` are units that have nobody in this role."""
    name = ROLES[role]
    return Reply(
        head=bold(f"哪个单位的{name}？请发单位名称。"),
        blocks=(f"还没有{name}的单位有 {len(bare)} 个，也可以点：",) if bare else (),
        buttons=tuple(Button(unit, f"/invite {role} {unit}") for unit in bare[:6]),
    )


def invite_leader(role: Role) -> Reply:
    whose = "领导分管" if role is Role.AIDE else "分管"
    return Reply(
        head=bold(f"{whose}哪些部分或单位？"),
        blocks=("请发部分序号，例如：1 5；或单位名称，几个之间用顿号。",),
        buttons=(Button(ALL_OF_IT, f"/invite {role} {WHOLE_PLAN}"),),
    )


def to_invite(role: Role, held: Sequence[Grant], line: str) -> Reply:
    sees = "能办办公室的全部事项，包括邀请和移除人员。" if role is Role.OFFICE else "能看这个范围里的进展。"
    return Reply(
        head=bold(f"确认邀请？{grants(held)}"),
        blocks=(f"打开链接的人{sees}链接只能用一次，可以撤销。",),
        buttons=(Button("生成邀请链接", line), Button("先不邀请", "/keep")),
    )


def invite_contact() -> Reply:
    return Reply(
        head=bold("联络哪个项目，是哪家单位的人？"),
        blocks=("请发项目名称和单位，中间空一格，例如：过江通道 市交通局；几个项目用顿号隔开，单位写在最后。",),
    )


def no_such_project(said: str, near: Sequence[str]) -> Reply:
    listed = f"相近的：{'、'.join(near)}。" if near else "项目名称以方案为准。"
    return Reply(
        head=bold(f"方案没有点名项目“{said[:30]}”。"),
        blocks=(listed, "请发项目名称和单位，中间空一格。"),
        buttons=(Button("重新邀请", f"/invite {Role.CONTACT}"), Button("重点项目有哪些", "重点项目有哪些")),
    )


def no_such_section(said: str) -> Reply:
    return Reply(head=bold(f"方案没有第{said}部分。"), buttons=(Button("重新邀请", "/invite"),))


def link(held: Sequence[Grant], *, number: int, days: int) -> Reply:
    """Holds the places where the code and its link go; shown once."""
    return Reply(
        head=bold(f"邀请链接：{grants(held)}"),
        blocks=(
            LINK_SLOT,
            "或者请对方私聊我发送：" + code(f"/start {SLOT}"),
            f"只能用一次，{days} 天内有效，只显示这一次。请单独发给本人，不要发到群里。",
        ),
        buttons=(Button("撤销这个邀请", f"/revoke {number}"), Button("再邀请一人", "/invite")),
    )


def invites(open_ones: Sequence[tuple[int, Sequence[Grant], int]]) -> Reply:
    """`open_ones` are (number, roles, whole days left)."""
    return Reply(
        head=bold(f"还没用的邀请：{len(open_ones)} 个") if open_ones else bold("没有未用的邀请。"),
        blocks=tuple(typeset(f"{number} 号 · {grants(held)} · 还剩 {days} 天") for number, held, days in open_ones),
        buttons=(
            *(Button(f"撤销 {number} 号", f"/revoke {number}") for number, _, _ in open_ones[:5]),
            Button("邀请人员", "/invite"),
        ),
    )


def to_revoke(number: int) -> Reply:
    return Reply(
        head=bold(f"撤销 {number} 号邀请？"), blocks=("没有用过 → 作废，链接不能再用；不通知任何人，可以再邀请。",)
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


CODE_OF_ANOTHER = Reply(
    head=bold("您已经绑定，没有改动；这个邀请码是给别人的。"),
    blocks=("请对方自己私聊发给我；确是给您加身份的，请点开邀请链接。",),
    buttons=(Button("我的信息", "/me"),),
)


def joined(held: Sequence[Grant], name: str) -> Reply:
    unit = next((one.unit for one in held if one.unit), None)
    return Reply(
        head=bold(f"已绑定：{grants(held)}"),
        blocks=(
            f"您在这里的姓名暂用“{typeset(name)}”，可以改。姓名、电话只给已绑定的同事看，随时可以注销。",
            "本通道是公网聊天软件：不要发涉密、内部资料和个人隐私。",
        ),
        buttons=(
            *((Button("我们单位的任务", f"{unit}负责哪些任务"),) if unit else ()),
            Button("填姓名", f"/me {ContactField.NAME}"),
            Button("填电话", f"/me {ContactField.PHONE}"),
            Button("我的信息", "/me"),
        ),
    )


def hand_over(member: Member, *, own: bool) -> Reply:
    number = ref(member.id)
    return Reply(
        head=bold(f"移交：{grants(member.grants)}"),
        blocks=(
            f"将生成一个一次性链接。继任者打开它以后，{typeset(numbered(member))}的这些角色结束，由继任者接上。",
            "在办事项和历史记录跟着角色走。",
        ),
        buttons=(
            Button("生成移交链接", f"/handover {number} {PersonVerb.CONFIRM}"),
            *([Button("只是请几天假", "/away")] if own else []),
        ),
    )


def whose_to_hand_over(said: str, colleagues: Sequence[Member], *, own: str) -> Reply:
    """`colleagues` are the liaisons of the speaker's own units."""
    name = ROLES[Role.LIAISON]
    bound = f"本单位{name}：{typeset('、'.join(numbered(one) for one in colleagues))}。" if colleagues else ""
    return Reply(
        head=bold(f"移交谁的角色？您说的是“{typeset(said[:20])}”。"),
        blocks=(
            *((bound,) if bound else ()),
            f"{name}的角色由本人或者办公室办：本人发“我要移交”；或请办公室发 /handover 和人员编号。",
            "接手的人打开移交链接以后才换。",
        ),
        buttons=(
            Button("移交我自己的", f"/handover {own}"),
            *(() if colleagues else (Button("人员名单", "/people"),)),
        ),
    )


NOTHING_TO_HAND_OVER = Reply(head=bold("没有可移交的角色。"))
