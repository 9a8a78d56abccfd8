"""What the office reads and types about indicator cards, and the list of gaps in who is responsible."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.office.codes import EMPTY, MORE, NO, YES, Field
from handlers.texts.heading import reply_of
from handlers.texts.marks import bold
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import FREQUENCIES, card_lines, day_text, opinion_text
from knowledge.plan.model import Card, ProposedOwner, Rigidity, Target
from storage.cards import CardField, FieldChange

ABOUT_CARD = "指标卡：主责、口径、节点"
ABOUT_GAPS = "责任缺口清单"

NAMES = {
    Field.OWNER: "主责",
    Field.CERTIFIER: "核定单位",
    Field.DEFINITION: "口径",
    Field.NODES: "节点",
    Field.BASE: "基期",
    Field.FREQUENCY: "频次",
    Field.LAG: "滞后",
    Field.RIGIDITY: "刚性",
    Field.SUMMED: "相加",
    Field.REFERENCE: "参照值",
    Field.SOURCE: "依据",
    Field.EVIDENCE: "佐证",
}
MORE_NAME, EMPTY_NAME = "更多", "待确认"
_FIRST = (Field.OWNER, Field.CERTIFIER, Field.DEFINITION, Field.NODES, Field.BASE)
_SECOND = (Field.FREQUENCY, Field.LAG, Field.RIGIDITY, Field.SOURCE, Field.EVIDENCE)
CHOICES: Mapping[Field, Mapping[str, str]] = {
    Field.FREQUENCY: {one.value: name for one, name in FREQUENCIES.items()},
    Field.RIGIDITY: {one.name.lower(): one.value for one in Rigidity},
    Field.SUMMED: {YES: "相加", NO: "不相加"},
    Field.EVIDENCE: {YES: "必须附", NO: "自愿"},
}
"""What some fields can be: the codes, and what they are called."""
_HOW = {
    Field.OWNER: "请发主责填报单位的名称，例如：市科经局。",
    Field.CERTIFIER: "请发核定单位的名称，例如：市统计局。以后只认它发布的数。",
    Field.DEFINITION: "请发口径；率和占比写成：分子：…；分母：…",
    Field.NODES: "请发节点的日期和数，例如：2023-06-30 600；2023-12-31 700。12月31日的是年度节点，其他的是季度节点。",
    Field.BASE: "请发基期值，例如：350；单位与目标不同的写上单位，例如：1.2亿元。",
    Field.FREQUENCY: "多久报一次？",
    Field.LAG: "数据期结束后几天有数？请发天数，例如：15。",
    Field.RIGIDITY: "这个目标是哪一类？",
    Field.SUMMED: "各单位报的数要不要相加？",
    Field.REFERENCE: "请发参照值和来源，例如：2.35 省统计局2022年公报。",
    Field.EVIDENCE: "填报要不要附佐证？要附的，没附也能报，但标“缺佐证”。",
    Field.SOURCE: "请发依据的文号，例如：武政办发〔2022〕1号。",
}
_CHANGED = {CardField(field): name for field, name in NAMES.items() if field is not Field.NODES} | {
    CardField.YEARLY: "年度节点",
    CardField.QUARTERLY: "季度节点",
    CardField.BASE_UNIT: "基期的单位",
    CardField.OWNER_PAPER: "主责的依据",
    CardField.PROPOSED: "拟定的主责",
}


def key(target: Target) -> str:
    """5.2 5G基站: how a button names a target."""
    return f"{target.task} {target.name}"


def which() -> Reply:
    return reply_of("要看哪个目标的指标卡?", ["请发目标的名称,例如:5G基站。"])


def choose(said: str, targets: Sequence[Target], after: str) -> Reply:
    """`after` is what was said to be done with it."""
    if not targets:
        return reply_of(f"没有找到目标“{said[:24]}”。", ["请发目标的名称,例如:/card 5G基站。"])
    buttons = [(key(target), f"/card {key(target)} {after}".strip()) for target in targets]
    return reply_of(
        f"有 {len(targets)} 个目标,{'要改哪个' if after else '要看哪个'}?",
        [key(target) for target in targets],
        "",
        buttons,
    )


def card(target: Target, held: Card, changes: Sequence[FieldChange], today: date, *, more: bool) -> Reply:
    # what is measured against something else is never added up: six buttons fit
    fields = (*_SECOND, Field.REFERENCE if target.relative_to else Field.SUMMED) if more else _FIRST
    buttons = [(NAMES[field], f"/card {key(target)} {field}") for field in fields]
    buttons += [] if more else [(MORE_NAME, f"/card {key(target)} {MORE}")]
    history = [_change(change, today) for change in changes]
    return reply_of(
        f"{key(target)}:{value_text(target)}",
        [*card_lines(target, held), *(["改过:", *history] if history else [])],
        "没有填的待办公室确认",
        buttons,
    )


def asks(target: Target, field: Field) -> Reply:
    empty = {} if field is Field.EVIDENCE else {EMPTY: EMPTY_NAME}
    reply = reply_of(
        f"{key(target)}:{NAMES[field]}", [_HOW[field], *(f"要清空,请发:{name}。" for name in empty.values())]
    )
    contents = {**CHOICES.get(field, {}), **empty}
    return Reply(
        head=reply.head,
        blocks=reply.blocks,
        buttons=tuple(Button(name, f"/card {key(target)} {field} {code}") for code, name in contents.items()),
    )


def unread(target: Target, field: Field) -> Reply:
    reply = asks(target, field)
    return replace(reply, head=bold(f"{key(target)}:没有读懂这个{NAMES[field]}"))


def _change(change: FieldChange, today: date) -> str:
    """3月1日 主责 市科经局（人员7）."""
    said = "清空" if change.value in (None, ()) else _content(change.value)
    return f"{day_text(change.at.date(), today)} {_CHANGED[change.field]} {said}(人员{change.by})"


def _content(value: object) -> str:
    if isinstance(value, ProposedOwner):
        return value.unit + opinion_text(value)
    return value if isinstance(value, str) else "改过"
