"""A unit is asked whether it takes what it is proposed for, and what it answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.broadcast.codes import OWN
from handlers.office.codes import ALL_TARGETS, OpinionVerb, OwnerVerb
from handlers.office.owner_states import OwnedTarget, in_state
from handlers.office.texts_cards import key
from handlers.office.texts_owners import ONLY_PROPOSED, OPINIONS, basis_text, said_text
from handlers.people.texts import person
from handlers.texts.heading import reply_of
from handlers.texts.reply import Button, Reply
from handlers.texts.report_words import SOURCES
from handlers.texts.standing import day_text
from knowledge.plan.model import OwnerOpinion
from knowledge.reports.model import AnswerSource
from knowledge.standing.owners import OwnerState
from storage.people import Member

LONGEST = 200
_SILENCE = "逾期视为无意见；无意见也不等于确认，办公室凭审定的文号确认以后，才开始提醒报送。"


def asks_unit(unit: str, own: Sequence[OwnedTarget], today: date) -> Reply:
    """What goes to the heads; a row opens its target."""
    line = f"/ownership {unit}"
    reply = reply_of(
        f"征求意见：拟由{unit}主责 {len(own)} 个目标",
        [f"{_until(own, today)}{_SILENCE}", *(_row(one, today) for one in own)],
        "",
        [
            ("都同意" if len(own) > 1 else "同意", f"{line} {OwnerOpinion.AGREES} {OWN} {ALL_TARGETS}"),
            ("都有异议" if len(own) > 1 else "有异议", f"{line} {OwnerOpinion.DIFFERS} {OWN} {ALL_TARGETS}"),
        ],
    )
    opens = {
        place: Button(one.target.name, f"{line} {OpinionVerb.OF} {OWN} {key(one.target)}")
        for place, one in enumerate(own, 1)
    }
    return replace(reply, opens=opens)


def _row(one: OwnedTarget, today: date) -> str:
    assert one.card.proposed is not None  # noqa: S101 - it is asked about
    said = said_text(one.card.proposed, today) if one.card.proposed.opinion else ""
    return f"{key(one.target)}（{basis_text(one.card.proposed, one.suggestion)}）" + (f" · {said}" if said else "")


def _until(own: Sequence[OwnedTarget], today: date) -> str:
    days = [one.card.proposed.until for one in own if one.card.proposed and one.card.proposed.until]
    return f"请{day_text(max(days), today)}前答复。" if days else ""


def asks_one(unit: str, one: OwnedTarget, source: str, today: date) -> Reply:
    line, name = f"/ownership {unit}", key(one.target)
    return reply_of(
        f"{name}：拟由{unit}主责" if source == OWN else f"代录{unit}对{name}的意见",
        [_row(one, today)],
        ONLY_PROPOSED,
        [
            *((word, f"{line} {opinion} {source} {name}") for opinion, word in OPINIONS.items()),
            *([("都看看", line)] if source == OWN else []),
        ],
    )


def ask_behalf(unit: str, own: Sequence[OwnedTarget], today: date) -> Reply:
    """A unit that answered elsewhere: of all, or of one."""
    line = f"/ownership {unit}"
    reply = reply_of(
        f"代录{unit}的意见：怎么答的？",
        [_row(one, today) for one in own],
        "会记下来源、哪天答的和谁录的，并告知该单位。点一项，只录那一项（书面）。",
        [
            ("电话：都同意", f"{line} {OwnerOpinion.AGREES} phone {ALL_TARGETS}"),
            ("书面：都同意", f"{line} {OwnerOpinion.AGREES} paper {ALL_TARGETS}"),
        ],
    )
    opens = {
        place: Button(one.target.name, f"{line} {OpinionVerb.OF} paper {key(one.target)}")
        for place, one in enumerate(own)
    }
    return replace(reply, opens=opens)


def ask_words(unit: str, which: Sequence[OwnedTarget], opinion: OwnerOpinion, source: str) -> Reply:
    """Why; of an opinion that somebody else writes down also the day."""
    about = f"{_named(which)}：{OPINIONS[opinion]}"
    if source != OWN:
        return reply_of(
            f"{unit}是哪天{SOURCES[AnswerSource(source)]}答的？",
            [about, "请发日期，有原话的写在后面，例如：3月31日 应由市政数局主责。"],
        )
    other = "不是本单位的，请写应是哪家。" if opinion is OwnerOpinion.NOT_OURS else "请写理由。"
    return reply_of(other, [about, f"不超过 {LONGEST} 个字；发出前先给您看。"])


def _named(which: Sequence[OwnedTarget]) -> str:
    return key(which[0].target) if len(which) == 1 else f"{len(which)} 个目标"


def confirm_words(
    unit: str,
    which: Sequence[OwnedTarget],
    opinion: OwnerOpinion,
    source: str,
    day: date,
    words: str,
    line: str,
) -> Reply:
    name = ALL_TARGETS if len(which) > 1 else key(which[0].target)
    without = opinion is OwnerOpinion.AGREES and source == OWN
    how = "" if source == OWN else f"来源：{SOURCES[AnswerSource(source)]}，{day.isoformat()}"
    return reply_of(
        f"这样答复：{unit}对{_named(which)}{OPINIONS[opinion]}？",
        [words, how, "发给领导小组办公室。"],
        "",
        [
            ("发出", line),
            ("只答同意" if without else "重写", f"/ownership {unit} {opinion} {source} {name}"),
            ("不发", "/keep"),
        ],
    )


def answered(unit: str, now: Sequence[OwnedTarget], today: date, *, by_hand: bool) -> Reply:
    rows = [_row(one, today) for one in now]
    if by_hand:
        return reply_of(f"已代录{unit}的意见：{len(now)} 个目标。", rows, "", [("主责进度", "/owners")])
    return reply_of(
        f"已答复：{_opinions(now)}。",
        rows,
        "办公室确认以前可以改。",
        [("改", f"/ownership {unit}")],
    )


def _opinions(now: Sequence[OwnedTarget]) -> str:
    found = dict.fromkeys(
        OPINIONS[one.card.proposed.opinion] for one in now if one.card.proposed and one.card.proposed.opinion
    )
    return "、".join(found)


def written_down(unit: str, now: Sequence[OwnedTarget], today: date) -> Reply:
    """To the heads of a unit for which the office wrote it down."""
    return reply_of(
        f"办公室代录了{unit}对主责的意见",
        [_row(one, today) for one in now],
        "不对的，请改，或告诉办公室。",
        [("改", f"/ownership {unit}")],
    )


def told_office(unit: str, now: Sequence[OwnedTarget], waiting: int) -> Reply:
    """Who says what, to the office."""
    return reply_of(
        f"{unit}答主责征求意见：{_opinions(now)}",
        [
            *(f"{key(one.target)}：{one.card.proposed.words or OPINIONS[one.card.proposed.opinion]}"
              for one in now if one.card.proposed and one.card.proposed.opinion),
            f"还有 {waiting} 家单位没有答复。" if waiting else "征求意见的单位都答复了。",
        ],
        "分歧由办公室线下协调，定了以后凭文号确认。",
        [("看有分歧", f"/owners {OwnerVerb.LIST} {OwnerState.OPPOSED}"), ("主责进度", "/owners")],
    )  # fmt: skip


def still_asked(targets: Sequence[OwnedTarget]) -> int:
    """How many units have not answered."""
    return len({one.card.proposed.unit for one in in_state(targets, OwnerState.ASKED) if one.card.proposed})


def called_off(held: OwnedTarget) -> Reply:
    """To who was asked."""
    return reply_of(f"{key(held.target)}：主责的征求意见撤回了，不用答。", ["改提别家，或者重新征求时，会再发给您。"])


def asks_which(unit: str, own: Sequence[OwnedTarget], opinion: OwnerOpinion, words: str, today: date) -> Reply:
    """Which of the unit's own an opinion is of; a row leads to its card."""
    reply = reply_of(f"{OPINIONS[opinion]}：对哪一个？", [f"原话：{words}", *(_row(one, today) for one in own)])
    line = f"/ownership {unit} {opinion} {OWN}"
    opens = {
        place: Button(one.target.name, f"{line} {key(one.target)} {words[:LONGEST]}")
        for place, one in enumerate(own, 1)
    }
    return replace(reply, opens=opens)


def of_no_head(unit: str, heads: Sequence[Member]) -> Reply:
    who = "、".join(person(one) for one in heads)
    return reply_of(
        f"没有记：主责由{unit}负责人答复，联络员的答复不算。",
        [
            f"{unit}负责人：{who}。请转告，点收到的征求意见，或发“答复主责”。"
            if heads
            else f"{unit}还没有负责人绑定：请办公室邀请，或者请办公室代录。"
        ],
    )


def nothing_asked() -> Reply:
    return reply_of("现在没有征求本单位主责意见的目标。", ["主责由办公室提出、征求意见以后确认。"])
