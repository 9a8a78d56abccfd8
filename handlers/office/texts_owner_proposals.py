"""Proposals of owners before and after they are made, and before they are sent to the units."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from handlers.office.codes import OwnerVerb
from handlers.office.owner_states import OwnedTarget
from handlers.office.texts_cards import key
from handlers.office.texts_owners import ONLY_PROPOSED, basis_text, duty_text, open_text
from handlers.people.texts import person
from handlers.texts.heading import reply_of
from handlers.texts.reply import Reply
from handlers.texts.standing import day_text, owner_text
from knowledge.plan.model import ProposedOwner, Target
from storage.people import Member

_PROGRESS = ("主责进度", "/owners")
_KEEP = ("先不办", "/keep")


def confirm_all(targets: Sequence[OwnedTarget], found: Collection[Target], number: str) -> Reply:
    """All that would be proposed, by unit; and apart from it what is not, and why."""
    proposed = [one for one in targets if one.target in found]
    rest = [one for one in targets if one.target not in found]
    units = dict.fromkeys(one.suggestion.unit for one in proposed)
    rows = [
        f"{unit}：{key(one.target)}（{duty_text(one.suggestion)}）"
        for unit in units
        for one in proposed
        if one.suggestion.unit == unit
    ]
    gaps = [one for one in rest if one.suggestion.unlisted]
    nobody = [one for one in rest if one.suggestion.first is None]
    doubtful = [one for one in rest if one not in gaps and one not in nobody]
    apart = [
        line
        for title, group in (
            ("不提：看不出按职能归谁", doubtful),
            ("不提：职能缺口，不补单位", gaps),
            ("不提：方案没有列责任单位", nobody),
        )
        if group
        for line in (
            f"{title}（{len(group)} 个）",
            *(f" {key(one.target)}：{open_text(one.suggestion)}" for one in group),
        )
    ]
    if not proposed:
        return reply_of("没有可以按职能提出的目标了。", apart, "", [_PROGRESS])
    return reply_of(
        f"按职能提出 {len(proposed)} 个目标的主责，共 {len(units)} 家单位？",
        [*rows, *apart],
        ONLY_PROPOSED,
        [(f"提出这 {len(proposed)} 个", f"/owners {OwnerVerb.PROPOSE} {OwnerVerb.CONFIRM} {number}"), _KEEP],
    )


def proposed(found: Mapping[Target, ProposedOwner], first: int) -> Reply:
    return reply_of(
        f"已提出 {len(found)} 个目标的主责，都是拟定。",
        [ONLY_PROPOSED, "还没有发给任何单位。"],
        "24 小时内可撤销。",
        [
            ("发各单位征求意见", f"/owners {OwnerVerb.SEND}"),
            ("看拟定", f"/owners {OwnerVerb.LIST} proposed"),
            ("撤销", f"/owners {OwnerVerb.UNDO} {first}"),
        ],
    )


def ask_unit(target: Target) -> Reply:
    return reply_of(f"{key(target)}：拟定哪家单位？", ["请发单位的名称，例如：市教育局。"])


def unit_unread(target: Target, name: str) -> Reply:
    return reply_of(f"没有叫“{name[:24]}”的单位，或者不止一家。", [f"{key(target)}：请再发一次单位的名称。"])


def already_confirmed(held: OwnedTarget) -> Reply:
    return reply_of(
        f"{key(held.target)}：主责已经确认，不用拟定。", [f"主责单位：{owner_text(held.card)}"], "", [_PROGRESS]
    )


def confirm_one(held: OwnedTarget, new: ProposedOwner, listed: Collection[str], number: str) -> Reply:
    """A unit that the plan does not list for the task is said to be none of its list."""
    outside = f"注意：{held.target.task} 的责任单位里没有{new.unit}。" if new.unit not in listed else ""
    name = key(held.target)
    return reply_of(
        f"拟定{name}的主责？",
        [
            f"主责单位：{owner_text(held.card) or '未定'} → {new.unit}（拟定）",
            f"理由：{basis_text(new, held.suggestion)}",
            outside,
            "要重新征求意见。" if held.card.proposed and held.card.proposed.until else "",
            ONLY_PROPOSED,
        ],
        "",
        [("确认", f"/owners {OwnerVerb.SET} {OwnerVerb.CONFIRM} {number} {name} {new.unit}"), ("不改了", "/keep")],
    )


def set_one(held: OwnedTarget, new: ProposedOwner, first: int) -> Reply:
    return reply_of(
        f"已拟定{key(held.target)}：{new.unit}",
        [f"理由：{basis_text(new, held.suggestion)}"],
        "24 小时内可撤销。",
        [("撤销", f"/owners {OwnerVerb.UNDO} {first}"), ("发各单位征求意见", f"/owners {OwnerVerb.SEND}"), _PROGRESS],
    )


def confirm_drop(held: OwnedTarget, number: str) -> Reply:
    name = key(held.target)
    return reply_of(
        f"撤回{name}的拟定？",
        [f"主责单位：{owner_text(held.card)} → 未定", "征求过意见的，会告知单位不用答了。"],
        "",
        [("撤回", f"/owners {OwnerVerb.DROP} {OwnerVerb.CONFIRM} {number} {name}"), ("不改了", "/keep")],
    )


def dropped(held: OwnedTarget, first: int) -> Reply:
    return reply_of(
        f"已撤回{key(held.target)}的拟定。",
        [],
        "24 小时内可撤销。",
        [("撤销", f"/owners {OwnerVerb.UNDO} {first}"), _PROGRESS],
    )


def nothing_to_send() -> Reply:
    return reply_of("没有要发的：没有还没征求意见的拟定。", ["请先提主责。"], "", [_PROGRESS])


def confirm_sending(
    asked: Mapping[str, Sequence[OwnedTarget]],
    heads: Mapping[str, Sequence[Member]],
    until: date,
    today: date,
    number: str,
) -> Reply:
    """Who gets how many targets; whom nothing reaches the office asks by telephone or on paper."""
    reached = {unit: own for unit, own in asked.items() if heads[unit]}
    count = sum(map(len, reached.values()))
    others = [f"{unit} {len(own)} 个" for unit, own in asked.items() if unit not in reached]
    rows = [
        *(f"{unit} {len(own)} 个：{'、'.join(map(person, heads[unit]))}" for unit, own in reached.items()),
        _by_hand(others),
    ]
    if not reached:
        return reply_of("没有发：这些单位的负责人都没有绑定，或者收不到。", rows, "", [_PROGRESS])
    return reply_of(
        f"把 {count} 个目标的拟定发给 {len(reached)} 家单位的负责人征求意见？",
        rows,
        f"请各单位{day_text(until, today)}前答复（3 个工作日）；逾期视为无意见，但不算确认。",
        [("发出", f"/owners {OwnerVerb.SEND} {OwnerVerb.CONFIRM} {number}"), ("先不发", "/keep")],
    )


def _by_hand(units: Sequence[str]) -> str:
    """They stay 拟定: who was not asked has not been silent."""
    return (
        f"负责人没有绑定、发不到的 {len(units)} 家（仍是拟定）：{'、'.join(units)}。请电话或书面征求，再代录。"
        if units
        else ""
    )


def sent(
    asked: Mapping[str, Sequence[OwnedTarget]],
    heads: Mapping[str, Sequence[Member]],
    until: date,
    today: date,
    first: int,
) -> Reply:
    others = [f"{unit} {len(own)} 个" for unit, own in asked.items() if not heads[unit]]
    return reply_of(
        f"已发 {len(asked) - len(others)} 家单位征求意见，{day_text(until, today)}前答复。",
        [_by_hand(others)],
        "24 小时内可撤销。",
        [
            ("看征求意见中", f"/owners {OwnerVerb.LIST} asked"),
            ("主责进度", "/owners"),
            ("撤销", f"/owners {OwnerVerb.UNDO} {first}"),
        ],
    )
