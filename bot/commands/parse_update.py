"""`duban parse-update`: how progress messages are understood, the chat's own way, from a shell."""

import sys
from collections.abc import Iterable
from datetime import date
from typing import TextIO

from bot.commands.jsonl import BadLineError, answer_lines, today_of
from bot.texts import shell
from bot.texts.problems import problems_text
from handlers.services.clock import PlanClock
from handlers.services.json_input import Json
from handlers.texts.marks import plain
from handlers.texts.report_words import NO_TEXT, NOT_AN_OBJECT, result
from knowledge.entities.library import Library
from knowledge.plan.shipped import PlanError, find_plans
from knowledge.questions.answer import number
from knowledge.reports.model import Understanding, Update
from knowledge.reports.reader import UpdateReader

_BAD_PLAN = 2


def parse_update_jsonl(source: Iterable[str], out: TextIO, *, plan: str | None = None) -> int:
    """Read messages, one JSON object a line; 1 where any line was not valid, 2 where the plan is not, else 0."""
    try:
        reader = UpdateReader(Library(find_plans(plan)))
    except PlanError as error:
        sys.stderr.write(problems_text(error.problems) + "\n")
        return _BAD_PLAN
    today = PlanClock().today()
    return answer_lines(source, out, lambda case: _read(reader, case, today), not_an_object=NOT_AN_OBJECT)


def _read(reader: UpdateReader, case: Json, today: date) -> Json:
    if case.get("text") is None:
        raise BadLineError(NO_TEXT)
    for key in ("text", "unit", "today"):
        if case.get(key) is not None and not isinstance(case[key], str):
            raise BadLineError(shell.not_text(key))
    understood = reader.read(case["text"], today=today_of(case, today), unit=case.get("unit"))
    return {"id": case.get("id"), **understanding_json(understood, mixed=reader.library.mixed)}


def understanding_json(understood: Understanding, *, mixed: bool) -> Json:
    """The contract's shape; with several plans loaded ids name theirs (`plan/5.2`)."""
    return {
        "outcome": understood.outcome.value,
        "updates": [_update_json(update, mixed=mixed) for update in understood.updates],
        "choices": [{"label": choice.label, "message": choice.message} for choice in understood.choices],
        "text": plain(result(understood)),
    }


def _update_json(update: Update, *, mixed: bool) -> Json:
    subject = update.subject
    return {
        "task": f"{subject.plan}/{subject.task}" if mixed else subject.task,
        "subject": {"kind": subject.kind.value, "name": subject.name},
        "target": update.target.name if update.target else None,
        "kind": update.kind.value,
        "value": None if update.value is None else number(update.value),
        "unit": update.unit,
        "state": update.state.value if update.state else None,
        "as_of": update.as_of.isoformat() if update.as_of else None,
        "approx": update.approx,
        "said": update.said,
        "note": update.note,
    }
