"""Reporting progress: what is to be confirmed, what was recorded, and what looks wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.access.responsibility import Speaker, needs_evidence
from handlers.reports.codes import CardVerb, RecordVerb
from handlers.reports.drafts import Draft, DraftedFor, DraftItem
from handlers.reports.plausibility import Compared, Odd
from handlers.reports.texts_on_behalf import by_whom
from handlers.texts.marks import bold, typeset
from handlers.texts.periods import counts_for
from handlers.texts.plan import number_text, value_text
from handlers.texts.red_lines import REMINDER
from handlers.texts.reply import Button, Reply
from handlers.texts.report_words import STATES, told_of
from handlers.texts.standing import amount_text, day_text, percent_text
from knowledge.plan.key import EntryKind
from knowledge.plan.model import Target
from knowledge.reports.model import Understanding, Update, UpdateKind
from knowledge.standing.history import WORDLESS
from knowledge.standing.measure import MULTIPLE
from knowledge.standing.periods import ReportingPeriod
from knowledge.standing.values import Figure
from storage.rich_text import RichText, Text

ABOUT_REPORT = "报进展：一步步选，或直接打“5G基站建成620个”"

AS_QUESTION = "当作提问"
_ASKABLE = 200
"""A longer text is no question."""
_REST = 3
"""Of the reports that wait behind the one asked about, as many are shown: a card is one page."""
NO_UNIT = "您没有单位角色，不能填报。"
GONE = Reply(
    head=bold("这张确认卡没有记录，已经失效。"),
    blocks=("它取消了，或者超过了两小时。请重新发一次。",),
    buttons=(Button("填报", "/report"),),
)


def changed_since() -> RichText:
    return bold("这张卡后来改过，还没有确认，现在是：")


def recorded_before(lines: Sequence[str], number: int) -> Reply:
    """A button of a card that was confirmed; `number` is the last report confirmed in it."""
    return Reply(
        head=bold("这张卡已经确认过，没有重复记录。"),
        blocks=("\n".join(typeset(f" {line}") for line in lines),),
        buttons=(
            Button("撤回", f"/withdraw {RecordVerb.CONFIRM} {number}"),
            Button("补佐证", f"/evidence {number}"),
            Button("历史", f"/history #{number}"),
        ),
    )


def name_of(item: DraftItem) -> str:
    return f"{item.task} {item.name}"


def card(
    draft: Draft,
    target: Target | None,
    speaker: Speaker,
    found: Compared,
    period: ReportingPeriod,
    *,
    key: str,
    today: date,
    lead: Text = "",
    reminds: bool = False,
) -> Reply:
    """The report asked about: before → after, share, warnings, and the period that it counts for; `key` begins the
    command of each button."""
    item = draft.item
    blocks: list[Text] = [_head(item, draft), *_lines(item, target, found, today)]
    blocks += [typeset(f"注意：{warning}") for warning in _warnings(found, item, target)]
    blocks.append(
        typeset(
            f"数据截至 {day_text(item.day(today), today)}，{_for_whom(speaker.unit, draft.behalf, today)}"
            f"{_counts(item, period, today)}"
        )
    )
    if item.note:
        blocks.append(typeset(f"附注：{item.note}"))
    if not speaker.responsible:
        blocks.append(typeset(awaited(speaker)))
    if needs_evidence(target, item.says):
        blocks.append("这一项要附佐证，可以确认后再补；附上之前，历史里标“缺佐证”。")
    if len(draft.items) > 1:
        rest = [typeset(f" {name_of(one)}：{told(one)}") for one in draft.items[1 : 1 + _REST]]
        blocks.append("\n".join([f"后面还有 {len(draft.items) - 1} 项，逐项确认：", *rest]))
    return Reply(
        head=lead or blocks.pop(0),
        blocks=tuple(blocks),
        foot=REMINDER if reminds else "",
        buttons=_buttons(draft, target, found, key),
    )


def _for_whom(unit: str, behalf: DraftedFor | None, today: date) -> str:
    return f"{unit} · {by_whom(behalf, today)}" if behalf else f"以{unit}填报"


def _counts(item: DraftItem, period: ReportingPeriod, today: date) -> str:
    """Only targets have periods, and only what says how they stand counts for one."""
    counts = item.kind is EntryKind.TARGET and item.says not in WORDLESS
    return f"，{counts_for(period, today)}" if counts else ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report among several on one card; `plain`: it can be confirmed with the others."""

    item: DraftItem
    compared: Compared | None
    """None where the person may not report it."""
    period: ReportingPeriod | None
    """That it counts for."""
    plain: bool


def several(
    rows: Sequence[ReportLine],
    unit: str,
    behalf: DraftedFor | None = None,
    *,
    key: str,
    today: date,
    lead: Text,
    reminds: bool,
) -> Reply:
    """All that one message reports, before → after; what looks wrong is confirmed by itself."""
    plain = [row for row in rows if row.plain]
    others = [row for row in rows if not row.plain]
    counts = {_counts(row.item, row.period, today) if row.period else "" for row in rows}
    each = len(counts) > 1
    blocks: list[Text] = ["\n".join(_row(row, today, counts=each) for row in plain)]
    if others:
        blocks.append("\n".join([f"要单独看的 {len(others)} 项：", *(_row(row, today, counts=each) for row in others)]))
    if not each and (same := counts.pop()):
        blocks.append(f"都{same.removeprefix('，')}")
    title = bold(f"请确认 {len(rows)} 项（{_for_whom(unit, behalf, today)}）")
    return Reply(
        head=lead or title,
        blocks=(title, *blocks) if lead else tuple(blocks),
        foot=REMINDER if reminds else "",
        buttons=(
            Button(f"全部确认（{len(plain)} 项）", f"{key} {CardVerb.ALL}"),
            Button("逐项看", f"{key} {CardVerb.EACH}"),
            Button("取消", f"{key} {CardVerb.CANCEL}"),
        ),
    )


def _row(row: ReportLine, today: date, *, counts: bool) -> str:
    """5.2 5G基站：590 个（2月28日） → 620 个（+30），3月31日; `counts`: with the period that it counts for."""
    item, found = row.item, row.compared
    if found is None:
        return typeset(f" {name_of(item)}：{told(item)}，不能报这一项")
    before = f"{said(found.before)}（{day_text(found.before.day, today)}）" if found.before else "从未报过"
    after = f"{_now(item, found.after)}{_difference(item, found)}" if found.after else told(item)
    odd = "".join(f"，{_ODD[one]}" for one in found.odd)
    period = _counts(item, row.period, today) if counts and row.period else ""
    words = f"，原话：{item.said}" if found.unread and item.said not in after else ""
    return typeset(f" {name_of(item)}：{before} → {after}，{day_text(item.day(today), today)}{period}{odd}{words}")


_ODD = {
    Odd.FUTURE: "日期在今天之后",
    Odd.SMALLER: "比上次少",
    Odd.TENFOLD: "大了十倍以上",
    Odd.OVER: "已超过目标",
    Odd.MISMATCH: "单位不一致",
    Odd.UNBEGUN: "上次有数，这次没开工",
    Odd.UNFINISHED: "上次的数没有达到目标",
    Odd.BASELESS: "以前没有数，要报累计",
}


def _head(item: DraftItem, draft: Draft) -> RichText:
    which = f"（第 {draft.done + 1} 项）" if draft.done else ""
    again = "更正" if item.corrects is not None else "确认"
    return bold(f"请{again}{which}：{name_of(item)}")


def _lines(item: DraftItem, target: Target | None, found: Compared, today: date) -> list[str]:
    before = _before(found, item.day(today), today)
    words = [f"原话：{item.said}"] if found.unread and item.said not in item.note else []
    if found.after is None:
        what = told(item)
        lines = [what, *(words if item.said not in what else []), *([before] if found.before else [])]
        if item.says is UpdateKind.NOTE:
            lines.append("没有读到能计入的数，按情况说明记录；要报数请点“改情况”。")
        return [typeset(line) for line in lines]
    lines = [f"{before} → 本次 {_now(item, found.after)}{_difference(item, found)}"]
    if target is not None:
        share = f"完成 {percent_text(found.share)}，" if found.share is not None else ""
        lines.append(f"{share}目标 {value_text(target)}")
        if target.unit == MULTIPLE and target.card.base is None and item.measure:
            lines.append(f"基期未明确，先按{item.measure}记，不算完成率。")
    return [typeset(line) for line in (*lines, *words)]


def _before(found: Compared, day: date, today: date) -> str:
    """What the unit said before; 从未报过 is of all years."""
    if found.before:
        return f"上次 {said(found.before)}（{day_text(found.before.day, today)}）"
    last = found.last_word
    if last is None:
        return "从未报过"
    return (
        f"{'今年' if day.year == today.year else f'{day.year}年'}还没有报过"
        if last < day.replace(month=1, day=1)
        else "没有能比的数"
    )


def _now(item: DraftItem, after: Figure) -> str:
    if item.says is UpdateKind.INCREMENT and item.value is not None:
        return f"{said(after)}（新增 {amount_text(item.value, after.measure)}）"
    return said(after)


def said(figure: Figure) -> str:
    """A figure in a few words: 620 个, 完成 70%, 推进中."""
    about = "约 " if figure.approx else ""
    if figure.value is not None:
        return f"{about}{amount_text(figure.value, figure.measure)}"
    if figure.state is not None:
        return STATES[figure.state]
    return f"{about}完成 {percent_text(figure.percent)}"


def _difference(item: DraftItem, found: Compared) -> str:
    before, after = found.before, found.after
    if (
        item.says is UpdateKind.INCREMENT
        or not before
        or not after
        or before.value is None
        or after.value is None
        or before.measure != after.measure
    ):
        return ""
    change = after.value - before.value
    return f"（{'+' if change > 0 else ''}{change.normalize():f}）" if change else "（没有变化）"


def told(item: DraftItem) -> str:
    """What is reported, as it was said."""
    if item.value is not None:
        return item.said
    return told_of(Update(subject=item.subject, kind=item.says, state=item.state, said=item.said))


def _warnings(found: Compared, item: DraftItem, target: Target | None) -> list[str]:
    last = f"上次报的是 {said(found.before)}，" if found.before else ""
    sentences = {
        Odd.FUTURE: "数据日期在今天之后，请改日期。",
        Odd.SMALLER: f"这次比上次少了 {_less(found)}。{_perhaps(found)}",
        Odd.TENFOLD: f"这个数大了十倍以上，请看有没有多写一位。{_perhaps(found)}",
        Odd.OVER: "已经超过目标，请核对口径。",
        Odd.MISMATCH: f"单位{f'“{item.measure}”' if item.measure else ''}与目标的单位"
        f"{f'“{target.unit}”' if target and target.unit else ''}不一致，确认后只作记录，不计入完成率。",
        Odd.UNBEGUN: f"{last}这次却说还没开工，请核对。",
        Odd.UNFINISHED: _unfinished(found),
        Odd.BASELESS: "以前没有报过累计数，只有新增的算不出累计。到这一天一共多少，请点“报累计数”。",
    }
    return [sentences[odd] for odd in found.odd]


def _unfinished(found: Compared) -> str:
    """上次 300 个，离 700 还差 400 个."""
    before, missing = found.before, found.missing
    if before is None or before.value is None or missing is None:
        return ""
    goal = number_text(before.value + missing)
    return f"上次 {said(before)}，离 {goal} 还差 {amount_text(missing, before.measure)}。确实完成的，请报完成的数。"


def _less(found: Compared) -> str:
    before, after = found.before, found.after
    if before is None or after is None or before.value is None or after.value is None:
        return ""
    return amount_text(before.value - after.value, after.measure)


def _perhaps(found: Compared) -> str:
    return "" if found.perhaps is None else f"是不是 {found.perhaps.normalize():f}？"


def _buttons(draft: Draft, target: Target | None, found: Compared, key: str) -> tuple[Button, ...]:
    item = draft.item
    change = Button("改情况" if item.value is None else "改数", f"{key} {CardVerb.NUMBER}")
    buttons = [Button("确认", f"{key} {CardVerb.CONFIRM}")]
    if Odd.FUTURE in found.odd:
        buttons = [Button("按今天", f"{key} {CardVerb.TODAY}")]
    elif found.wants_total and item.value is not None:
        total = amount_text(item.value, item.measure or (target.unit if target else None))
        change = Button(f"累计就是 {total}", f"{key} {CardVerb.NUMBER} 累计{total}")
        buttons = [Button("报累计数", f"{key} {CardVerb.NUMBER}")]
    elif found.wants_reason(item):
        after = found.after
        amount = amount_text(after.value, after.measure) if after and after.value is not None else ""
        buttons = [Button(f"就是 {amount}，写明原因", f"{key} {CardVerb.ANYWAY}")]
        if found.perhaps is not None:
            value = amount_text(found.perhaps, after.measure if after else None)
            buttons.insert(0, Button(f"改成 {value}", f"{key} {CardVerb.NUMBER} {value}"))
    elif found.perhaps is not None:
        value = amount_text(found.perhaps, found.after.measure if found.after else None)
        buttons.append(Button(f"改成 {value}", f"{key} {CardVerb.NUMBER} {value}"))
    question = item.says is UpdateKind.NOTE and len(draft.text) <= _ASKABLE
    day = Button(AS_QUESTION, draft.text) if question and draft.text else Button("改日期", f"{key} {CardVerb.DAY}")
    buttons += [change, day, Button("换一项", f"{key} {CardVerb.OTHER}")]
    if len(draft.items) > 1:
        buttons.append(Button("这项不报", f"{key} {CardVerb.SKIP}"))
    elif len(buttons) < 5:
        buttons.append(Button("加说明", f"{key} {CardVerb.NOTE}"))
    return (*buttons[:5], Button("取消", f"{key} {CardVerb.CANCEL}"))


def turned_away(lead: Text, sentence: Text) -> Reply:
    return Reply(head=lead or sentence, blocks=(sentence,) if lead else ())


OR_NAMED = "不在里面的，请写上名称再发，例如：5G基站620个。"


def unclear_besides(understood: Understanding) -> RichText:
    """Above the first card, where part of the message could not be read."""
    return bold("有一处没有读明白") + typeset(f"：{understood.said}。请另发一条说清楚。")


def too_large() -> Reply:
    return Reply(head=bold("这个数太大或小数太长，没有收下。"), blocks=("请核对后再发，小数最多六位。",))


def recorded(
    item: DraftItem, speaker: Speaker, amount: str, period: ReportingPeriod, today: date, *, by: str = ""
) -> RichText:
    """One line about what was just stored; `by` is who wrote it down for the unit."""
    day = f"{day_text(item.day(today), today)}{_counts(item, period, today)}"
    what = f"{name_of(item)} {amount}，{speaker.unit}填报{by}，{day}。"
    if not speaker.responsible:
        return bold("已提交，等认可。") + typeset(f"{what}{awaited(speaker)}")
    return bold("已更正。" if item.corrects is not None else "已记录。") + typeset(what)


def recorded_line(item: DraftItem, amount: str, period: ReportingPeriod, today: date) -> str:
    """5.2 5G基站 640 个，数据截至 3月20日，计入3月."""
    return typeset(
        f"{name_of(item)} {amount}，数据截至 {day_text(item.day(today), today)}{_counts(item, period, today)}"
    )


def awaited(speaker: Speaker) -> str:
    """Why the report does not count at once."""
    if speaker.unowned:
        return f"这一项主责还没有确认，{speaker.unit}报的等办公室认可，认可后才计入。"
    if speaker.owner:
        return f"{speaker.unit}是责任单位之一，主责是{speaker.owner}，认可后记在旁边。"
    return f"{speaker.unit}不是这一项的责任单位，等主责单位或办公室认可。"


def done(stored: Sequence[tuple[int, Text]], *, files: int, told: int | None = None, left: int = 0) -> Reply:
    """`stored` are (number, what is said about it), with so many `files`; `told` is the reminder that asked for it,
    `left` how many of its targets are still unreported."""
    (_, first), *others = stored
    number = stored[-1][0]
    which = "" if others else f" {number}"
    withdraws = f" {RecordVerb.ALL if others else RecordVerb.CONFIRM} {number}"
    return Reply(
        head=first,
        blocks=(
            *(said for _, said in others),
            *([f"已收 {files} 份佐证。"] if files else []),
            "24 小时内可撤回。",
            *([next_line(left)] if told is not None else []),
        ),
        buttons=(
            Button("补佐证", f"/evidence{which}"),
            Button("撤回", f"/withdraw{withdraws}"),
            Button("报下一项", f"/fill {told}" if left else "/report"),
        ),
    )


def cancelled(text: str) -> Reply:
    """What was typed can still be meant as a question."""
    again = (Button(AS_QUESTION, text),) if text and len(text) <= _ASKABLE else ()
    return Reply(head=bold("已取消，没有记录。"), buttons=(*again, Button("填报", "/report")))


def skipped(item: DraftItem) -> str:
    return typeset(f"{name_of(item)} 不报，没有记录。")


def ask_number(item: DraftItem) -> Reply:
    if item.value is None:
        return Reply(head=bold(f"{name_of(item)}：请发正确的情况"), blocks=("例如：已开工；已建成；停工；完成八成。",))
    said = "累计12个" if item.says is UpdateKind.INCREMENT else item.said
    return Reply(
        head=bold(f"{name_of(item)}：请发正确的数"), blocks=(typeset(f"例如：{said}；又新增12个；完成八成。"),)
    )


def ask_day(item: DraftItem) -> Reply:
    return Reply(head=bold(f"{name_of(item)}：数据截至哪天？"), blocks=("例如：3月31日；昨天；上月底。",))


def ask_note(item: DraftItem, *, reason: bool) -> Reply:
    if reason:
        return Reply(head=bold(f"{name_of(item)}：请写明为什么比上次少"), blocks=("例如：上次重复统计了 12 个。",))
    return Reply(head=bold(f"{name_of(item)}：请发要附的说明"))


def ask_other(item: DraftItem, others: list[tuple[str, str]]) -> Reply:
    """`others` are (label, command)."""
    return Reply(
        head=bold(f"“{item.said}”报的是哪一项？"),
        blocks=("点一项，或直接发名称。",),
        buttons=tuple(Button(label, command) for label, command in others),
    )


def unread(what: str) -> RichText:
    return bold(f"没有读懂这个{what}，还没有改。")


def pending_notice(item: DraftItem, speaker: Speaker, amount: str, number: int, today: date) -> Reply:
    """To the owner or the office: another unit has reported something that is theirs to accept."""
    reports = "（责任单位之一）报" if speaker.owner or speaker.unowned else "代报"
    return Reply(
        head=bold(f"{speaker.unit}{reports}了一项进展，请认可或退回"),
        blocks=(
            typeset(f"{name_of(item)}：{amount}，数据截至 {day_text(item.day(today), today)}"),
            typeset(f"原话：{item.said}"),
            "认可前不计入。",
        ),
        buttons=(
            Button("认可", f"/pending {RecordVerb.ACCEPT} {number}"),
            Button("退回", f"/pending {RecordVerb.RETURN} {number}"),
        ),
    )


def next_line(left: int) -> str:
    """Under a confirmed report that a reminder asked for."""
    return f"这条提醒里还有 {left} 个没报。" if left else "这条提醒里的都报了。"
