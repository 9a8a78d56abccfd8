"""The monthly sheet (月报表): what is printed on it, what is said when it is handed out and when it comes back."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from storage.rich_text import Text

ABOUT_SHEET = "月报表（xlsx）：填好发回来，看过再记"


class SheetColumn(StrEnum):
    TASK = "任务"
    NAME = "事项"
    GOAL = "目标"
    MEASURE = "计量单位"
    LAST = "上次的数"
    LAST_DAY = "上次日期"
    PERIOD = "报送期"
    VALUE = "本期数"
    DAY = "数据日期"
    STATE = "状态"
    NOTE = "说明"
    PROBLEM = "困难"


ALL_UNITS = "各单位"
UNCHANGED = "无变化"
STATES = (UNCHANGED, "推进中", "已完成", "停工")
HOW_TO = (
    "只填浅黄色的格：有新数填“本期数”（到目前为止的数，不是新增多少；新增的写“新增12个”），没有变化的“状态”选“无变化”；数据日期不填按发回的那天；不报的留空。"
    "填好把整个文件发给机器人，先给您看一遍，确认后才记。"
)
_ROWS = 8


def title(plan: str, unit: str) -> str:
    return f"月报表：{unit}（{plan}）"


def about(periods: Sequence[str], unit: str, made_on: date) -> str:
    return f"填报单位：{unit}　报送期：{'、'.join(periods)}　制表：{made_on.isoformat()}　本期要报的都在下面"


def file_name(unit: str, made_on: date) -> str:
    return f"月报表-{unit}-{made_on.isoformat()}.xlsx"


def handed_out(unit: str, items: int, units: int) -> Reply:
    whose = f"{units} 家单位、" if units > 1 else f"{unit}，"
    return Reply(
        head=bold(f"月报表：{whose}{items} 项"),
        blocks=("填浅黄色的格，把文件发回来；先给您看一遍，确认后才记。数写“640”“640个”都行。",),
    )


def nothing_owed(unit: str) -> Reply:
    return Reply(
        head=bold(f"{unit}本期没有要报的，没有表可出。"),
        blocks=("有变化的直接报，例如：5G基站建成620个。",),
        buttons=(Button("看要报的", "/owed"),),
    )


def which_unit() -> Reply:
    return Reply(
        head=bold("要哪个单位的月报表？"),
        blocks=("发单位名称；要各单位的，一家一页，点“各单位的”。",),
        buttons=(Button("各单位的", f"/sheet {ALL_UNITS}"),),
    )


def no_such_unit(said: str, near: Sequence[str]) -> Reply:
    return Reply(
        head=bold(f"没有找到单位“{said}”。"),
        blocks=("请写方案里的单位名称，再发一次。",),
        buttons=tuple(Button(unit, f"/sheet {unit}") for unit in near),
    )


# ---- read back ------------------------------------------------------------------------------------------------------

READING = "正在读表，请稍候。"
CHANGED = Reply(
    head=bold("这张月报表的编号或表头改过，认不出是哪一项，没有记录。"),
    blocks=("请重新要一张，只填浅黄色的格。",),
    buttons=(Button("重新要月报表", "/sheet"),),
)


def changed_row(unit: str, row: int) -> Reply:
    return Reply(
        head=bold(f"{unit}的月报表第 {row} 行的编号改过，认不出是哪一项，没有记录。"),
        blocks=("行可以留空，不要删改隐藏的第一列，也不要把别的行贴过来。",),
        buttons=(Button("重新要月报表", f"/sheet {unit}"),),
    )


def other_plan(unit: str) -> Reply:
    return Reply(head=bold(f"{unit}的这张月报表是别的方案的，没有记录。"), buttons=(Button("重新要月报表", "/sheet"),))


def not_yours(unit: str) -> Reply:
    return Reply(
        head=bold(f"这张月报表是{unit}的，您不能替它报，没有记录。"),
        blocks=("只有本单位的联络员、负责人，或者办公室、督查室代录，才能发回。",),
    )


def other_period(unit: str, said: str, asked: str) -> Reply:
    return Reply(
        head=bold(f"{unit}的这张月报表是{said}的，现在报的是{asked}，没有记录。"),
        blocks=("请要一张本期的，把数填过去。",),
        buttons=(Button("要本期的月报表", f"/sheet {unit}"),),
    )


def _cut(lines: Sequence[str]) -> str:
    more = [f" 还有 {len(lines) - _ROWS} 处"] if len(lines) > _ROWS else []
    return "\n".join([*(f" {line}" for line in lines[:_ROWS]), *more])


def summary(unit: str, taken: int, empty: int, before: int, wrong: Sequence[str]) -> Text:
    """Above what will be recorded."""
    parts = [f"可记录 {taken} 项"] if taken else ["没有要记录的"]
    parts += [f"空着 {empty} 项"] if empty else []
    parts += [f"已经报过、没有变的 {before} 项"] if before else []
    told = bold(f"读了{unit}的月报表：{'，'.join(parts)}。")
    return told + typeset(f"\n有 {len(wrong)} 处没有读懂，不记：\n{_cut(wrong)}") if wrong else told


def nothing_taken(head: Text, unit: str, *, wrong: bool) -> Reply:
    again = ("改好这几格，再把文件发一次。",) if wrong else ()
    return Reply(head=head, blocks=again, buttons=(Button("重新要月报表", f"/sheet {unit}"),))


def unread(place: str, name: str, said: str) -> str:
    return f"{place} {name}：“{said}”不是这一项能记的数"


def broken(place: str, name: str) -> str:
    return f"{place} {name}：公式没有算出结果，请改成数"


def unread_day(place: str, name: str, said: str) -> str:
    return f"{place} {name}：日期“{said}”没有读懂"


def unread_state(place: str, name: str, said: str) -> str:
    return f"{place} {name}：状态“{said}”没有读懂"


def both(place: str, name: str) -> str:
    return f"{place} {name}：填了本期数，又选了“无变化”，请留一个"


def not_of_unit(row: int, name: str) -> str:
    return f"第 {row} 行 {name}：现在不归这个单位报"
