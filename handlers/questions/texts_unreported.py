"""谁没报: by unit, with how it was asked; of one unit the items that it owes."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.questions.codes import EVERYBODY
from handlers.texts.heading import entries_of, subject_text
from handlers.texts.lists import ListRow, ListValue, list_reply
from handlers.texts.marks import bold
from handlers.texts.periods import due_text, periods_text
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import TO_CONFIRM, day_text, figure_text, never_text
from knowledge.entities.library import Library
from knowledge.questions.answer import Answer
from knowledge.questions.answering.progress_answers import UnitContact
from knowledge.questions.query import Query, Want
from knowledge.standing.picture import Duty, PeriodItem, by_unit, owed, units_of
from knowledge.standing.report import Status

BY_UNIT = ("单位", "未报", "提醒", "联络员")
BY_ITEM = ("事项", "单位", "目标", "上次", "截止", "说明")
SOURCE = "只算主责已确认的"
NOBODY_TO_PRESS = "没有能收到督促的单位负责人,请电话联系。"


def unreported_reply(answer: Answer, library: Library) -> Reply:
    query, detail = answer.query, answer.detail
    assert query is not None  # noqa: S101 - render() has checked
    items: tuple[PeriodItem, ...] = detail["items"]
    left, day = owed(items), detail["until"]
    where = f"{subject_text(query, entries_of(answer), library)}:" if query.has_subject else ""
    presses = bool(left) and detail["presses"] and query.since is None
    able = presses and any(one.head for one in detail["contacts"].values())
    by_item = query.listed is Want.TARGETS or (len(units_of(left)) == 1 and bool(query.units))
    if detail["unsupervised"] and not left:
        return unsupervised(detail["unsupervised"])
    shown = ListValue(
        title=where + _title(items, left, day, of_unit=bool(query.units)),
        columns=BY_ITEM if by_item else BY_UNIT,
        rows=tuple(_item(one, day) for one in left) if by_item else tuple(_units(left, query, detail["contacts"])),
        folded=_unconfirmed(len(detail["unconfirmed"]), gaps=detail["gaps"]),
        notes=(NOBODY_TO_PRESS,) if presses and not able else (),
        source=SOURCE,
        as_of=day,
    )
    writes_down = bool(left) and detail["writes_down"] and query.since is None
    return list_reply(shown, day, [*(_press(left) if able else ()), *(_write_down(left) if writes_down else ())])


def unsupervised(units: Sequence[str]) -> Reply:
    return Reply(
        head=bold(f"{'、'.join(units)}不列报送对象。"),
        blocks=("不列督办对象：不要数、不提醒、不评灯、不列未报；责任单位清单照列。",),
    )


def _title(items: Sequence[PeriodItem], left: Sequence[PeriodItem], day: date, *, of_unit: bool) -> str:
    """3月未报 2 家、3 项（截至 3月22日，25 日截止）."""
    if not any(one.duty is not Duty.NOT_OWED for one in items):
        return "没有应报的项"
    named = periods_text(left or items, day)
    if not left:
        return f"{named}应报的都报了{_made_up(items, day)}"
    units = "" if of_unit else f"{len(units_of(left))} 家、"
    return f"{named}未报 {units}{len(left)} 项(截至 {day_text(day, day)}{_due(left, day)})"


def _made_up(items: Iterable[PeriodItem], day: date) -> str:
    """,其中逾期 2 项(4月3日、4月6日补报)."""
    days = [one.since for one in items if one.made_up and one.since]
    told = "、".join(day_text(one, day) for one in sorted(set(days)))
    return f",其中逾期 {len(days)} 项({told}补报)" if days else ""


def _due(left: Sequence[PeriodItem], day: date) -> str:
    due = due_text(left, day)
    return f",{due}" if due else ""


def _units(left: Sequence[PeriodItem], query: Query, contacts: dict[str, UnitContact]) -> list[ListRow]:
    rows = []
    for unit, own in by_unit(left).items():
        contact = contacts.get(unit)
        asked = f"系统提醒 {contact.by_rule} 次、人工催办 {contact.by_hand} 次" if contact else ""
        liaison = ("联络员已绑定" if contact.liaison else "没有联络员") if contact else ""
        when = f"{query.since.year}年{query.since.month}月" if query.since else ""
        rows.append(ListRow((unit, f"{len(own)} 项", asked, liaison), Button(unit, f"{unit}{when}还有哪些目标没报")))
    return rows


def _item(one: PeriodItem, day: date) -> ListRow:
    standing, subject = one.standing, one.subject
    last = standing.figure
    told = (
        f"上次 {figure_text(last.report, standing.target)}({day_text(last.day, day)})" if last else never_text(standing)
    )
    cells = (
        f"{subject.task} {subject.name}",
        one.unit,
        f"目标 {value_text(standing.target)}" if standing.target else "",
        told,
        f"{day_text(one.due, day)}截止",
        _again(one),
    )
    return ListRow(cells, Button(subject.name, f"{subject.task}的{subject.name}进展"))


def _again(one: PeriodItem) -> str:
    """Why it is owed again."""
    if one.ended is None:
        return ""
    return "已撤回" if one.ended.status is Status.WITHDRAWN else f"被退回:{one.ended.reason or ''}"


def _unconfirmed(count: int, *, gaps: bool) -> tuple[ListRow, ...]:
    """The office's own debt, apart from the units'."""
    if not count:
        return ()
    opens = Button("看清单", "/gaps") if gaps else None
    return (ListRow((f"另有 {count} 个目标主责{TO_CONFIRM},不算单位未报",), opens),)


def _write_down(left: Sequence[PeriodItem]) -> list[tuple[str, str]]:
    """What a unit said elsewhere, also one with nobody bound."""
    units = units_of(left)
    return [(f"代录{units[0]}", f"/behalf {units[0]}")] if len(units) == 1 else [("代录", "/behalf")]


def _press(left: Sequence[PeriodItem]) -> list[tuple[str, str]]:
    units = units_of(left)
    if len(units) == 1:
        return [(f"督促{units[0]}", f"/urge {units[0]}")]
    return [(f"督促这 {len(units)} 家", f"/urge {EVERYBODY}")]
