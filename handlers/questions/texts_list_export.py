"""The ledger as a list, and what is said beside its file."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.texts.lists import ListRow, ListValue
from handlers.texts.marks import bold
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import TO_CONFIRM, by_another, light_text, owner_text, percent_text, said_text
from handlers.texts.standing_list import SOURCE, behind_text, counted_text, deciding_figure, units_text
from knowledge.standing.values import Standing

COLUMNS = (
    *("序号", "任务", "事项", "目标值", "时限", "主责", "责任单位", "最新进展"),
    *("填报单位", "数据日期", "来源", "完成率", "相差", "灯", "困难问题"),
)
_NOTES = ("灯按导出当日算；表内不换算单位。办结日、核查人以督查室登记为准，本表不列。",)


def ledger(title: str, standings: Sequence[Standing], words: Mapping[int, str], day: date) -> ListValue:
    """`words` are those in which the problems were put, by their reports' numbers."""
    return ListValue(
        title=f"《{title}》进展台账",
        columns=COLUMNS,
        rows=tuple(ListRow(_cells(number, one, words)) for number, one in enumerate(standings, 1)),
        notes=_NOTES,
        source=SOURCE,
        as_of=day,
    )


def _cells(number: int, one: Standing, words: Mapping[int, str]) -> tuple[str, ...]:
    figure = deciding_figure(one)
    deadline = one.target.deadline if one.target else None
    return (
        str(number),
        one.subject.task,
        one.subject.name,
        value_text(one.target) if one.target else "",
        deadline.isoformat() if deadline else "方案未写期限",
        (owner_text(one.card) or TO_CONFIRM) if one.target else "",
        "、".join(one.units),
        said_text(figure) if figure else "",
        units_text(figure) if figure else "",
        figure.day.isoformat() if figure else "",
        f"{figure.tag.value}{by_another(figure.report)}" if figure else "",
        percent_text(one.share) if figure and one.share is not None else "",
        behind_text(one) if figure else "",
        light_text(one),
        "；".join(words[int(problem.id)] for problem in one.problems),
    )


def file_name(day: date) -> str:
    return f"进展台账{day.isoformat()}.xlsx"


def exported(standings: Sequence[Standing]) -> Reply:
    return Reply(
        head=bold(f"进展台账：{counted_text(standings)}，见下面的文件。"),
        blocks=("里面有内部进展，请只在本单位内使用，不外发。",),
        buttons=(Button("谁没报", "谁还没报"), Button("困难问题", "/problems"), Button("月度情况", "/bulletin")),
    )


def nothing_to_export() -> Reply:
    return Reply(head=bold("您的范围里还没有可以导出的内容。"))
