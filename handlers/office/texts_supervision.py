"""Units that are no object of supervision: the card, what those concerned are told."""

from collections.abc import Collection, Iterable, Sequence

from handlers.office.codes import SupervisionVerb
from handlers.people.texts import person
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from storage.people import Member

ABOUT_SUPERVISION = "不列督办对象的单位"


def listed(units: Sequence[str]) -> Reply:
    return Reply(
        head=bold(f"不列督办对象：{len(units)} 家" if units else "没有不列督办对象的单位。"),
        blocks=tuple(map(typeset, units)),
        foot="责任单位清单照列；不要数、不提醒、不催、不评灯、不列未报。要标记的，发：某某局不列督办对象。",
        buttons=tuple(Button(f"恢复督办{unit}", f"/supervision {SupervisionVerb.ON} {unit}") for unit in units[:4]),
    )


def already(unit: str, *, off: bool) -> Reply:
    return Reply(head=bold(f"{unit}{'已经不列督办对象' if off else '本来就是督办对象'}，不用改。"))


def to_mark(unit: str, owed: int, told: Collection[Member], *, off: bool) -> Reply:
    """`owed` are the items that it owes now."""
    before, after = _states(off=off)
    ends = f"现在要报的 {owed} 项不再要。" if owed else ""
    return Reply(
        head=bold(f"{unit}{'不列' if off else '列入'}督办对象？"),
        blocks=(f"{before} → {after}", f"{_effect(off=off)}{ends}", _told("会告知", told)),
        foot="随时可以改回来。",
    )


def marked(unit: str, told: Collection[Member], *, off: bool) -> Reply:
    back = SupervisionVerb.ON if off else SupervisionVerb.OFF
    return Reply(
        head=bold(f"{unit}{'已不列' if off else '已列入'}督办对象。"),
        blocks=(_effect(off=off), _told("已告知", told)),
        buttons=(
            Button("撤销", f"/supervision {back} {unit} {SupervisionVerb.CONFIRM}"),
            Button("全部名单", "/supervision"),
        ),
    )


def notice(unit: str, *, off: bool) -> Reply:
    """To the unit's people and the supervisors."""
    return Reply(head=bold(f"办公室把{unit}{'移出' if off else '列入'}督办对象。"), blocks=(_effect(off=off),))


def _states(*, off: bool) -> tuple[str, str]:
    states = ("督办对象", "不列督办对象")
    return states if off else (states[1], states[0])


def _effect(*, off: bool) -> str:
    if off:
        return "责任单位清单照列；不再要数、提醒、催，不评灯、不列未报。"
    return "以后按指标卡要数、提醒、评灯，没有报的列入未报。"


def _told(word: str, told: Iterable[Member]) -> str:
    names = "、".join(map(person, told))
    return typeset(f"{word}：{names}") if names else "没有已绑定的人要告知。"
