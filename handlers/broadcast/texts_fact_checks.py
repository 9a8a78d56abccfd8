"""The facts of a bulletin put to a unit: its own lines only, and what it answers."""

from collections.abc import Iterator, Sequence
from datetime import date

from handlers.broadcast.codes import ALL_LINES, OWN, FactVerb
from handlers.broadcast.texts_bulletin_paper import entry_name, entry_row, title
from handlers.texts.heading import reply_of
from handlers.texts.reply import Reply
from handlers.texts.report_words import SOURCES
from handlers.texts.standing import day_text
from knowledge.standing.bulletin import Snapshot
from storage.bulletins import Bulletin
from storage.fact_checks import FactAnswer, FactCheck

LONGEST = 200
_SEVERAL = "涉及的几项"


def ask_unit(bulletin: Bulletin, check: FactCheck, until: date, today: date) -> Reply:
    """What goes to the unit's people."""
    held = bulletin.snapshot
    rows = [_row(held, number) for number in held.lines_of.get(check.unit, ())]
    key = f"/facts {check.id}"
    return reply_of(
        f"请{check.unit}核对《{title(bulletin)}》里的 {len(rows)} 项",
        rows,
        f"{day_text(until, today)}下班前答复；不答复的，视为无误。数已固化（{held.as_of.isoformat()}），"
        "有出入的写在旁边作注，数本身重新起草才改。",
        [("无误", f"{key} {FactVerb.RIGHT} {OWN}"), ("有出入", f"{key} {FactVerb.DIFFERS} {OWN}")],
    )


def _row(held: Snapshot, number: int) -> str:
    """Nobody is surprised by where the line stands."""
    pushed = "，文中列入需加力事项" if held.entries[number] in held.pushed else ""
    return entry_row(held.entries[number], held) + pushed


def ask_behalf(bulletin: Bulletin, check: FactCheck) -> Reply:
    """Written down for a unit that answered elsewhere."""
    key = f"/facts {check.id}"
    verbs = ((FactVerb.RIGHT, "无误"), (FactVerb.DIFFERS, "有出入"))
    buttons = [
        (f"{name}：{word}", f"{key} {verb} {source}") for verb, word in verbs for source, name in SOURCES.items()
    ]
    return reply_of(
        f"代录{check.unit}对《{title(bulletin)}》的核对：怎么答的？", ["会记下来源、日期和谁录的。"], "", buttons
    )


def ask_which(held: Snapshot, check: FactCheck, numbers: Sequence[int], source: str) -> Reply:
    key = f"/facts {check.id} {FactVerb.DIFFERS} {source}"
    buttons = [(entry_name(held.entries[number]), f"{key} {number}") for number in numbers[:5]]
    return reply_of("哪一项有出入？", [], "", [*buttons, ("其他，或者不止一项", f"{key} {ALL_LINES}")])


def ask_words(held: Snapshot, entry: int | None) -> Reply:
    about = entry_row(held.entries[entry], held) if entry is not None else _SEVERAL
    return reply_of("请写明哪里有出入", [about, f"不超过 {LONGEST} 个字，写事实和依据；发出前先给您看。"])


def too_long() -> Reply:
    return reply_of(f"太长了，没有发。请不超过 {LONGEST} 个字，再写一次。", [])


def confirm_words(held: Snapshot, check: FactCheck, entry: int | None, source: str, words: str) -> Reply:
    """What reaches the drafter, and stands in the paper, is shown first."""
    which = ALL_LINES if entry is None else str(entry)
    key = f"/facts {check.id}"
    return reply_of(
        f"这样答复：{_about(held, entry)}有出入？",
        [words, f"发给起草人；文中这一项旁边写“注：{check.unit}核对时提出”。"],
        "",
        [
            ("发出", f"{key} {FactVerb.SEND} {source} {which} {words}"),
            ("重写", f"{key} {FactVerb.DIFFERS} {source} {which}"),
            ("不发", key if source == OWN else f"{key} {FactVerb.BEHALF}"),
        ],
    )


def answered(bulletin: Bulletin, check: FactCheck, until: date | None, today: date, *, by_hand: bool) -> Reply:
    """What became of the card, with a way to answer otherwise while it is open."""
    key = f"/facts {check.id}"
    said = "无误" if check.answer is FactAnswer.RIGHT else "有出入，已转起草人"
    lines = [
        f"《{title(bulletin)}》",
        *_said(bulletin.snapshot, check),
    ]
    if by_hand:
        return reply_of(f"已代录：{check.unit}{said}。", lines, "", [("核对情况", f"/bulletin {bulletin.id} checks")])
    foot = f"{day_text(until, today)}下班前可以改。" if until else ""
    other = (
        ("改为有出入", f"{key} {FactVerb.DIFFERS} {OWN}")
        if check.answer is FactAnswer.RIGHT
        else ("改为无误", f"{key} {FactVerb.RIGHT} {OWN}")
    )
    more = [] if check.answer is FactAnswer.RIGHT else [("还有出入", f"{key} {FactVerb.DIFFERS} {OWN}")]
    return reply_of(f"已答复：{said}。", lines, foot, [other, *more])


def closed(bulletin: Bulletin, check: FactCheck, until: date | None, today: date) -> Reply:
    told = {
        None: "没有收到答复，已按无误处理",
        FactAnswer.RIGHT: "答复是无误",
        FactAnswer.DIFFERS: "答复是有出入",
    }[check.answer]
    on = f"已于{day_text(until, today)}截止" if until and today > until else "已经结束"
    return reply_of(
        f"《{title(bulletin)}》的核对{on}，{check.unit}{told}。",
        ["还要改的，请直接联系督查室，由督查员代录或重新起草。"],
    )


def called_off(bulletin: Bulletin) -> Reply:
    """To those who were asked."""
    return reply_of(f"《{title(bulletin)}》的核对撤回了，先不用答。", ["重新送核时会再发给您。"])


def withdrawn() -> Reply:
    return reply_of("这次核对已经撤回，或者已经重新起草，不用答了。", ["重新送核时会再发给您。"])


def no_such() -> Reply:
    return reply_of("没有这次核对。", [])


def told_drafter(bulletin: Bulletin, check: FactCheck, silent: int) -> Reply:
    """To who sent it to be checked."""
    said = "无误" if check.answer is FactAnswer.RIGHT else "有出入"
    lines = list(_said(bulletin.snapshot, check))
    lines.append(f"还有 {silent} 家没有答复。" if silent else "涉及的单位都答复了，可以核稿。")
    if check.corrections:
        lines.append("已在文中作注；数要改的，请单位更正以后重新起草。")
    return reply_of(
        f"{check.unit}核对《{title(bulletin)}》：{said}", lines, "", [("看这一份", f"/bulletin {bulletin.id}")]
    )


def _said(held: Snapshot, check: FactCheck) -> Iterator[str]:
    """What the unit finds wrong."""
    return (f"{_about(held, one.entry)}：{one.words}" for one in check.corrections)


def _about(held: Snapshot, entry: int | None) -> str:
    return _SEVERAL if entry is None else entry_name(held.entries[entry])
