"""A month of an office that starts: 12 units of which four have nobody, 30 people, each asks in their own words.

`month/march.yaml` is walked in order. What is asked is answered and undone, so that no sentence leans on another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from reminder_chat import Chat, Shown
from reminder_harness import HEAD, LEADER, MEICHUAN, OFFICE, PLAN, SCIENCE, SUPERVISOR, TRAFFIC, ReminderHarness
from sqlalchemy.orm import Session

from bot.playground.bindings import seed_people
from bot.playground.personas import Persona, load_cast
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from knowledge.plan.model import Frequency
from storage.database import Database

MONTH = Path(__file__).parent / "month"
WHO = {
    "visitor": 510001,
    "traffic": TRAFFIC,
    "science": SCIENCE,
    "town": MEICHUAN,
    "supervisor": SUPERVISOR,
    "office": OFFICE,
    "head": HEAD,
    "leader": LEADER,
    "farming": 601,
    "farming_head": 602,
    "housing": 603,
    "housing_head": 604,
    "education": 605,
    "investment": 607,
    "traffic_head": 608,
    "aide": 611,
    "project_desk": 612,
    "project_contact": 613,
    "signer": 614,
}
NOT_IN_THE_PLAN, ASKED_BACK = ("没有提到", "没有读懂问的"), "没有读懂这句话"
AS_MEANT, ONLY_OFFERED = 0.95, 0.2


@dataclass
class Undone:
    """The database, in which nothing that is written stays."""

    database: Database

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self.database.write() as session:
            yield session
            session.rollback()

    def __getattr__(self, name: str) -> object:
        return getattr(self.database, name)


@dataclass
class Figures:
    meant: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """Read as words that the plan does not have."""
    other: list[str] = field(default_factory=list)
    """Answered with another thing."""
    asked_back: list[str] = field(default_factory=list)

    @property
    def all(self) -> int:
        return sum(map(len, (self.meant, self.offered, self.lost, self.other, self.asked_back)))

    def add(self, row: dict[str, Any], shown: Shown) -> None:
        said = f"{row['as']}: {row['asks']}"
        told = f"{said}\n    {shown.text[:200]!r} {shown.labels}"
        if any(words in shown.text for words in NOT_IN_THE_PLAN):
            self.lost.append(told)
        elif ASKED_BACK in shown.head:
            (self.offered if row.get("offers") in shown.labels[:3] else self.asked_back).append(told)
        elif all(words in f"{shown.text} {shown.labels}" for words in row["shows"]):
            self.meant.append(said)
        else:
            self.other.append(told)


def people() -> tuple[Persona, ...]:
    return tuple(Persona(**one) for one in yaml.safe_load((MONTH / "people.yaml").read_text("utf-8"))["people"])


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 2, 13)))
    with database.write() as session:
        seed_people(session, people(), plan=PLAN, now=machine_now())
    return chat


def walk(chat: Chat) -> Iterator[tuple[dict[str, object], Shown]]:
    """What is said and tapped is done; what is asked comes with its answer."""
    harness, kept = chat.harness, chat.harness.database
    for row in yaml.safe_load((MONTH / "march.yaml").read_text("utf-8")):
        who = WHO.get(row.get("as", ""), 0)
        if "day" in row:
            harness.on(date.fromisoformat(row["day"]))
        elif "own" in row:
            harness.own(row["own"], *(name.split(" ", 1) for name in row["of"]), frequency=Frequency.MONTHLY)
        elif "say" in row:
            shown = chat.say(who, row["say"])
            label = next((label for label in shown.labels if label.startswith(row["tap"])), "")
            assert label, (row, shown.text, shown.labels)
            chat.tap(who, shown, label)
        else:
            harness.database = Undone(kept)  # type: ignore[assignment]
            yield row, chat.say(who, row["asks"])
            harness.database = kept


def test_the_office_has_thirty_people_and_four_units_without_any() -> None:
    bound = [one for one in (*load_cast().people.values(), *people()) if one.role]
    units = {one.unit for one in bound if one.role in ("liaison", "head")}
    rows = yaml.safe_load((MONTH / "march.yaml").read_text("utf-8"))
    asked = {row["own"] for row in rows if "own" in row}
    assert len(bound) == 30
    assert len(units) == 8
    assert len(asked - units) == 4


def test_each_role_is_understood_in_its_own_words_through_a_month(chat: Chat) -> None:
    figures = Figures()
    for row, shown in walk(chat):
        figures.add(row, shown)
    print(f"\n{figures.all}: meant {len(figures.meant)}, offered {len(figures.offered)}")  # noqa: T201 - what a reader of a failure looks at first
    for name in ("lost", "other", "asked_back", "offered"):
        print(f"-- {name}", *getattr(figures, name), sep="\n  ")  # noqa: T201 - the same
    assert figures.lost == []
    assert figures.other == []
    assert len(figures.offered) <= ONLY_OFFERED * figures.all
    assert len(figures.meant) + len(figures.offered) >= AS_MEANT * figures.all
