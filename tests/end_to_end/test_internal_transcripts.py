"""Conversations of people with roles as files (tests/end_to_end/transcripts/internal), over each channel.

A turn is one person's (`as` a name of PEOPLE; the person before, where none is said): what they `ask`, the button of
their last answer (or of the last message that has it) that they `tap`, `again` as it was before the message was edited,
or how begins what they `hear` unasked. It states what the answer `says`, what it `lacks`, which `buttons` it has, of
which page's turning is left out, which it `offers` among others, the `toast` of a tap, empty where none is stated, and
which `reports` are stored then (`620 accepted`). `day` moves the plan's clock before the turn, to nine o'clock.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import date, time
from itertools import takewhile
from pathlib import Path

import pytest
import yaml
from bot_harness import GROUP, Json, Talk, labels
from county_people import OF_THE_COUNTY
from report_harness import HEAD, MEICHUAN, OFFICE, SCIENCE, SUPERVISOR, TRAFFIC, VISITOR, report_harness
from web_client import WebSite, serve_web

from bot.playground.personas import Persona
from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService
from storage.database import Database

pytestmark = pytest.mark.both

FOLDER = Path(__file__).parent / "transcripts" / "internal"
TRANSCRIPTS = {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}
PEOPLE = {
    "访客": VISITOR,
    "市交通局": TRAFFIC,
    "市科经局": SCIENCE,
    "梅川镇": MEICHUAN,
    "督查室": SUPERVISOR,
    "办公室": OFFICE,
    "市科经局负责人": HEAD,
    "分管领导": 510008,
}
MORNING = time(9)
PATIENCE = 10.0
"""Seconds that a message may take that comes by itself."""


def transcript(name: str) -> Json:
    found: Json = yaml.safe_load(TRANSCRIPTS[name].read_text(encoding="utf-8"))
    assert set(found) == {"name", "today", "turns"}
    allowed = {"as", "day", "ask", "tap", "hear", "again", "says", "lacks", "buttons", "offers", "toast", "reports"}
    assert all(set(turn) <= allowed for turn in found["turns"])
    return found


@pytest.mark.parametrize("serve", [serve_playground, serve_web], ids=["telegram", "web"])
@pytest.mark.parametrize("name", TRANSCRIPTS)
async def test_a_transcript_of_roles_holds(
    name: str,
    serve: Callable[[], AbstractAsyncContextManager[Site]],
    database: Database,
    question_service: QuestionService,
) -> None:
    found = transcript(name)
    clock = PlanClock()
    clock.shift_to_time(date.fromisoformat(found["today"]), MORNING)
    more = {one: OF_THE_COUNTY[one] for one in {turn.get("as") for turn in found["turns"]} & set(OF_THE_COUNTY)}
    async with serve() as site:
        cast = site.world.cast
        site.world.cast = replace(cast, people=cast.people | {one.id: one for one in more.values()})
        if isinstance(site, WebSite):
            accounts = site.channel.accounts
            names = {one.id: one.name for one in more.values()}
            site.channel.accounts = replace(accounts, people={**accounts.people, **names})
        await _played(found["turns"], site, database, question_service, clock, more)


async def _played(
    turns: list[Json],
    site: Site,
    database: Database,
    question_service: QuestionService,
    clock: PlanClock,
    more: Mapping[str, Persona],
) -> None:
    async with report_harness(site, database, question_service, clock=clock) as harness:
        people = PEOPLE | {one: persona.id for one, persona in more.items()}
        talks = {one: harness.talk(person) for one, person in people.items()}
        talks |= {f"群里的{one}": Talk(site, talk.events, talk.person, GROUP) for one, talk in talks.items()}
        shown: dict[str, Json] = {}
        before: list[Json] = []
        unasked: list[Json] = []
        who = ""
        for number, turn in enumerate(turns, 1):
            who = turn.get("as", who)
            if day := turn.get("day"):
                clock.shift_to_time(date.fromisoformat(day), MORNING)
                await clock.announce()
            await harness.at_rest()
            shown[who], toast = await _turn(talks[who], turn, shown.get(who, {}), before, unasked)
            before.append(shown[who])
            told = "\n".join(_told(who, turn, shown[who]))
            print(told)  # noqa: T201 - what a reader of a failure looks at first
            assert toast == turn.get("toast", ""), (number, told)
            for part in turn.get("says", ()):
                assert part in shown[who]["text"], (number, part, told)
            for part in turn.get("lacks", ()):
                assert part not in shown[who]["text"], (number, part, told)
            if "buttons" in turn:
                assert list(_buttons(shown[who])) == turn["buttons"], (number, told)
            assert set(turn.get("offers", ())) <= set(labels(shown[who])), (number, told)
            if "reports" in turn:
                stored = [f"{one.value or one.state or one.kind} {one.status}" for one in harness.reports()]
                assert stored == turn["reports"], (number, told)


async def _turn(talk: Talk, turn: Json, shown: Json, before: list[Json], unasked: list[Json]) -> tuple[Json, str]:
    """The answer, or where a tap changes nothing the message as it was; and the toast."""
    if "tap" in turn:
        messages = before if turn.get("again") else [*talk.messages(), shown]
        card = next((one for one in reversed(messages) if turn["tap"] in labels(one)), None)
        assert card is not None, (turn["tap"], [labels(one) for one in messages])
        toast = await talk.tap(card, turn["tap"])
        return (shown if toast else await _answer(talk, unasked)), toast
    if "hear" in turn:
        unasked.append(await _heard(talk, turn["hear"]))
        return unasked[-1], ""
    talk.say(turn["ask"])
    return await _answer(talk, unasked), ""


async def _answer(talk: Talk, unasked: list[Json]) -> Json:
    """The next message or edit that is none of the `unasked` ones: the feed tells of those, too."""
    while (found := await talk.heard()) in unasked:
        pass
    return found


async def _heard(talk: Talk, beginning: str) -> Json:
    """The message that begins so, which may have come while others spoke."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = [one for one in talk.messages() if one["text"].startswith(beginning)]
            if found:
                while not talk.events.empty():  # it is heard by now
                    talk.events.get_nowait()
                return found[-1]
            await asyncio.sleep(0.05)


def _buttons(shown: Json) -> Iterator[str]:
    """Those before what turns pages and the thumbs."""
    return takewhile(lambda one: one not in {"上一页", "下一页", "👍 有用"}, labels(shown))


def _told(who: str, turn: Json, shown: Json) -> Iterator[str]:
    yield f"--- {who}: {turn.get('ask') or turn.get('tap') or ''}"
    yield shown["text"]
    yield " ".join(f"[{label}]" for label in labels(shown))
