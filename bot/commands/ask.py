"""`duban ask` and `duban explain`: the chat's own way, from a shell."""

import json
import time
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from handlers.ask import AskDesk, Asker, open_desk
from handlers.contract import answer_json


def ask_jsonl(source: Iterable[str], out: TextIO, *, plan: str | None = None) -> int:
    """Answer conversations, one JSON object a line; 1 where any line was not valid, else 0."""
    desk = open_desk(plan)
    bad = False
    for n, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            found = _conversation(desk, json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            bad = True
            found = {"line": n, "error": str(error)}
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 1 if bad else 0


def _conversation(desk: AskDesk, case: dict[str, Any]) -> dict[str, Any]:
    today = date.fromisoformat(case["today"]) if case.get("today") else date.today()  # noqa: DTZ011
    asker = Asker(today, case.get("as"))
    memory = ""
    answers = []
    for turn in case.get("turns", ()):
        began = time.perf_counter()
        asked = desk.ask(turn, memory=memory, asker=asker)
        took = (time.perf_counter() - began) * 1000
        memory = asked.memory
        answers.append(answer_json(asked.answer, asked.reply, question=turn, ms=took))
    return {"id": case.get("id"), "answers": answers}
