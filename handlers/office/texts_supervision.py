"""Units that are no object of supervision: the orders of the office, the card, what those concerned are told."""

from collections.abc import Collection, Iterable, Sequence

from handlers.office.codes import SupervisionVerb
from handlers.people.texts import person
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from knowledge.language.pattern import sign
from storage.people import Member

ABOUT_SUPERVISION = "不列督办对象的单位"
_BEFORE, _UNIT = "(?:请|麻烦|帮我|以后|今后)*(?:把|将|对)?", "(?P<unit>[^,。;:?]{2,20}?)"
_SCOPE = "督办(?:对象|范围|名单)"

OFF = sign(
    rf"""^{_BEFORE} {_UNIT} (?:这个单位)?(?:也|都)?
    (?: (?:不|不再|不用|不要)(?:列|列入|列为|作为|纳入|当){_SCOPE} |
      (?:列为|标记?为|设为|定为)(?:不列?|非){_SCOPE} | (?:移出|退出){_SCOPE}
      | (?:不|不再|不用|不要|免于?)督办 )[。!]*$""",
    "市纪委监委不列督办对象",
    "把市农业农村局标为不列督办对象",
    "市供电公司不作为督办对象",
    "将市税务局移出督办范围",
    "市人社局不用督办",
    others=("哪些单位不列督办对象", "市纪委监委列入督办对象", "为什么纪委监委不列督办对象", "督办市科经局"),
    unless="哪|谁|什么|为何|吗|是否|是不是",
)
ON = sign(
    rf"""^{_BEFORE} (?: {_UNIT} (?:这个单位)?(?:也|都)? (?: (?:重新|恢复)?(?:列入|列为|纳入|作为){_SCOPE} | 恢复督办 )
      | 恢复(?:对)?(?P<whom>[^,。;:?]{{2,20}}?)的?督办 )[。!]*$""",
    "市农业农村局列入督办对象",
    "把市税务局重新列入督办范围",
    "市供电公司恢复督办",
    "恢复对市人社局的督办",
    others=("市纪委监委不列入督办对象", "市科经局列入督办对象了吗", "哪些单位列入督办对象"),
    unless="不|哪|谁|什么|吗|是否|是不是",
)
LISTED = sign(
    r"^(?:有)?(?:哪些|哪几家|什么)(?:责任)?单位(?:是)?不列?督办(?:对象)?[?。]*$|^不列?督办(?:对象)?的?(?:责任)?单位(?:有哪些|名单|清单|是哪些)?[?。]*$",
    "哪些单位不列督办对象",
    "不列督办对象的单位有哪些",
    others=("市纪委监委不列督办对象", "哪些单位不牵头"),
)


def order_line(cleaned: str) -> str | None:
    """The command that marks or unmarks the unit that is named, or lists them; None where the words are no such."""
    if LISTED.shows(cleaned):
        return "/supervision"
    if found := OFF.find(cleaned):
        return f"/supervision {SupervisionVerb.OFF} {found['unit']}"
    if found := ON.find(cleaned):
        return f"/supervision {SupervisionVerb.ON} {found['unit'] or found['whom']}"
    return None


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
