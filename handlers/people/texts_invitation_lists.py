"""Invitations for a whole list at once: the blank, the preview, and the slips to be printed."""

from collections.abc import Sequence
from datetime import date

from handlers.chat.outgoing import Slip
from handlers.people.codes import RosterVerb
from handlers.people.invitation_rows import MOST, InvitationFault, InvitationRowRead
from handlers.people.texts import grants
from handlers.services.invite_codes import LINK_SLOT, SLOT
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import CALL_OFF, Button, Reply
from handlers.texts.rights import ROLES
from knowledge.language.pattern import sign

ABOUT_ROSTER = "一批人的邀请：空表、读名单、出纸条"
BLANK_FILE = "邀请名单（空表）.xlsx"
SLIPS_FILE = "邀请纸条.html"

PASTED = sign(r"^单位\s+姓名\s+身份", "单位 姓名 身份\n市商务局 张三 联络员", others=("单位姓名",))

_SHOWN = 15


def ask() -> Reply:
    return Reply(
        head=bold("请发邀请名单，一行一人：单位、姓名、身份、范围。"),
        blocks=(
            "空表在下面的文件里，各单位已列好。填好以后把文件发到这里，或者选中表格复制、粘贴；也可以直接打字，例如：",
            "市商务局 张三 联络员\n市财政局 李四 单位负责人",
            f"身份写{'、'.join(ROLES.values())}；范围：分管领导、领导联络员写部分序号、单位或“整个方案”，项目联络人写项目，其他不写。",
            f"一次最多 {MOST} 行。姓名只用来印在纸条上，生成以后不留。",
        ),
        buttons=(Button(CALL_OFF, "/keep"),),
    )


def too_many(count: int) -> Reply:
    return Reply(head=bold(f"名单有 {count} 行，一次最多 {MOST} 行。") + "请分几次发。")


def nothing_read() -> Reply:
    return Reply(head=bold("没有读到要邀请的人。") + "请一行写一人：单位、姓名、身份，例如：市商务局 张三 联络员。")


def preview(rows: Sequence[InvitationRowRead], number: int, days: int) -> Reply:
    good, bad = [one for one in rows if one.fault is None], [one for one in rows if one.fault]
    lines = [f"第 {one.number} 行：{why(one)}" for one in bad[:_SHOWN]]
    lines += [f"另有 {len(bad) - _SHOWN} 行有问题，改好以后再发。"] if len(bad) > _SHOWN else []
    lines += [f"{grants(one.grants)} {one.name}".strip() for one in good[:_SHOWN]]
    lines += [f"……共 {len(good)} 人"] if len(good) > _SHOWN else []
    head = f"名单读到 {len(rows)} 行：可以邀请 {len(good)} 人" + (f"，{len(bad)} 行有问题" if bad else "")
    make = (Button(f"生成 {len(good)} 张邀请", f"/roster {RosterVerb.MAKE} {number}"),) if good else ()
    foot = f"生成以后 {days} 天内有效，每张只能用一次。有问题的行不生成，改好再发那几行。" if good else ""
    return Reply(
        head=bold(head),
        blocks=tuple(map(typeset, lines)),
        foot=foot,
        buttons=(*make, Button("不办了", f"/roster {RosterVerb.DROP} {number}")),
    )


def why(row: InvitationRowRead) -> str:
    who = f"{row.name}，" if row.name else ""
    near = f"，是不是{'、'.join(row.near)}" if row.near else ""
    match row.fault:
        case InvitationFault.NO_ROLE:
            return f"{who}没有“{row.said}”这个身份"
        case InvitationFault.NO_UNIT:
            return f"{who}没有找到单位“{row.said}”{near}"
        case InvitationFault.NO_SECTION:
            return f"{who}方案没有第{row.said}部分"
        case InvitationFault.NO_SCOPE:
            return f"{who}要写范围：分管领导、领导联络员写部分序号、单位或“整个方案”，项目联络人写项目"
        case InvitationFault.NO_PROJECT:
            return f"{who}方案没有点名项目“{row.said}”{near}"
        case InvitationFault.NAME:
            return f"姓名“{row.said}”不像姓名"
        case InvitationFault.TWICE:
            return f"{who}和前面的重复"
    return f"{who}已经绑定了{grants(row.grants)}"


def made(count: int, number: int, until: date) -> Reply:
    return Reply(
        head=bold(f"已生成 {count} 张邀请，{until} 前有效。"),
        blocks=(
            "纸条在下面的文件里：用浏览器打开、打印、裁开，一人一张，单独交给本人。文件里有链接，交完请删掉，不要发到群里。",
        ),
        buttons=(
            Button(f"这 {count} 张一起撤销", f"/roster {RosterVerb.REVOKE} {number}"),
            Button("未用的邀请", "/invites"),
        ),
    )


DROPPED = Reply(head=bold("没有生成，名单已删去。"))
GONE = Reply(head=bold("这份名单已经办过或过期，没有改动。") + "请重新发名单。")


def to_revoke(count: int) -> Reply:
    return Reply(head=bold(f"撤销这一批 {count} 张邀请？"), blocks=("没有用过的 → 作废，已经绑定的人不受影响。",))


def revoked(count: int) -> Reply:
    return Reply(head=bold(f"已撤销 {count} 张没有用过的邀请。"))


def slips(rows: Sequence[InvitationRowRead], nonces: Sequence[str], until: date) -> tuple[Slip, ...]:
    """One for each row, with the places where its code goes."""
    return tuple(_slip(row, nonce, until) for row, nonce in zip(rows, nonces, strict=True))


def _slip(row: InvitationRowRead, nonce: str, until: date) -> Slip:
    unit = next((grant.unit for grant in row.grants if grant.unit), "")
    return Slip(
        title=" ".join(filter(None, (unit if len(row.grants) == 1 else "", row.name))) or grants(row.grants),
        lines=(
            f"身份：{grants(row.grants)}",
            "请用手机打开：",
            LINK_SLOT,
            "或者私聊机器人发送：",
            f"/start {SLOT}",
            f"{until} 前有效，只能用一次，请勿转交、拍照外传。",
        ),
        code=nonce,
    )
