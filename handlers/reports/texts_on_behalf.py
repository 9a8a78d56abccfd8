"""代录: a unit's word that the office or a supervisor writes down: asked for, recorded, told to the unit."""

from collections.abc import Sequence
from datetime import date

from handlers.people.texts import person
from handlers.reports.codes import BehalfVerb, CardVerb, RecordVerb
from handlers.reports.drafts import Draft, DraftedFor, DraftItem
from handlers.reports.texts_guided import last_text
from handlers.texts.marks import bold, typeset
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.report_words import SOURCES, result
from handlers.texts.standing import NO_CHANGE_SAID, day_text, figure_text, recorded_by
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Target
from knowledge.reports.model import AnswerSource, Understanding
from knowledge.reports.on_behalf import WrittenDown
from knowledge.standing.picture import PeriodItem
from knowledge.standing.report import Report
from storage.people import Member
from storage.report_row import Record
from storage.rich_text import Text

ABOUT_BEHALF = "代单位录进展：科经局电话报：5G基站640"
OFFERED = Button("代单位录", "/behalf")
"""To who reports for no unit of their own."""
_LISTED = 5


def by_whom(behalf: DraftedFor, today: date) -> str:
    """由督查室代录（电话，3月20日）; nothing before it is said how it came."""
    return f"由{recorded_by(behalf.as_stored, today)}" if behalf.as_stored else ""


def ask_source(draft: Draft, behalf: DraftedFor, *, key: str, lead: Text = "") -> Reply:
    """How the word came is always recorded."""
    more = f" 等 {len(draft.items)} 项" if len(draft.items) > 1 else ""
    head = bold(f"代{behalf.unit}录 {draft.item.task} {draft.item.name}{more}：怎么报来的？")
    return Reply(
        head=lead or head,
        blocks=(head, "会记下来源、日期和谁录的。") if lead else ("会记下来源、日期和谁录的。",),
        buttons=(
            *(Button(name, f"{key} {CardVerb.SOURCE} {source}") for source, name in SOURCES.items()),
            Button("取消", f"{key} {CardVerb.CANCEL}"),
        ),
    )


def not_responsible(behalf: DraftedFor, item: DraftItem, units: Sequence[str]) -> str:
    """Nothing is recorded for a unit that does not answer for it."""
    named = "、".join(units[:_LISTED]) + (f"等 {len(units)} 家" if len(units) > _LISTED else "")
    return typeset(f"{behalf.unit}不是 {item.task} {item.name} 的责任单位，没有录。责任单位是{named}。")


def done(stored: Sequence[tuple[int, Text]], behalf: DraftedFor, told: Sequence[Member], *, files: int) -> Reply:
    """`stored` are (number, what is said about it)."""
    (_, first), *others = stored
    number = stored[-1][0]
    which = "" if others else f" {number}"
    withdraws = f" {RecordVerb.ALL if others else RecordVerb.CONFIRM} {number}"
    return Reply(
        head=first,
        blocks=(
            *(said for _, said in others),
            *([f"已收 {files} 份佐证。"] if files else []),
            typeset(f"{_told(behalf.unit, told)}24 小时内可撤回。"),
        ),
        buttons=(
            Button("撤回", f"/withdraw{withdraws}"),
            Button("补附件", f"/evidence{which}"),
            Button(f"再录{behalf.unit}的", f"/behalf {behalf.unit}"),
            Button("录别家的", "/behalf"),
        ),
    )


def _told(unit: str, people: Sequence[Member]) -> str:
    if not people:
        return f"{unit}没有已绑定的人，没有通知，请电话告知。"
    return f"已告知{unit}（{'、'.join(map(person, people))}）。"


def notice(behalf: DraftedFor, lines: Sequence[tuple[int, str]], today: date) -> Reply:
    """To the unit: what was written down, and what to do where it is wrong."""
    number, several = lines[0][0], len(lines) > 1
    what = f"的 {len(lines)} 项" if several else "的进展"
    return Reply(
        head=bold(f"{behalf.unit}{what}{by_whom(behalf, today)}"),
        blocks=(
            "\n".join(typeset(f" {line}") for _, line in lines),
            "算本单位的填报。不对的，直接再报一次正确的数，以新报的为准；说不清的，点“有异议”。",
        ),
        buttons=(
            Button("改成正确的数", "/report" if several else f"/behalf {BehalfVerb.FIX} {number}"),
            Button("有异议", f"/behalf {BehalfVerb.OBJECT} {number}"),
            Button("历史", f"/history #{number}"),
        ),
    )


def withdrawn_notice(record: Record, target: Target | None) -> Reply:
    """To the unit: what was written down for it counts no more."""
    return Reply(
        head=bold(f"代录的一条已撤回：{_what(record, target)}"),
        blocks=("不再计入；要报的请直接报。",),
        buttons=(Button("填报", "/report"), Button("历史", f"/history #{record.number}")),
    )


def _what(record: Record, target: Target | None) -> str:
    subject = record.report.subject
    return f"{subject.task} {subject.name} {figure_text(record.report, target)}"


def which_unit(units: Sequence[str]) -> Reply:
    """`units` owe figures."""
    owing = (
        f"本期还有 {len(units)} 家没报，点一家，或者发单位名称。" if units else "本期没有单位未报，发单位名称也能录。"
    )
    return Reply(
        head=bold("代哪个单位录？"),
        blocks=(owing, EXAMPLE),
        buttons=tuple(Button(unit, f"/behalf {unit}") for unit in units[:_LISTED]),
    )


EXAMPLE = "也可以一句话说完：科经局电话报：5G基站640个，3月20日。"


def said_again(parts: WrittenDown) -> str:
    """The words behind the unit, as they are said for another."""
    return came_text(parts.source, parts.day) + parts.words if parts.words else ""


def came_text(source: AnswerSource | None, day: str) -> str:
    """3月20日电话报：; where it is not said how it came, a space."""
    return f"{day}{SOURCES[source]}报：" if source else " "


def no_such_unit(said: str, near: Sequence[str], words: str) -> Reply:
    """`words` follow the unit's name."""
    return Reply(
        head=bold(f"没有找到单位“{said}”，还没有录。"),
        blocks=("是下面的哪一家？" if near else "请写方案里的单位名称，再发一次。",),
        buttons=tuple(Button(unit, f"/behalf {unit}{words}".rstrip()) for unit in near),
    )


def ask_what(unit: str, items: Sequence[tuple[str, PeriodItem]], today: date) -> Reply:
    """`items` are what the unit owes, each with what names it in a command."""
    rows = [typeset(f" {one.subject.task} {one.subject.name}（{_last(one, today)}）") for _, one in items]
    same = (Button(f"{len(items)} 项都无变化", f"/behalf {unit} {BehalfVerb.SAME}"),) if items else ()
    owing = f"本期还有 {len(items)} 项没报：" if items else "本期没有要报的；有变化的也能录。"
    return Reply(
        head=bold(f"代{unit}录：录哪一项？"),
        blocks=("\n".join([owing, *rows]), "点一项，或直接发：5G基站640个；碳酸钙产业园征地受阻。"),
        buttons=(
            *(Button(one.subject.name, f"/behalf {unit} {key}") for key, one in items[: _LISTED - 1]),
            *same,
            *((Button("月报表", f"/sheet {unit}"),) if items else ()),
        ),
    )


def _last(one: PeriodItem, today: date) -> str:
    last = one.standing.figure
    if last is None or last.report.unit != one.unit:
        return "还没有报过的数"
    return f"上次 {figure_text(last.report, one.standing.target)}，{day_text(last.day, today)}"


def ask_figure(
    unit: str, subject: EntryKey, target: Target | None, last: Report | None, command: str, today: date
) -> Reply:
    goal = f"目标 {value_text(target)}，" if target else ""
    return Reply(
        head=bold(f"代{unit}录 {subject.task} {subject.name}：请发本次的数"),
        blocks=(typeset(f"{goal}{last_text(last, target, today)}。可以带日期和说明。"),),
        buttons=(Button(NO_CHANGE_SAID, f"{command} {NO_CHANGE_SAID}"), Button("返回", f"/behalf {unit}")),
    )


def unread(unit: str, subject: EntryKey | None) -> Reply:
    name = f" {subject.task} {subject.name}" if subject else ""
    return Reply(
        head=bold(f"没有读懂，还没有录。请再发一次{unit}{name}的情况。"),
        blocks=("写明是哪一项、多少，例如：5G基站640个，3月20日。",),
        buttons=(Button("看这家要报的", f"/behalf {unit}"),),
    )


def asked_back(understood: Understanding, unit: str, source: AnswerSource | None, day: str) -> Reply:
    """A chosen reading is written down as it came."""
    reply = result(understood)
    choices = (Button(one.label, f"/behalf {unit}{came_text(source, day)}{one.message}") for one in understood.choices)
    return Reply(head=reply.head, blocks=reply.blocks, buttons=tuple(choices)[:6])


def nothing_owed(unit: str) -> Reply:
    return Reply(
        head=bold(f"{unit}本期没有要报的，没有录。"),
        blocks=("有变化的直接录，例如：5G基站640个。",),
        buttons=(Button("录一项", f"/behalf {unit}"),),
    )


def no_such() -> Reply:
    return Reply(head=bold("没有这条代录。"))


def ask_right(record: Record, target: Target | None) -> Reply:
    return Reply(
        head=bold(f"代录的是 {_what(record, target)}：请发正确的数"),
        blocks=("可以带日期和说明；先给您看，再确认。",),
    )


def ask_objection(record: Record, target: Target | None) -> Reply:
    return Reply(
        head=bold(f"代录的是 {_what(record, target)}：请写明哪里不对"),
        blocks=("发给代录的人和督查室；发出前先给您看。知道正确的数的，直接报数更快。",),
        buttons=(Button("报正确的数", f"/behalf {BehalfVerb.FIX} {record.number}"),),
    )


def confirm_objection(record: Record, target: Target | None, words: str, command: str) -> Reply:
    return Reply(
        head=bold(f"这样提异议？{_what(record, target)}"),
        blocks=(typeset(words), "发给代录的人和督查室；数先不动。"),
        buttons=(Button("发出", f"{command} {BehalfVerb.SEND} {words}"), Button("重写", command)),
    )


def objected(record: Record, target: Target | None, words: str) -> Reply:
    return Reply(
        head=bold("已发出异议。") + typeset(_what(record, target)),
        blocks=(typeset(words), "数还没有动；您也可以直接报正确的数，以新报的为准。"),
        buttons=(
            Button("报正确的数", f"/behalf {BehalfVerb.FIX} {record.number}"),
            Button("历史", f"/history #{record.number}"),
        ),
    )


def objection(record: Record, target: Target | None, words: str, *, own: bool) -> Reply:
    """To who wrote it down (`own`), who can withdraw it, and to the supervisors, who can return it."""
    ends = (
        Button("撤回这条", f"/withdraw {record.number}")
        if own
        else Button(f"退回 #{record.number}", f"/return {record.number}")
    )
    return Reply(
        head=bold(f"{record.report.unit}对代录的数有异议：{_what(record, target)}"),
        blocks=(typeset(f"“{words}”"),),
        buttons=(ends, Button("重新录", f"/behalf {record.report.unit}"), Button("历史", f"/history #{record.number}")),
    )
