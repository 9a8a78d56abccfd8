"""`duban check-plan`: is a register, with the gazetteer beside it, free of mistakes?"""

from typing import TextIO

from bot.texts.problems import plan_text, problems_text
from knowledge.plan.shipped import PlanError, ReadResult, read_plans


def check_plan(choice: str, *, out: TextIO) -> int:
    """Print every mistake at once, or what the register holds; returns the exit status, 1 where anything is wrong.

    `choice` is a register file, a folder of them, a shipped register's name, or `all`.
    """
    try:
        readings = read_plans(choice)
    except PlanError as error:
        print(problems_text(error.problems), file=out)
        return 1
    for reading in readings:
        print(_report(reading), file=out)
    return int(any(reading.problems for reading in readings))


def _report(reading: ReadResult) -> str:
    if reading.problems or not (reading.plan and reading.gazetteer):
        return problems_text(reading.problems)
    return plan_text(reading.plan, reading.gazetteer)
