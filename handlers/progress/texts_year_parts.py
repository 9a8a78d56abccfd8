"""比上月怎样 and 双过半怎么样: what has moved since the end of last month, and how much of the year's part is done."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from handlers.texts.heading import reply_of
from handlers.texts.lists import ListRow, ListValue, list_reply
from handlers.texts.plan import number_text
from handlers.texts.reply import Reply
from handlers.texts.standing import (
    LIGHTS,
    change_text,
    day_text,
    light_text,
    percent_text,
    said_text,
)
from handlers.texts.standing_list import SOURCE, opened
from knowledge.standing.half_year import HALF, NoHalf, YearPart
from knowledge.standing.moves import Move
from knowledge.standing.values import Light, Standing

ABOUT_MOVES = "比上月底：哪些转好、转差，数变了多少"
ABOUT_HALF_YEAR = "双过半：年度任务完成了多少"
WHOLE, CHARGE = "全方案", "分管的"
MOVED = ("灯和事项", "现值", "变化", "灯的变化")
HALVED = ("事项", "年度任务", "离过半", "现值")
_NO_HALF = {
    NoHalf.RATE: "个是率、占比、增速",
    NoHalf.KEPT: "个是保持类",
    NoHalf.NO_NODE: "个没有年度节点",
    NoHalf.NO_FIGURE: "个还没有数",
}


def no_such(said: str, near: Sequence[str], command: str) -> Reply:
    """Neither a unit nor a target is called so."""
    buttons = [(unit, f"{command} {unit}") for unit in near]
    return reply_of(f"没有找到“{said[:30]}”", ["请发方案里的单位名称，或者目标的名称。"], "", buttons)


def moves_reply(name: str, moves: Sequence[Move], changed: Sequence[Standing], before: date, today: date) -> Reply:
    """`changed` are those with another figure than at the end of last month."""
    since = f"{name}比上月底({day_text(before, today)})"
    if not moves and not changed:
        return list_reply(_list(f"{since}:没有变化", MOVED, (), today), today, [("谁没报", "谁还没报")])
    better = sum(one.better for one in moves)
    title = f"{since}:数有变化 {len(changed)} 个,转好 {better} 个、转差 {len(moves) - better} 个"
    lights = {one.standing.subject: one.before for one in moves}
    shown = {one.subject: one for one in (*(one.standing for one in moves), *changed)}
    rows = tuple(_moved(one, lights.get(one.subject)) for one in shown.values())
    return list_reply(_list(title, MOVED, rows, today), today)


def _moved(one: Standing, before: Light | None) -> ListRow:
    cells = (
        f"{light_text(one)} {one.subject.task} {one.subject.name}",
        said_text(one.figure) if one.figure else "",
        change_text(one.month_change, one) if one.month_change else "",
        f"原来{LIGHTS[before]}" if before else "",
    )
    return ListRow(cells, opened(one))


def half_year_reply(name: str, parts: Sequence[YearPart], gone: Decimal, today: date) -> Reply:
    told = [one for one in parts if one.share is not None]
    done = sum(one.halved for one in told)
    title = f"{name}双过半:能算的 {len(told)} 个,任务过半 {done} 个、没过半 {len(told) - done} 个"
    if not told:
        title = f"{name}双过半:还没有能算的"
    causes = Counter(one.why for one in parts if one.why)
    left = "、".join(f"{causes[why]} {said}" for why, said in _NO_HALF.items() if causes[why])
    notes = [
        f"时间过到 {day_text(today, today)},全年的 {percent_text(gone)};6月30日任务要完成 {number_text(HALF)}%",
        *([f"不算的:{left}"] if left else []),
        *(["年度节点由办公室写在指标卡上,写了就能算"] if causes[NoHalf.NO_NODE] else []),
    ]
    rows = tuple(_half(one) for one in told)
    return list_reply(_list(title, HALVED, rows, today, notes), today)


def _half(part: YearPart) -> ListRow:
    one, share = part.standing, part.share or Decimal(0)
    figure = f"{said_text(one.figure)}({day_text(one.figure.day, one.today)})" if one.figure else ""
    way = "已过半" if part.halved else f"离过半差 {number_text(HALF - share)} 个百分点"
    return ListRow(
        (f"{one.subject.task} {one.subject.name}", f"年度任务完成 {percent_text(share)}", way, figure), opened(one)
    )


def _list(
    title: str, columns: tuple[str, ...], rows: tuple[ListRow, ...], today: date, notes: Sequence[str] = ()
) -> ListValue:
    return ListValue(title=title, columns=columns, rows=rows, notes=tuple(notes), source=SOURCE, as_of=today)
