"""Standings as a list: a row each, with its light, figure, target, difference, whose word it is and of which day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from handlers.texts.lists import ListRow, ListValue, row_line
from handlers.texts.plan import value_text
from handlers.texts.reply import Button
from handlers.texts.standing import (
    TO_CONFIRM,
    by_another,
    day_text,
    light_text,
    owner_text,
    percent_text,
    points_text,
    said_text,
)
from knowledge.plan.key import EntryKind
from knowledge.standing.overview import with_light
from knowledge.standing.values import DONE, GREYS, Figure, Light, LightCause, Standing

COLUMNS = ("灯和事项", "现值", "目标", "相差", "单位", "日期", "困难问题")
SOURCE = "各单位填报"
_OTHER = {
    LightCause.NOT_KEPT: "评估未达到",
    LightCause.EXCEEDED: "已超上限",
}
_FOLDED = {
    "还没有数": (Light.GREY_OVERDUE, Light.GREY_UNREPORTED),
    "未到数据期": (Light.GREY_NO_DATA,),
    "不评灯": (Light.GREY_NO_BASE,),
}
"""未报 is only what a unit owes, which no light says."""


def standing_list(
    title: str, standings: Iterable[Standing], day: date, *, folded: tuple[ListRow, ...] = (), notes: Sequence[str] = ()
) -> ListValue:
    return ListValue(
        title=title,
        columns=COLUMNS,
        rows=tuple(map(standing_row, standings)),
        folded=folded,
        notes=tuple(notes),
        source=SOURCE,
        as_of=day,
    )


def standing_row(one: Standing) -> ListRow:
    """🔴 红 5.2 5G基站 · 300 个，完成 42.9% · 目标 700个以上 · 慢 52 个百分点 · 市科经局 · 2月28日填报."""
    figure = deciding_figure(one)
    cells = (
        f"{light_text(one)} {one.subject.task} {one.subject.name}",
        _amount(one, figure) if figure else "",
        f"目标 {value_text(one.target)}" if one.target else "",
        behind_text(one) if figure else "",
        _units(one, figure),
        f"{day_text(figure.day, one.today)}{figure.tag.value}{by_another(figure.report)}" if figure else "",
        problems_text(one),
    )
    return ListRow(cells, opened(one))


def row_text(one: Standing) -> str:
    return row_line(standing_row(one))


def folded_greys(standings: Sequence[Standing], question: str) -> tuple[ListRow, ...]:
    """另有 37 个目标还没有数、2 个目标未到数据期 ▸, which asks the question; nothing where there are none."""
    greys = {word: with_light(standings, lights) for word, lights in _FOLDED.items()}
    told = "、".join(f"{counted_text(found)}{word}" for word, found in greys.items() if found)
    return (ListRow((f"另有 {told} ▸",), Button("展开灰灯", question)),) if told else ()


def not_grey(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    return tuple(one for one in standings if one.light not in GREYS)


def behind_text(one: Standing) -> str:
    """逾期 3 天, 曾逾期 of what was reached late, 慢 52 个百分点; empty where none can be told."""
    if one.reason.days is not None and one.reason.days < 0:
        if one.light in DONE:
            return "曾逾期" if one.late else ""
        return f"逾期 {-one.reason.days} 天"
    points = one.difference if one.difference is not None else one.reason.points
    return points_text(points) if points is not None else _OTHER.get(one.reason.why, "")


def deciding_figure(one: Standing) -> Figure | None:
    """Of several units side by side the figure that gave the light."""
    decided = (line.figure for line in one.beside if line.verdict.reason == one.reason)
    return one.figure or next(decided, None)


def problems_text(one: Standing) -> str:
    """Of the open ones; empty where there are none."""
    return f"困难问题 {len(one.problems)} 条" if one.problems else ""


def units_text(figure: Figure) -> str:
    return "、".join(figure.units[:2]) + (f" 等 {len(figure.units)} 家" if len(figure.units) > 2 else "")


def beside_text(one: Standing) -> str:
    return f"另有 {len(one.beside) - 1} 家的数" if len(one.beside) > 1 else ""


def _amount(one: Standing, figure: Figure) -> str:
    share = f"，完成 {percent_text(one.share)}" if one.share is not None and figure.value is not None else ""
    return said_text(figure) + share


def _units(one: Standing, figure: Figure | None) -> str:
    if figure is None:
        return one.owner or ("" if one.target is None else f"主责{owner_text(one.card) or TO_CONFIRM}")
    return "，".join(filter(None, (units_text(figure), beside_text(one))))


def opened(one: Standing) -> Button:
    """The subject as it stands; a name that is nobody else's is asked for by itself."""
    asked = f"{one.subject.task}的" if one.target else ""
    return Button(one.subject.name, f"{asked}{one.subject.name}进展")


def counted_text(standings: Iterable[Standing]) -> str:
    """52 个目标、1 个项目: what there are so many of."""
    counts = Counter(_KINDS[one.subject.kind] for one in standings)
    return "、".join(f"{counts[kind]} {kind}" for kind in dict.fromkeys(_KINDS.values()) if counts[kind])


_KINDS = {
    EntryKind.TARGET: "个目标",
    EntryKind.PROJECT: "个项目",
    EntryKind.ACTION: "项举措",
    EntryKind.TASK: "项任务",
    EntryKind.CLAUSE: "项条款",
}
