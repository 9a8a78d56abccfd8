"""Inputs that nobody wrote, through every door: `python -m fuzz.run` (what `make soak` runs after the kills).

A finding prints the input as it belongs into seeds.yaml, where it is kept as a test; the same seed makes the same
inputs again.
"""

import asyncio
import json
import secrets
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.config import LogSettings
from bot.log import set_up_logging
from fuzz import chat, doors
from fuzz.doors import Exam
from fuzz.registers import register
from handlers.services.question_service import open_question_service
from storage.database import open_database
from storage.migrate import migrate

COUNTS = {"ask": 100_000, "parse-update": 100_000, "chat": 3_000, "documents": 500, "check-plan": 2_000}
SECONDS = 20.0
"""That an input may take before it counts as a hang."""
SHOWN = 400
SAMPLE = 300
"""So many lines go through the command line itself."""


def examine(door: str, count: int, seed: int, limit: float | None) -> Exam:
    """So many inputs through one door."""
    exam, chance = Exam(door, limit), Random(f"{seed} {door}")  # noqa: S311 - no secret
    match door:
        case "ask":
            doors.ask(exam, doors.questions(chance, count))
        case "parse-update":
            doors.parse(exam, doors.messages(chance, count))
        case "check-plan":
            doors.check(exam, (register(chance) for _ in range(count)))
        case _:
            asyncio.run(_in_chat(exam, chance, count, seed))
    return exam


async def _in_chat(exam: Exam, chance: Random, count: int, seed: int) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/duban.sqlite"
        migrate(url)
        database = open_database(url)
        try:
            async with chat.room(database, open_question_service(), Path(folder) / "files", seed) as room:
                if exam.door == "chat":
                    await chat.chat(exam, chat.sentences(chance, count), room)
                else:
                    await chat.evidence(exam, chat.documents(chance, count), room)
        finally:
            database.close()


def through_the_shell(door: str, seed: int) -> str | None:
    """What is wrong where a sample goes through the command line."""
    chance = Random(f"{seed} {door} shell")  # noqa: S311 - no secret
    given = list((doors.questions if door == "ask" else doors.messages)(chance, SAMPLE))
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in given)
    command = [sys.executable, "-m", "bot", door, "--jsonl"]
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=False)
    answered = len(done.stdout.splitlines())
    if done.returncode or answered != len(given):
        return f"{door} --jsonl ended with {done.returncode} after {answered} of {len(given)} lines"
    return None


def main(arguments: Sequence[str]) -> int:
    """The exit status is 1 where anything was found."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    for door, count in COUNTS.items():
        parser.add_argument(f"--{door}", type=int, default=count, help=f"how many inputs (default {count})")
    chosen = parser.parse_args(arguments)
    set_up_logging(LogSettings(level="error", file=""))
    wrong = 0
    for door in COUNTS:
        count = getattr(chosen, door.replace("-", "_"))
        if not count:
            continue
        exam = examine(door, count, chosen.seed, SECONDS)
        wrong += len(exam.findings)
        sys.stdout.write(
            f"{door}, seed {chosen.seed}: {exam.asked} inputs, the slowest {exam.slowest:.1f} s, "
            f"{len(exam.findings)} findings\n"
        )
        for found in exam.findings:
            given = json.dumps(found.given, ensure_ascii=False, default=repr)
            sys.stdout.write(f"  {found.wrong}\n    {given[:SHOWN]}\n")
        if door in {"ask", "parse-update"} and (broken := through_the_shell(door, chosen.seed)):
            wrong += 1
            sys.stdout.write(f"  {broken}\n")
        sys.stdout.flush()
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
