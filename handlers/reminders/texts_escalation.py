"""What a supervisor hears who asks the heads of units to press for figures: before they are told, and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.questions.codes import EVERYBODY
from handlers.reminders.codes import PressVerb
from handlers.texts.marks import bold, short, typeset
from handlers.texts.periods import period_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text
from knowledge.standing.picture import PeriodItem, by_unit
from storage.people import Member

NOBODY_ELSE = "市领导不会收到，一个单位一期只请一次。"
_SHOWN = 6
"""Units of a preview; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Of the units that owe figures: who is told, who was told of this before, and who has no chat with the bot."""

    fresh: tuple[Member, ...]
    before: tuple[Member, ...]
    unreachable: tuple[Member, ...]


def nothing_owed() -> Reply:
    return Reply(head=bold("现在没有应报未报的，不用督促。"))


def not_supervised(unit: str) -> Reply:
    return Reply(
        head=bold(f"{unit}不列督办对象，不催。"),
        blocks=("也不提醒、不评灯、不列未报；要改的由办公室改。",),
        buttons=(Button("找人", f"/units {unit}"),),
    )


def not_pressed() -> Reply:
    return Reply(head=bold("没有督促，谁也没有收到。"))


def preview(items: Sequence[PeriodItem], heads: Heads, said: str, *, today: date) -> Reply:
    """Who would get what; `said` is the unit, or everybody."""
    owing = by_unit(items)
    lines = [_who(unit, own, heads, today) for unit, own in list(owing.items())[:_SHOWN]]
    lines += [f"另有 {len(owing) - _SHOWN} 家"] if len(owing) > _SHOWN else []
    whom = said if said != EVERYBODY else f"这 {len(owing)} 家"
    if not heads.fresh:
        return Reply(
            head=bold(f"督促{whom}：没有能发的人"),
            blocks=tuple(map(typeset, lines)),
            foot=f"请电话联系。{NOBODY_ELSE}",
            buttons=(Button("找人", f"/units {said}" if said != EVERYBODY else "/units"),),
        )
    return Reply(
        head=bold(f"确认督促{whom}吗？"),
        blocks=tuple(map(typeset, lines)),
        foot=NOBODY_ELSE,
        buttons=(
            Button("确认督促", f"/urge {said} {PressVerb.CONFIRM}"),
            Button("取消", f"/urge {said} {PressVerb.KEEP}"),
        ),
    )


def _who(unit: str, own: Sequence[PeriodItem], heads: Heads, today: date) -> str:
    """市科经局负责人（张三）：3月报送 3月25日截止，未报 2 项（5.2 5G基站、1.1 技改项目）."""
    periods = dict.fromkeys(item.period for item in own)
    due = "、".join(f"{period_text(one, today)}报送 {day_text(one.due, today)}截止" for one in periods)
    named = short("、".join(f"{one.subject.task} {one.subject.name}" for one in own))
    what = f"{due}，未报 {len(own)} 项（{named}）"
    for words, members in (("", heads.fresh), ("本期已请过，不再发：", heads.before), ("发不到：", heads.unreachable)):
        if names := _names(members, unit):
            return f"{unit}负责人（{names}）：{words}{what}"
    return f"{unit}：没有负责人，发不到；{what}"


def pressed(units: Sequence[str], heads: Heads) -> Reply:
    """Whom it went to, of the `units` that owe figures, and why it did not go to the others."""
    told, before, unreachable = heads.fresh, heads.before, heads.unreachable
    headed = {grant.unit for head in (*told, *before, *unreachable) for grant in head.grants}
    bare = [unit for unit in units if unit not in headed]
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
    foot = "没有负责人的，由督查室电话联系。市领导不会收到。" if bare else "市领导不会收到。"
    return Reply(head=bold(head), blocks=tuple(map(typeset, blocks)), foot=foot, buttons=(Button("谁收到了", "/acks"),))


def _units_of(heads: Sequence[Member], units: Sequence[str]) -> int:
    return sum(1 for unit in units if _names(heads, unit))


def _names(heads: Sequence[Member], unit: str) -> str:
    return "、".join(head.name or "（未留姓名）" for head in heads if any(grant.unit == unit for grant in head.grants))


def _listed(heads: Sequence[Member], units: Sequence[str]) -> str:
    return "；".join(f"{unit}（{names}）" for unit in units if (names := _names(heads, unit)))
