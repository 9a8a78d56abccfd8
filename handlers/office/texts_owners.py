"""How far the owners of the targets are settled: the page, its lists, one target, and what is undone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.office.codes import EMPTY, Field, OpinionVerb, OwnerVerb
from handlers.office.owner_states import OwnedTarget, in_state
from handlers.office.texts_card_changes import changed
from handlers.office.texts_cards import key
from handlers.texts.heading import reply_of
from handlers.texts.marks import short
from handlers.texts.reply import Button, Reply
from handlers.texts.report_words import SOURCES
from handlers.texts.standing import TO_CONFIRM, day_text, owner_text
from knowledge.entities.duties import OwnerSuggestion
from knowledge.plan.gazetteer import DutyGap
from knowledge.plan.model import Card, OwnerBasis, OwnerOpinion, ProposedOwner, Target
from knowledge.reports.model import AnswerSource
from knowledge.standing.owners import OwnerState

ABOUT_OWNERS = "主责进度：提出、征求意见、确认"

STATES = {
    OwnerState.CONFIRMED: "已确认",
    OwnerState.SEVERAL: "各单位分报",
    OwnerState.UNOPPOSED: "无意见、待确认",
    OwnerState.ASKED: "征求意见中",
    OwnerState.OPPOSED: "有分歧",
    OwnerState.PROPOSED: "拟定",
    OwnerState.OPEN: "未定",
}
_ALWAYS = (OwnerState.CONFIRMED, OwnerState.ASKED, OwnerState.OPPOSED, OwnerState.PROPOSED, OwnerState.OPEN)
OPINIONS = {OwnerOpinion.AGREES: "同意", OwnerOpinion.DIFFERS: "有异议", OwnerOpinion.NOT_OURS: "不是我们"}
ONLY_PROPOSED = "拟定不算数：不催、不算未报、不评灯，确认以后才算。"


def counted(targets: Sequence[OwnedTarget]) -> str:
    """已确认 2 个、征求意见中 3 个…, of all the plan's targets."""
    counts = Counter(one.state for one in targets)
    shown = [state for state in OwnerState if counts[state] or state in _ALWAYS]
    return "、".join(f"{STATES[state]} {counts[state]} 个" for state in shown)


def overview(targets: Sequence[OwnedTarget], *, sets: bool) -> Reply:
    open_ = in_state(targets, OwnerState.OPEN)
    by_duty = [one for one in open_ if one.suggestion.unit]
    unlisted = [one for one in open_ if one.suggestion.unlisted]
    nobody = [one for one in open_ if one.suggestion.first is None]
    doubtful = len(open_) - len(by_duty) - len(unlisted) - len(nobody)
    lines = [
        f"未定的：看得出按职能归谁的 {len(by_duty)} 个；职能缺口 {len(unlisted)} 个；没有责任单位 {len(nobody)} 个；"
        f"看不出的 {doubtful} 个（首列只作备选）"
        if open_
        else "",
        "步骤：提主责（拟定）→ 发各单位征求意见 → 有分歧的由办公室协调 → 凭依据文号确认 → 开始提醒。",
        ONLY_PROPOSED,
    ]
    return reply_of(f"主责进度（共 {len(targets)} 个目标）：{counted(targets)}", lines, "", _next(targets, sets=sets))


def _next(targets: Sequence[OwnedTarget], *, sets: bool) -> list[tuple[str, str]]:
    """What one would do next, first."""
    counts = Counter(one.state for one in targets)
    by_duty = any(one.suggestion.unit for one in in_state(targets, OwnerState.OPEN))
    steps = [
        (by_duty, "提主责", f"/owners {OwnerVerb.PROPOSE}"),
        (counts[OwnerState.PROPOSED] > 0, "发各单位征求意见", f"/owners {OwnerVerb.SEND}"),
        (counts[OwnerState.UNOPPOSED] > 0, "确认无意见的", f"/owners {OwnerVerb.PAPER}"),
        (True, "用表确认", f"/owners {OwnerVerb.TABLE}"),
    ]
    found = [(name, line) for shown, name, line in steps if shown and sets]
    order = (
        OwnerState.OPPOSED, OwnerState.ASKED, OwnerState.UNOPPOSED, OwnerState.PROPOSED, OwnerState.OPEN,
        OwnerState.CONFIRMED,
    )  # fmt: skip
    lists = [(f"看{STATES[one]}", f"/owners {OwnerVerb.LIST} {one}") for one in order if counts[one]]
    return [*found, *lists][:6]


def listed(state: OwnerState, targets: Sequence[OwnedTarget], today: date) -> Reply:
    """A row a target, which opens it."""
    rows = [row(one, today) for one in targets]
    reply = reply_of(
        f"主责{STATES[state]}的目标：{len(targets)} 个", rows or ["没有这样的目标。"], "", [("主责进度", "/owners")]
    )
    return replace(reply, opens=_opens(targets))


def answers(targets: Sequence[OwnedTarget], today: date) -> Reply:
    """The units that have not answered, and each target of which a unit differs."""
    asked = in_state(targets, OwnerState.ASKED)
    units = Counter(one.card.proposed.unit for one in asked if one.card.proposed)
    opposed = in_state(targets, OwnerState.OPPOSED)
    rows = [
        f"没答复：{'、'.join(f'{unit} {count} 个' for unit, count in units.items())}" if units else "",
        *(row(one, today) for one in opposed),
        "" if units or opposed else "没有在征求意见的目标，也没有分歧。",
    ]
    reply = reply_of(
        f"征求意见：没答复 {len(units)} 家，有分歧 {len(opposed)} 个",
        list(filter(None, rows)),
        "",
        [(f"看{STATES[OwnerState.ASKED]}", f"/owners {OwnerVerb.LIST} {OwnerState.ASKED}"), ("主责进度", "/owners")],
    )
    return replace(reply, opens=_opens(opposed, 1 if units else 0))


def _opens(targets: Sequence[OwnedTarget], first: int = 0) -> dict[int, Button]:
    return {
        place: Button(one.target.name, f"/owners {OwnerVerb.OF} {key(one.target)}")
        for place, one in enumerate(targets, first)
    }


def row(one: OwnedTarget, today: date) -> str:
    """5.2 数字校园覆盖率：市教育局（按职能：目标里的“校园”）; what the unit said where it did."""
    proposed = one.card.proposed
    if one.state is OwnerState.CONFIRMED:
        return f"{key(one.target)}：{owner_text(one.card)}"
    if one.state is OwnerState.OPEN or proposed is None:
        return f"{key(one.target)}：{open_text(one.suggestion)}"
    return f"{key(one.target)}：{proposed.unit}（{'；'.join(_of_proposal(one, proposed, today))}）"


def _of_proposal(one: OwnedTarget, proposed: ProposedOwner, today: date) -> list[str]:
    found = [basis_text(proposed, one.suggestion)]
    if proposed.opinion and proposed.said_on:
        found.append(said_text(proposed, today))
    elif proposed.until:
        over = "到期没有答复，视为无意见" if today > proposed.until else "前答复"
        found.append(f"{day_text(proposed.until, today)}{over}")
    return found


def said_text(proposed: ProposedOwner, today: date) -> str:
    """3月31日单位有异议（电话，代录）：应为市政数局."""
    assert proposed.opinion is not None and proposed.said_on is not None  # noqa: S101, PT018 - who calls has looked
    how = f"（{SOURCES[AnswerSource(proposed.source)]}，代录）" if proposed.source else ""
    words = f"：{short(proposed.words, 60)}" if proposed.words else ""
    return f"{day_text(proposed.said_on, today)}单位答“{OPINIONS[proposed.opinion]}”{how}{words}"


def basis_text(proposed: ProposedOwner, suggestion: OwnerSuggestion) -> str:
    match proposed.basis:
        case OwnerBasis.DUTY if suggestion.unit == proposed.unit:
            return duty_text(suggestion)
        case OwnerBasis.FIRST:
            return "首列，备选"
    return "办公室提出"


def duty_text(suggestion: OwnerSuggestion) -> str:
    words = "、".join(f"“{word}”" for word in suggestion.words)
    return f"按职能：{'任务名' if suggestion.of_title else '目标'}里的{words}"


def open_text(suggestion: OwnerSuggestion) -> str:
    """Whom the plan's words mean, or why nobody is proposed."""
    if suggestion.unit:
        return f"可提{suggestion.unit}（{duty_text(suggestion)}）"
    if suggestion.first is None:
        return "方案没有列责任单位"
    words = "、".join(f"“{word}”" for word in suggestion.words)
    gap = f"职能缺口：{words}职能相近的{suggestion.unlisted}未列入责任单位；" if suggestion.unlisted else ""
    return f"{gap}{suggestion.first}（首列，备选）"


def one(held: OwnedTarget, today: date, *, sets: bool) -> Reply:
    """A target with what can be done about its owner now."""
    target, proposed = held.target, held.card.proposed
    lines = [
        f"主责单位：{owner_text(held.card) or TO_CONFIRM}",
        *([f"提出的理由：{basis_text(proposed, held.suggestion)}", *_opinion(held, today)] if proposed else []),
        open_text(held.suggestion) if held.state is OwnerState.OPEN else "",
        ONLY_PROPOSED if proposed else "",
    ]
    return reply_of(
        f"{key(target)}：主责{STATES[held.state]}",
        lines,
        "",
        [*(_steps(held) if sets else []), ("主责进度", "/owners")],
    )


def who(held: OwnedTarget) -> Reply:
    """主责是谁: the owner, or that there is none yet, and who is only proposed."""
    target = held.target
    head = f"{key(target)}的主责：{owner_text(held.card) or '还没有定'}"
    several = "各单位分报，不用定一家主责。" if held.state is OwnerState.SEVERAL else ""
    first = f"方案首列{held.suggestion.first}；方案未分到目标，首列不等于主责。" if held.suggestion.first else ""
    lines = [
        several,
        ONLY_PROPOSED if held.card.proposed else "",
        first if held.state not in (OwnerState.CONFIRMED, OwnerState.SEVERAL) else "",
        "方案没有列责任单位。" if not held.suggestion.first and not held.card.owner else "",
    ]
    units = [("全部责任单位", f"{target.task}谁负责")] if held.suggestion.first else []
    return reply_of(head, lines, f"出处：{target.place}", [*units, ("口径", f"{target.task}的{target.name}口径是什么")])


def _opinion(held: OwnedTarget, today: date) -> list[str]:
    assert held.card.proposed is not None  # noqa: S101 - who calls has looked
    return _of_proposal(held, held.card.proposed, today)[1:]


def _steps(held: OwnedTarget) -> list[tuple[str, str]]:
    name, proposed, meant = key(held.target), held.card.proposed, held.suggestion
    if held.state is OwnerState.CONFIRMED:
        return [("撤销主责", f"/card {name} {Field.OWNER} {EMPTY}"), ("看指标卡", f"/card {name}")]
    propose = f"/owners {OwnerVerb.SET} {name}"
    if proposed is None:
        units = [meant.unit] if meant.unit else [meant.first] if meant.first else []
        mark = "" if meant.unit else "（首列，备选）"
        return [*((f"拟定{unit}{mark}", f"{propose} {unit}") for unit in units), ("另提一家", propose)]
    return [
        ("凭文号确认", f"/owners {OwnerVerb.PAPER} {name}"),
        ("代录单位意见", f"/ownership {proposed.unit} {OpinionVerb.BEHALF}"),
        ("另提一家", propose),
        ("撤回拟定", f"/owners {OwnerVerb.DROP} {name}"),
    ]


def gaps(bare: Sequence[OwnedTarget], duties: Sequence[DutyGap]) -> Reply:
    """Duties without their usual body, then targets whose owner nobody confirmed; a tap opens one."""
    lines = [f"{gap.task} {gap.action}:名单里没有职能相近的{gap.unit}" for gap in duties]
    owners = [f"{key(one.target)} · 主责{owner_text(one.card) or TO_CONFIRM}{_why_open(one)}" for one in bare]
    duty = [f"职能相近单位未列入({len(duties)} 项,只提示,不补单位)", *lines] if duties else []
    owner = [f"没有主责的目标({len(bare)} 个;方案未分到举措,首列不等于主责)", *owners] if bare else []
    head = f"责任缺口:{len(bare)} 个目标、{len(duties)} 项职责"
    reply = reply_of(head, [*duty, *owner], "发“主责怎么定”，看下一步" if bare else "")
    return replace(reply, opens=_opens(bare, len(duty) + 1))


def _why_open(one: OwnedTarget) -> str:
    if one.suggestion.first is None:
        return "（方案没有列责任单位）"
    return f"（职能相近的{one.suggestion.unlisted}未列入）" if one.suggestion.unlisted else ""


def undone(cards: Sequence[tuple[Target, Card, Card]], units: Sequence[str]) -> Reply:
    told = [f"已告知：{'、'.join(units)}（没有已绑定的人的，收不到）"] if units else []
    return reply_of(f"已撤销：{len(cards)} 个目标的主责改回去了", [*_rows(cards), *told], "", [("主责进度", "/owners")])


def undone_for(unit: str, cards: Sequence[tuple[Target, Card, Card]]) -> Reply:
    return reply_of(f"办公室撤销了{unit} {len(cards)} 个目标主责的修改", _rows(cards))


def _rows(cards: Sequence[tuple[Target, Card, Card]]) -> list[str]:
    return [
        f"{key(target)}：{line.removeprefix('主责单位：')}"
        for target, now, held in cards
        for line in changed(target, now, held)
    ]


def no_such() -> Reply:
    return reply_of("没有找到这个目标。", ["请从清单里点，或者发：主责怎么定。"], "", [("主责进度", "/owners")])


def changed_since() -> Reply:
    return reply_of("后来又有改动，没有办。", ["请看现在的情况再办。"], "", [("主责进度", "/owners")])


def too_late() -> Reply:
    return reply_of("已经超过 24 小时，没有撤销。", ["要改的，请逐个改。"], "", [("主责进度", "/owners")])
