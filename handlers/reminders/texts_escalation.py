"""What a supervisor hears who asks the heads of late units to press for their figures."""

from collections.abc import Sequence

from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from storage.people import Member


def nothing_owed() -> Reply:
    return Reply(head=bold("现在都报了，不用督促。"))


def pressed(
    units: Sequence[str],
    told: Sequence[Member],
    before: Sequence[Member],
    unreachable: Sequence[Member],
    bare: Sequence[str],
) -> Reply:
    """Whom it went to, of the `units` that owe figures, and why it did not go to the others."""
    head = f"已请 {_units_of(told, units)} 家单位的负责人督促。" if told else "没有再发：一个单位一期只请一次。"
    if not told and not before:
        head = "没有发出：这些单位没有能收到的负责人。"
    lines = [f" {unit}：{_names(told, unit)}" for unit in units if _names(told, unit)]
    blocks = ["\n".join(lines)] if lines else []
    if before:
        blocks.append(f"本期已请过：{_listed(before, units)}")
    if unreachable:
        blocks.append(f"还没有和我私聊过，发不到：{_listed(unreachable, units)}")
    if bare:
        blocks.append(f"没有负责人，没有发：{'、'.join(bare)}")
    foot = "没有负责人的，请办公室邀请绑定，或由督查室电话联系。市领导不会收到。" if bare else "市领导不会收到。"
    return Reply(head=bold(head), blocks=tuple(map(typeset, blocks)), foot=foot, buttons=(Button("谁收到了", "/acks"),))


def _units_of(heads: Sequence[Member], units: Sequence[str]) -> int:
    return sum(1 for unit in units if _names(heads, unit))


def _names(heads: Sequence[Member], unit: str) -> str:
    return "、".join(head.name or "（未留姓名）" for head in heads if any(grant.unit == unit for grant in head.grants))


def _listed(heads: Sequence[Member], units: Sequence[str]) -> str:
    return "；".join(f"{unit}（{names}）" for unit in units if (names := _names(heads, unit)))
