"""A table pasted from a spreadsheet, made the lines that a person would have typed: a name, what is done, remarks."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum


class Column(Enum):
    """What a column holds; of several that tell what is done, the first of this order that a table has counts."""

    TOTAL = "total"
    DONE = "done"
    SHARE = "share"
    NAME = "name"
    MEASURE = "measure"
    REMARK = "remark"
    OTHER = "other"


_HEADINGS = {
    heading: column
    for column, headings in {
        Column.TOTAL: "累计 累计完成 累计完成数 累计完成情况 累计数 截至目前 截至目前完成",
        Column.DONE: """完成 完成数 完成值 完成量 完成数量 完成情况 已完成 目前完成 实际 实际数 实际完成 实际值 实绩
            现值 当前值 当前 目前 现状 进展 进展情况 最新进展 进度 工作进展 推进情况 建设进展 建设情况
            状态 数值 数量""",
        Column.SHARE: "完成率 完成比例 完成进度 完成百分比 占比",
        Column.NAME: """指标 指标名称 目标名称 名称 项目 项目名称 任务 任务名称 目标任务 工作任务 重点任务 事项 内容
            工作内容 任务内容 建设内容""",
        Column.MEASURE: "单位 计量单位",
        Column.REMARK: "备注 说明 存在问题 问题 困难",
        Column.OTHER: """序号 编号 号 目标 目标值 目标数 年度目标 年度目标值 总目标 任务数 计划 计划数 年度计划 计划值
            上月 上期 上月完成 上期完成 去年同期 同比 责任单位 牵头单位 填报单位 报送单位 负责单位 责任人 联系人
            填报人 日期 时间 时限 完成时限 更新时间""",
    }.items()
    for heading in headings.split()
}
_EDGES = "|｜"
_CELLS = (re.compile(r"\t|[|｜]|[ \u3000]{2,}"), re.compile(r"\s+"))
_RULE = re.compile(r"[\s|｜:+-]*-[\s|｜:+-]*")
_DIGIT_ENDS = re.compile(r"\d$")


def unrolled(message: str) -> str:
    """`message` with each row under a row of headings made one line; all else stays as it is."""
    return "\n".join(_lines(message.splitlines()))


def _lines(lines: list[str]) -> Iterator[str]:
    headings: list[Column] = []
    cut = _CELLS[0]
    for line in lines:
        found = next(((columns, by) for by in _CELLS if (columns := _headings(_split(line, by)))), None)
        if found:
            headings, cut = found
            continue
        cells = _split(line, cut)
        if not headings or len(cells) != len(headings):
            headings = headings if not line.strip() or _RULE.fullmatch(line) else []
            yield line
        elif not _RULE.fullmatch(line):
            yield _told(dict(zip(reversed(headings), reversed(cells), strict=True)))  # of two alike the first


def _split(line: str, by: re.Pattern[str]) -> list[str]:
    return [cell.strip() for cell in by.split(line.strip(" \u3000").strip(_EDGES))]


def _headings(cells: list[str]) -> list[Column]:
    """What the columns hold, if `cells` are headings, of what is reported and of how far it is."""
    columns = [column for cell in cells if (column := _HEADINGS.get(re.sub(r"[(（].*|\s", "", cell)))]
    whole = len(columns) == len(cells) and Column.NAME in columns
    return columns if whole and {Column.TOTAL, Column.DONE, Column.SHARE} & {*columns} else []


def _told(row: Mapping[Column, str]) -> str:
    """The row as a line; a row in which nothing was filled in tells nothing."""
    by = next(column for column in Column if column in row)
    done = row[by]
    if done and by is Column.SHARE:
        done = f"完成率{done}"
    elif _DIGIT_ENDS.search(done):
        done += row.get(Column.MEASURE, "")
    told = [part for part in (done, row.get(Column.REMARK, "")) if part]
    return f"{row[Column.NAME]}：{'，'.join(told)}" if told else ""
