"""The playground's opening: an office that is lived in, made by replaying `opening.yaml` over the page's own routes.

It is played once, where the playground's files are new, and goes on where a stopped playground left it. The page marks
what it wrote as 演示数据.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

import aiohttp
import structlog
import yaml

from bot.error_number import kind_of
from bot.playground import PageChannel
from bot.playground.personas import load_cast
from bot.playground.server import Site
from bot.playground.world import MORNING, World
from handlers.services.json_input import Json
from storage.database import Database
from storage.health import is_at_rest

PATIENCE_SECONDS = 30.0
"""How long a turn may take, all that it sets off included."""
_POLL_SECONDS = 0.01

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningTurn:
    """A day that begins, or what a person says or taps on."""

    day: date | None = None
    person: int = 0
    say: str | None = None
    tap: str | None = None


class OpeningError(Exception):
    """A turn cannot be played as it is written."""


@cache
def load_opening() -> tuple[OpeningTurn, ...]:
    """The turns as they are shipped, for the people of personas.yaml; read once."""
    people = {one.name: one.id for one in load_cast().people.values()}
    turns, person = [], 0
    for row in yaml.safe_load((Path(__file__).parent / "opening.yaml").read_text(encoding="utf-8")):
        person = people[row["as"]] if "as" in row else person
        day = date.fromisoformat(row["day"]) if "day" in row else None
        turns.append(OpeningTurn(day=day, person=person, say=row.get("say"), tap=row.get("tap")))
    return tuple(turns)


async def play_opening(site: Site, database: Database) -> None:
    """Play what has not been played yet, as soon as the bot is up; the page is told how far it is."""
    world = site.world
    if not world.opening.of:
        return
    await world.up.wait()
    try:
        async with aiohttp.ClientSession(site.page_url, raise_for_status=True) as session:
            page = _Page(session, world.channel)
            for turn in load_opening()[world.opening.done :]:
                if turn.day:
                    await _pass_days(turn.day, world, database)
                elif turn.say:
                    await page.say(turn.person, turn.say)
                elif turn.tap:
                    await page.tap(turn.person, turn.tap)
                await _rest(world, database)
                world.opening_goes_on()
            world.opening_ends(await page.newest(world))
    except (aiohttp.ClientError, OpeningError, TimeoutError) as error:
        log.error("opening not played whole", turn=load_opening()[world.opening.done], **kind_of(error))
        world.opening_ends(0)


async def _pass_days(until: date, world: World, database: Database) -> None:
    """Day after day, so that each reminder comes on its own; the first of all days is jumped to."""
    while (today := world.clock.today()) != until:
        world.clock.shift_to_time(today + timedelta(days=1) if world.opening.done else until, MORNING)
        world.keep_clock()
        await world.clock.announce()
        await _rest(world, database)


async def _rest(world: World, database: Database) -> None:
    """Until all is answered and sent that the turn has set off."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while world.book.count_updates() or not await database.run(is_at_rest, world.clock.now()):  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(_POLL_SECONDS)


@dataclass(frozen=True, slots=True)
class _Page:
    """The routes that the page posts to and reads, over either channel."""

    session: aiohttp.ClientSession
    channel: PageChannel

    async def say(self, person: int, text: str) -> None:
        await self._post("say", {"text": text}, person)

    async def tap(self, person: int, label: str) -> None:
        """Tap the button of that label, under the newest message that has it."""
        for message in reversed(await self._messages(person)):
            for name, data in _keys(message):
                if name == label:
                    await self._post("tap", {"message": _number(message), "data": data}, person)
                    return
        raise OpeningError(label)

    async def newest(self, world: World) -> int:
        """The number of the newest message of all chats."""
        found = [await self._messages(chat) for chat in (*world.cast.people, *world.cast.groups)]
        return max((_number(messages[-1]) for messages in found if messages), default=0)

    async def _post(self, kind: str, what: Json, person: int) -> None:
        told = {"person": person, "chat": person, **what}
        if self.channel is PageChannel.WEB:
            await self.session.post("/web/api/post", json={"kind": kind, "key": uuid4().hex, **told})
        else:
            await self.session.post(f"/play/api/{kind}", json={"tap": uuid4().hex, **told})

    async def _messages(self, chat: int) -> list[Json]:
        api = "web" if self.channel is PageChannel.WEB else "play"
        async with self.session.get(f"/{api}/api/messages", params={"chat": chat}) as answer:
            return [one.get("message", one) for one in await answer.json()]


def _number(message: Json) -> int:
    return int(message["message_id"] if "message_id" in message else message["id"])


def _keys(message: Json) -> list[tuple[str, str]]:
    """The buttons under a message of either channel: (label, data)."""
    telegrams = message.get("reply_markup", {}).get("inline_keyboard", [])
    keys = [(key["text"], key["callback_data"]) for row in telegrams for key in row if "callback_data" in key]
    return keys + [(label, data) for row in message.get("keyboard", []) for label, data in row]
