"""Sentences and files in chats, over the Bot API: each must be answered, and none may break anything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from soak.people import Person, Play
from soak.server import TOKEN, Arrival, Fetching, Server, serving
from sqlalchemy import select

from bot.app import serve
from bot.pace import LOOPBACK
from bot.playground.bindings import seed_people
from bot.playground.personas import Persona
from bot.telegram.connection import telegram
from fuzz.documents import document
from fuzz.doors import Exam
from fuzz.sentences import sentence
from handlers.access.service import Service
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.evidence import EvidenceRow, FileState

PLAN = "wuxue-2021-26"
VISITOR, LIAISON, HEAD, SUPERVISOR, OFFICE = range(660001, 660006)
BOUND = (
    Persona(LIAISON, "甲", "甲", "甲", role="liaison", unit="市科经局"),
    Persona(HEAD, "乙", "乙", "乙", role="head", unit="市科经局"),
    Persona(SUPERVISOR, "丙", "丙", "丙", role="supervisor"),
    Persona(OFFICE, "丁", "丁", "丁", role="office"),
)
PATIENCE = 30.0
LONGEST = 4096
"""UTF-16 code units of a message, as Telegram counts them."""
BROKEN = "系统出错"
TOLD = ("佐证已附上", "已收", "没有保存", "没有收下")


@dataclass(slots=True)
class Room:
    """A bot at work that nothing disturbs."""

    play: Play
    database: Database
    chance: Random
    people: dict[int, Person] = field(default_factory=dict)

    def person(self, number: int) -> Person:
        if number not in self.people:
            self.people[number] = Person(self.play, number, number, self.play.chance(number))
        return self.people[number]


@asynccontextmanager
async def room(database: Database, question_service: QuestionService, folder: Path, seed: int) -> AsyncIterator[Room]:
    """The database is migrated and empty."""
    with database.write() as session:
        seed_people(session, BOUND, plan=PLAN, now=datetime.now(UTC))
    server, stop = Server(seed, faults=0.0), asyncio.Event()
    async with serving(server):
        bot = asyncio.create_task(
            serve(
                telegram(
                    token=TOKEN,
                    base_url=f"{server.base_url}/bot",
                    base_file_url=f"{server.base_url}/file/bot",
                    proxy=None,
                ),
                database=database,
                question_service=question_service,
                clock=PlanClock(),
                per_minute=100_000,
                stop=stop,
                files=folder,
                service=Service(internal=True),
                pace=LOOPBACK,
            )
        )
        try:
            yield Room(Play(server, seed), database, Random(seed))  # noqa: S311 - no secret
        finally:
            stop.set()
            await bot


async def chat(exam: Exam, given: list[str], where: Room) -> None:
    """Several people at once, each with every so-manieth sentence; now and then somebody taps what comes."""

    async def talk(number: int, mine: list[str]) -> None:
        me = where.person(number)
        for text in mine:
            answer = await _answered(exam, me, text, {"message": me.message(text=_sendable(text))})
            if answer and answer.keyboard and me.chance.random() < 0.2:
                me.tap(answer, me.chance.choice(me.chance.choice(answer.keyboard))["callback_data"], None)

    crowd = (VISITOR, LIAISON, HEAD, SUPERVISOR, OFFICE)
    await asyncio.gather(*(talk(number, given[place :: len(crowd)]) for place, number in enumerate(crowd)))


async def evidence(exam: Exam, given: list[tuple[str, bytes]], where: Room) -> None:
    """One after the other, each with words of a report or after one; in the end no file is left between two states."""
    me = where.person(LIAISON)
    server = where.play.server
    for place, (name, content) in enumerate(given):
        number, since = me.word(), len(server.arrived[me.chat])
        server.files[number] = (content, Fetching.WHOLE)
        file = {"file_id": number, "file_unique_id": number, "file_size": len(content), "file_name": name}
        words = {"caption": f"5G基站建成{place + 1}个"} if place % 10 == 0 else {}
        me.hand_out({"message": me.message(document=file, **words)}, None)
        me.say(f"/{number}", number)  # answered when all is done about the file
        exam.asked += 1
        await server.heard(me.chat, since, partial(_holds, number), exam.limit or PATIENCE)
        *said, last = ["", *(one.text for one in server.arrived[me.chat][since:])]
        hoped = ("",) if words else TOLD
        if number not in last or BROKEN in "".join(said) or not any(one in "".join(said) for one in hoped):
            exam.find((name, content), f"answered {said}")
    with where.database.read() as session:
        wanted = session.scalars(select(EvidenceRow.id).where(EvidenceRow.state == FileState.WANTED)).all()
    exam.find([given[0][0]], f"{len(wanted)} files are still wanted" if wanted else None)


def _holds(words: str, arrival: Arrival) -> bool:
    return words in arrival.text


async def _answered(exam: Exam, me: Person, given: object, update: dict[str, object]) -> Arrival | None:
    """Something new in the chat, which is no error."""
    server = me.play.server
    since = len(server.arrived[me.chat])
    exam.asked += 1
    me.hand_out(update, None)
    answer = await server.heard(me.chat, since, lambda _: True, exam.limit or PATIENCE)
    if answer is None or BROKEN in answer.text:
        exam.find(given, answer.text[:80] if answer else "never answered")
    return answer


def _sendable(text: str) -> str:
    """As an app would send it: not empty, not too long, no half characters."""
    encoded = text.strip().encode("utf-16-le", "replace")[: 2 * LONGEST]
    return encoded.decode("utf-16-le", "ignore").strip() or "?"


def sentences(chance: Random, count: int) -> list[str]:
    return [sentence(chance) for _ in range(count)]


def documents(chance: Random, count: int) -> list[tuple[str, bytes]]:
    return [document(chance) for _ in range(count)]
