"""A change of an indicator card: asked, done, told, undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.office.codes import MORE, ChangeVerb, Field, OwnerVerb
from handlers.office.texts_cards import NAMES, key
from handlers.people.texts import person
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import FREQUENCIES, card_lines
from knowledge.plan.model import Card, Target
from knowledge.standing.picture import frequency_of
from storage.people import Member

UNDOABLE_HOURS = 24

Told = Mapping[str, Sequence[Member]]
"""Units with those of their people who are told."""


@dataclass(frozen=True, slots=True)
class AskedBesides:
    """How many will be asked for a target's figures that are not now."""

    towns: int
    units: int
    """The others."""


def confirm(
    target: Target,
    field: Field,
    said: str,
    before: Card,
    after: Card,
    told: Told,
    number: int,
    more: AskedBesides,
) -> Reply:
    """`number` is that of the card's last change; `said` is what was typed."""
    line = f"/card {key(target)} {field}"
    return Reply(
        head=bold(f"确认修改吗？{key(target)}：{NAMES[field]}"),
        blocks=(*changed(target, before, after), *_burden(after, more), *_effect(before, after), _told(told, "会告知")),
        foot=f"确认后 {UNDOABLE_HOURS} 小时内可撤销。",
        buttons=(
            Button("确认", f"{line} {ChangeVerb.CONFIRM} {number} {said}"),
            Button("不改了", f"{line} {ChangeVerb.KEEP}"),
        ),
    )


def ask_paper(target: Target, unit: str) -> Reply:
    """An owner is decided on paper: without it the unit is only proposed."""
    return Reply(
        head=bold(f"{key(target)}的主责定为{unit}：依据哪个文号？"),
        blocks=("请发文号，例如：武政办发〔2022〕3号。还没有审定的，先拟定。",),
        buttons=(Button(f"先拟定{unit}", f"/owners {OwnerVerb.SET} {key(target)} {unit}"),),
    )


def changed(target: Target, before: Card, after: Card) -> list[str]:
    """主责单位：待办公室确认 → 市科经局, a line for each that differs."""
    was, now = (dict(line.split("：", 1) for line in card_lines(target, one)) for one in (before, after))
    return [
        typeset(f"{name}：{was.get(name, '不要求')} → {now.get(name, '不要求')}")
        for name in dict.fromkeys((*was, *now))
        if was.get(name) != now.get(name)
    ]


def _burden(after: Card, more: AskedBesides) -> list[str]:
    """这会让 12 个镇街每月多报 1 项, of what several are asked for, or a town is: 镇街默认不直接要数."""
    if not more.towns and not (after.summed and more.units):
        return []
    who = [f"{count} {what}" for count, what in ((more.towns, "个镇街"), (more.units, "家单位")) if count]
    often = FREQUENCIES[frequency_of(after)]
    owner = "镇街默认不直接要数，由主责单位汇总。" if more.towns else ""
    return [f"这会让 {'、'.join(who)}{often}多报 1 项。{owner}"]


def _effect(before: Card, after: Card) -> list[str]:
    if before.owner == after.owner:
        return []
    begins = [f"{after.owner}开始收到这一项的报送提醒"] if after.owner else ["这一项不再向任何单位要数"]
    ends = [f"{before.owner}不再收到"] if before.owner else []
    return [f"改后{'，'.join((*begins, *ends))}。"]


def _told(told: Told, word: str) -> str:
    if not told:
        return "主责没有确认，没有单位要告知。"
    units = (f"{unit}（{'、'.join(map(person, people)) or '没有已绑定的人，收不到'}）" for unit, people in told.items())
    return typeset(f"{word}：{'；'.join(units)}")


def same(target: Target, field: Field, held: Card) -> Reply:
    return Reply(
        head=bold(f"{key(target)}：{NAMES[field]}已经是这样，不用改。"),
        blocks=tuple(card_lines(target, held)),
        buttons=_again(target),
    )


def kept(target: Target, field: Field) -> Reply:
    return Reply(head=bold(f"没有改。{key(target)}：{NAMES[field]}照旧。"), buttons=_again(target))


def was_set(target: Target, field: Field, before: Card, after: Card, told: Told, number: int) -> Reply:
    """`number` is that of the change."""
    return Reply(
        head=bold(f"已改。{key(target)}：{NAMES[field]}"),
        blocks=(*changed(target, before, after), _told(told, "已告知")),
        foot=f"{UNDOABLE_HOURS} 小时内可撤销。",
        buttons=(Button("撤销", f"/card {key(target)} {field} {ChangeVerb.UNDO} {number}"), *_again(target)),
    )


def undone(target: Target, field: Field, before: Card, after: Card, told: Told) -> Reply:
    return Reply(
        head=bold(f"已撤销。{key(target)}：{NAMES[field]}"),
        blocks=(*changed(target, before, after), _told(told, "已告知")),
        buttons=_again(target),
    )


def changed_since(target: Target) -> Reply:
    return Reply(head=bold(f"{key(target)}：后来又有改动，没有撤销。"), buttons=_again(target))


def too_late(target: Target, field: Field) -> Reply:
    return Reply(
        head=bold(f"已经超过 {UNDOABLE_HOURS} 小时，没有撤销。"),
        blocks=(f"{key(target)}的{NAMES[field]}要改回去，请再改一次。",),
        buttons=_again(target),
    )


def notice(target: Target, before: Card, after: Card, *, undone: bool) -> Reply:
    """To the units concerned."""
    what = "撤销了指标卡的一处修改" if undone else "改了指标卡"
    return Reply(
        head=bold(f"办公室{what}：{key(target)}"),
        blocks=(*changed(target, before, after), *_effect(before, after)),
        buttons=(Button("看口径", f"{target.name}的口径是什么"),),
    )


def _again(target: Target) -> tuple[Button, ...]:
    return (Button("再看指标卡", f"/card {key(target)}"), Button("更多", f"/card {key(target)} {MORE}"))
