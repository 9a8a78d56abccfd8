"""Who signs for a unit, and heads who are city leaders too: the orders, the cards, what those concerned are told."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from handlers.people.codes import MarkVerb, ref
from handlers.people.texts import person
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from knowledge.language.pattern import sign
from storage.people import Member, Role

ABOUT_SIGNER = "定单位审签人，例如 /signer 市科经局"
ABOUT_CITY_LEADER = "标记兼任市领导的单位负责人，例如 /cityleader 人员7"
HEADS_SIGN = "单位负责人"

_TO = "(?:定为|改为|换成|换为|设为|确定为|明确为|由|是)"
_PERSON = r"(?P<{0}>人员\s?\d{{1,9}}|[^,。;:?]{{2,8}}?)"
SIGNER = sign(
    rf"""^(?:请|麻烦|帮我)*(?:把|将)? (?:
        (?:(?P<unit>.{{2,20}}?)的?)?(?:单位)?审签人 {_TO} {_PERSON.format("person")}(?:来审签|担任)?
      | {_PERSON.format("who")} {_TO} (?:(?P<whose>.{{2,20}}?)的?)?(?:单位)?审签人
      | (?P<off>取消|不定|撤掉)(?:(?P<where>.{{2,20}}?)的?)?(?:单位)?审签人
    )[。!]*$""",
    "审签人定为李四",
    "市科经局审签人定为李四",
    "把市科经局的审签人换成人员7",
    "把李四定为市科经局的审签人",
    "取消市科经局审签人",
    others=("审签人是谁", "市科经局审签人是谁", "谁是审签人", "审签", "主责定为市科经局"),
    unless="谁|哪|什么|吗|怎么",
)
CITY_LEADER = sign(
    rf"""^(?:请|麻烦|帮我)*(?:把|将|标记)? {_PERSON.format("person")}
    (?: (?P<on>(?:标(?:记)?为|是|现在|现)?兼任?市领导)
      | (?P<off>(?:不再|不|取消)兼任?市领导) )(?:了|的负责人)?[。!]*$""",
    "张三兼任市领导",
    "标记人员7兼任市领导",
    "张三不再兼任市领导",
    others=("谁兼任市领导", "哪些负责人兼任市领导", "请市领导出面"),
    unless="谁|哪|什么|吗|怎么",
)


def order_line(cleaned: str) -> str | None:
    """The command that the words mean; None where they are no such order."""
    if found := SIGNER.find(cleaned):
        unit = found["unit"] or found["whose"] or found["where"] or ""
        who = MarkVerb.NONE if found["off"] else (found["person"] or found["who"]).replace(" ", "")
        return f"/signer {unit} {who}".replace("  ", " ")
    if found := CITY_LEADER.find(cleaned):
        return f"/cityleader {found['person'].replace(' ', '')} {MarkVerb.OFF if found['off'] else MarkVerb.ON}"
    return None


def signers(unit: str, people: Sequence[Member]) -> Reply:
    """Who signs now, and a tap for each of the unit's people."""
    held = [one for one in people if any(it.role is Role.SIGNER and it.unit == unit for it in one.grants)]
    others = [one for one in people if one not in held][:5]
    off = (Button("不另定，由负责人审签", f"/signer {unit} {MarkVerb.NONE}"),) if held else ()
    return Reply(
        head=bold(f"{unit}审签人：{_names(held)}"),
        blocks=("审签人可以是分管副职。要改的，点一个人，或者发：审签人定为某某。",) if others else (),
        buttons=(*(Button(person(one), f"/signer {unit} {ref(one.id)}") for one in others), *off),
    )


def not_of_unit(unit: str, said: str, people: Sequence[Member]) -> Reply:
    return Reply(
        head=bold(f"{unit}已绑定的人里没有“{said[:20]}”。"),
        blocks=("请先由办公室邀请绑定，或者点一个人：" if people else "这个单位还没有人绑定，请先邀请。",),
        buttons=tuple(Button(person(one), f"/signer {unit} {ref(one.id)}") for one in people[:6]),
    )


def signs_already(unit: str, chosen: Member | None) -> Reply:
    return Reply(head=bold(f"{unit}的审签人已经是{_names([chosen] if chosen else [])}，不用改。"))


def to_name(unit: str, before: Sequence[Member], chosen: Member | None, told: Collection[Member]) -> Reply:
    return Reply(
        head=bold(f"改{unit}的审签人？"),
        blocks=(_change(before, chosen), "等审签的数由新的审签人审；已经审签的不变。", _told("会告知", told)),
        foot="可以撤销。",
    )


def named(unit: str, before: Sequence[Member], chosen: Member | None, told: Collection[Member]) -> Reply:
    back = ref(before[0].id) if before else MarkVerb.NONE
    return Reply(
        head=bold(f"已改。{unit}审签人：{_names([chosen] if chosen else [])}"),
        blocks=(_change(before, chosen), _told("已告知", told)),
        buttons=(Button("撤销", f"/signer {unit} {back} {MarkVerb.CONFIRM}"),),
    )


def signer_notice(unit: str, before: Sequence[Member], chosen: Member | None) -> Reply:
    return Reply(
        head=bold(f"{unit}的审签人改了。"),
        blocks=(_change(before, chosen),),
        buttons=(Button("看等审签的", "/approve"),),
    )


def no_head(member: Member) -> Reply:
    return Reply(head=bold(f"{person(member)}没有单位负责人的角色，不用标记。"))


def marked_already(member: Member, *, on: bool) -> Reply:
    return Reply(head=bold(f"{person(member)}{'已经标为' if on else '没有标为'}兼任市领导，不用改。"))


def to_mark(member: Member, others: Mapping[str, Sequence[Member]], *, on: bool) -> Reply:
    """`others` are the other heads of the person's units."""
    return Reply(
        head=bold(f"{person(member)}{'标为' if on else '不再标为'}兼任市领导？"),
        blocks=tuple(map(typeset, _effect(others, on=on))),
        foot="会告知督查室和这些单位的其他负责人；可以撤销。",
    )


def marked(member: Member, others: Mapping[str, Sequence[Member]], *, on: bool) -> Reply:
    back = MarkVerb.OFF if on else MarkVerb.ON
    bare = [unit for unit, found in others.items() if on and not found]
    return Reply(
        head=bold(f"{person(member)}{'已标为' if on else '已不标为'}兼任市领导。"),
        blocks=tuple(map(typeset, _effect(others, on=on))),
        buttons=(
            Button("撤销", f"/cityleader {ref(member.id)} {back} {MarkVerb.CONFIRM}"),
            *(Button(f"邀请{unit}负责人", f"/invite {Role.HEAD} {unit}") for unit in bare[:3]),
        ),
    )


def mark_notice(member: Member, units: Sequence[str], *, on: bool) -> Reply:
    what = "督促、提醒改发您和其他负责人" if on else "督促、提醒恢复发给本人"
    return Reply(
        head=bold(f"{'、'.join(units)}：{person(member)}{'兼任市领导' if on else '不再兼任市领导'}。"),
        blocks=(f"{what}。",),
    )


def _effect(others: Mapping[str, Sequence[Member]], *, on: bool) -> list[str]:
    if not on:
        return ["督促、核对、通知恢复发给本人。"]
    lines = ["本人照样能看、能审签；督促、核对、通知不再推送给本人。"]
    for unit, found in others.items():
        whom = f"改发{_names(found)}" if found else "没有别的负责人，没有人收，请邀请常务副职（按单位负责人绑定）"
        lines.append(f"{unit}：{whom}")
    return lines


def _change(before: Sequence[Member], chosen: Member | None) -> str:
    return typeset(f"{_names(before)} → {_names([chosen] if chosen else [])}")


def _names(people: Iterable[Member]) -> str:
    return "、".join(map(person, people)) or HEADS_SIGN


def _told(word: str, told: Collection[Member]) -> str:
    return typeset(f"{word}：{'、'.join(map(person, told))}") if told else "没有别人要告知。"
