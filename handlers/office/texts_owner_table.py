"""Owners confirmed by a table: what is read of it, what is not and why, and what became of it."""

from collections.abc import Mapping, Sequence

from handlers.office.codes import OwnerVerb
from handlers.office.owner_reading import ReadRow, RowFault
from handlers.office.texts_cards import key
from handlers.office.texts_owners import OPINIONS
from handlers.people.texts import person
from handlers.texts.heading import reply_of
from handlers.texts.marks import short
from handlers.texts.reply import Reply
from handlers.texts.standing import owner_text
from knowledge.standing.owners import OwnerState
from knowledge.standing.owners import concerned as concerned_by
from storage.people import Member

_HOW = "每行一个目标：目标、主责、依据文号，用制表符、逗号、顿号或两个空格隔开（从 Excel、WPS 里复制即可）。"
_EXAMPLE = "例如：5.2 数字校园覆盖率，市教育局，武政办发〔2022〕3号"
_PROGRESS = ("主责进度", "/owners")


def ask_table() -> Reply:
    return reply_of(
        "请发审定的主责表",
        [
            _HOW,
            _EXAMPLE,
            "各行同一个文号的，可以单写一行：依据：武政办发〔2022〕3号",
            "也可以直接发 xlsx 或 csv 文件，首行写：目标、主责、依据文号。",
        ],
        "先给您看读到什么，再确认。",
    )


def ask_paper(names: Sequence[str]) -> Reply:
    of = names[0] if len(names) == 1 else f"{len(names)} 个无意见的目标"
    return reply_of(
        f"{of}：依据哪个文号确认？", ["请发依据文号，例如：武政办发〔2022〕3号。", "先给您看全部清单，再确认。"]
    )


def paper_unread() -> Reply:
    return reply_of("没有读懂文号。", ["请发依据文号，例如：武政办发〔2022〕3号。"])


def none_unopposed() -> Reply:
    return reply_of("没有无意见、待确认的目标。", ["要凭文件直接确认的，请用表确认。"], "", [_PROGRESS])


def too_many(count: int) -> Reply:
    return reply_of(f"有 {count} 行，太多了，没有读。", ["请分几次发。"])


def nothing_read(read: Sequence[ReadRow]) -> Reply:
    """Of a table in which nothing is new."""
    same = sum(one.fault is None for one in read)
    head = f"这 {same} 个目标已经是这样，不用再定。" if same else "没有读到能确认的行，什么都没有改。"
    return reply_of(head, [*_unread(read), "要改的，请改好再发一次。", _HOW, _EXAMPLE], "", [_PROGRESS])


def confirm_table(read: Sequence[ReadRow], line: str) -> Reply:
    new = [one for one in read if one.fault is None and not one.same]
    same = [one for one in read if one.fault is None and one.same]
    units = dict.fromkeys(one.unit for one in new)
    return reply_of(
        f"确认 {len(new)} 个目标的主责？共 {len(units)} 家单位",
        [
            *map(_row, new),
            f"和现在一样的 {len(same)} 个，不动。" if same else "",
            *_unread(read),
            "确认后这些单位开始收到这几项的报送提醒。",
        ],
        "24 小时内可撤销。",
        [(f"确认这 {len(new)} 个", line), ("不定了", "/keep")],
    )


def _row(one: ReadRow) -> str:
    assert one.now is not None  # noqa: S101 - what has no fault has a target
    now = one.now
    proposed = now.card.proposed
    opposed = (
        f"（有分歧：{proposed.unit}{OPINIONS[proposed.opinion]}）"
        if _opposes(one) and proposed and proposed.opinion
        else ""
    )
    outside = "" if one.listed else f"；注意：{now.target.task} 的责任单位里没有{one.unit}"
    was = owner_text(now.card) or "未定"
    return f"{key(now.target)}：{was} → {one.unit}（依据{one.row.paper}）{opposed}{outside}"


def _opposes(one: ReadRow) -> bool:
    return one.now is not None and one.now.state is OwnerState.OPPOSED


_FAULTS = {
    RowFault.NO_TARGET: "没有这个目标",
    RowFault.SEVERAL_TARGETS: "不止一个目标叫这个，请写上任务号",
    RowFault.TWICE: "同一个目标写了两次，没有读",
    RowFault.NO_UNIT: "没有这家单位，或者没写、不止一家",
    RowFault.NO_PAPER: "没有依据文号",
}


def _unread(read: Sequence[ReadRow]) -> list[str]:
    lines = [f" {short(one.row.line, 40)}：{_FAULTS[one.fault]}" for one in read if one.fault]
    return [f"没有读懂 {len(lines)} 行，不改：", *lines] if lines else []


def concerned(one: ReadRow) -> tuple[str, ...]:
    """The new owner, the one before, and who was asked to be."""
    assert one.now is not None  # noqa: S101 - what has no fault has a target
    return tuple(dict.fromkeys((one.unit, *concerned_by(one.now.card))))


def confirmed_for(unit: str, rows: Sequence[ReadRow]) -> Reply:
    """To the people of a unit, of all that concerns it."""
    return reply_of(
        f"办公室确认了 {len(rows)} 个目标的主责",
        [f"{key(one.now.target)}：{one.unit}（依据{one.row.paper}）" for one in rows if one.now],
        f"主责是{unit}的，从今天起按报送频次提醒。",
    )


def entered(rows: Sequence[ReadRow], people: Mapping[str, Sequence[Member]], first: int) -> Reply:
    told = "；".join(
        f"{unit}（{'、'.join(map(person, members)) or '没有已绑定的人，收不到'}）" for unit, members in people.items()
    )
    return reply_of(
        f"已确认 {len(rows)} 个目标的主责。",
        [*(f"{key(one.now.target)}：{one.unit}（依据{one.row.paper}）" for one in rows if one.now), f"已告知：{told}"],
        "24 小时内可撤销。",
        [("撤销", f"/owners {OwnerVerb.UNDO} {first}"), _PROGRESS],
    )
