"""The people of a play: what each does in which chat, and what must come of it.

Whoever is `strict` gets exactly what is due, in order. Among the answers to strange updates anything may stand.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from bot.playground.personas import Persona
from soak.kinds import strange_update
from soak.server import ME, Arrival, Fetching, Json, Server

MARK = "zqxj"
"""Begins every word that people make up: none of them may stand in a log."""
PATIENCE = 60.0
OLDEST = 3600
QUESTIONS = (
    ("市交通局负责哪些任务", "市交通局：共 9 项"),
    ("5G基站目标是多少", "700个以上"),
    ("长江大保护谁牵头", "长江大保护"),
    ("市财政局牵头哪些任务", "市财政局：首列 1 项"),
    ("梅川镇有哪些任务", "梅川镇"),
)
REPORTERS = {
    610001: Persona(610001, "甲", "甲", "甲", role="liaison", unit="市科经局"),
    610002: Persona(610002, "乙", "乙", "乙", role="liaison", unit="市交通局"),
    610003: Persona(610003, "丙", "丙", "丙", role="liaison", unit="市教育局"),
}
VISITORS = (620001, 620002, 620003)
STRANGERS = {
    630001: None,
    630002: Persona(630002, "丁", "丁", "丁", role="liaison", unit="市卫健局"),
}
"""Those who send whatever there is: a visitor and a bound one."""
GROUP, FORUM = -640001, -1000000640002
BLOCKED, GONE = 650001, 650002
PDF, JPG = b"%PDF-1.4\n" + b"minutes " * 400, b"\xff\xd8\xff\xe0" + b"a picture " * 400


@dataclass(frozen=True, slots=True)
class Due:
    """What must come of an update: an answer that holds `words`, in its chat; in a forum in the thread it came from."""

    chat: int
    update: int
    words: str
    thread: int | None = None
    optional: bool = False
    """It may come, and need not."""


@dataclass(slots=True)
class File:
    """A file sent as evidence, with the name that its sender knows it by."""

    chat: int
    name: str
    content: bytes
    fetching: Fetching
    cancelled: bool = False
    """With the report that it came with."""


@dataclass(slots=True)
class Play:
    """What has been done so far, for the books."""

    server: Server
    seed: int
    dues: list[Due] = field(default_factory=list)
    taps: list[str] = field(default_factory=list)
    figures: dict[int, list[int]] = field(default_factory=dict)
    """By person: what was reported and confirmed, in order."""
    files: list[File] = field(default_factory=list)
    strange: dict[int, bool] = field(default_factory=dict)
    """By number: whether it is true to the schema."""
    wrong: list[str] = field(default_factory=list)

    def chance(self, who: object) -> Random:
        return Random(f"{self.seed} {who}")  # noqa: S311 - no secret


@dataclass(slots=True)
class Person:
    """Somebody in a chat. What people write has their mark in it wherever the bot does not have to read it."""

    play: Play
    person: int
    chat: int
    chance: Random
    thread: int | None = None
    _since: int = 0

    def word(self) -> str:
        return MARK + "".join(self.chance.choice("bcdfghjkmpqrtvwxz") for _ in range(12))

    def message(self, **content: Any) -> Json:
        kinds = {True: "private", self.chat == GROUP: "group", self.chat == FORUM: "supergroup"}
        chat: Json = {"id": self.chat, "type": kinds[True]}
        if self.chat < 0:
            chat |= {"title": self.word(), **({"is_forum": True} if self.chat == FORUM else {})}
        else:
            chat["first_name"] = self.word()
        of_thread = {"message_thread_id": self.thread, "is_topic_message": True} if self.thread else {}
        return {
            "message_id": self.play.server.number(),
            "date": int(time.time()),
            "chat": chat,
            "from": {"id": self.person, "is_bot": False, "first_name": self.word(), "last_name": self.word()},
            **of_thread,
            **content,
        }

    def say(self, text: str, words: str, **more: Any) -> Json:
        """Write; `words` are what the answer holds. The update, with its number."""
        entities = [_entity("bot_command", text, 0)] if text[0] == "/" else []
        if "@" in text and text[0] != "/":
            entities.append(_entity("mention", text, text.index("@")))
        return self.hand_out({"message": self.message(text=text, entities=entities, **more)}, words)

    def hand_out(self, update: Json, words: str | None) -> Json:
        number = self.play.server.hand_out(update)
        if words is not None:
            self.play.dues.append(Due(self.chat, number, words, self.thread))
        return {**update, "update_id": number}

    def tap(self, under: Arrival, data: str, words: str | None) -> None:
        tap = f"tap{self.word()}"
        message = {**self.message(text=under.text), "message_id": under.number, "from": ME}
        sender = self.message()["from"]
        query = {"id": tap, "from": sender, "message": message, "chat_instance": "1", "data": data}
        self.play.taps.append(tap)
        self.hand_out({"callback_query": query}, words)

    async def hear(self, words: str) -> Arrival | None:
        """The answer that holds the words, among those not yet heard."""
        server = self.play.server
        found = await server.heard(self.chat, self._since, lambda one: words in one.text, PATIENCE)
        if found is None:
            self.play.wrong.append(f"{self.chat} never heard {words!r}")
        else:
            self._since = server.arrived[self.chat].index(found) + 1
        return found

    async def breathe(self) -> None:
        await asyncio.sleep(self.chance.choice((0.0, 0.05, 0.3)))


# ---- visitors and groups --------------------------------------------------------------------------------------------


async def visit(me: Person) -> None:
    """Ask, edit, tap, send what cannot be read, all of it sometimes twice or faster than it is answered."""
    await me.chance.choice((_ask, _ask, _command, _haste, _edit, _tap_forged, _tap_old, _media, _twice, _again))(me)


async def _ask(me: Person) -> None:
    text, words = me.chance.choice(QUESTIONS)
    me.say(text, words)
    await me.hear(words)


async def _command(me: Person) -> None:
    word = me.word()
    me.say(f"/{word}", word)
    await me.hear(word)


async def _haste(me: Person) -> None:
    for _ in range(me.chance.randrange(2, 6)):
        word = me.word()
        me.say(f"/{word}", word)
    await me.hear(word)


async def _edit(me: Person) -> None:
    """The answer of a question that was edited changes, or is given anew."""
    (first, words), (second, others) = me.chance.sample(QUESTIONS, 2)
    update = me.say(first, words)
    await me.hear(words)
    me.hand_out({"edited_message": {**update["message"], "text": second, "edit_date": int(time.time())}}, others)
    await me.hear(others)


async def _tap_forged(me: Person) -> None:
    text, words = me.chance.choice(QUESTIONS)
    me.say(text, words)
    if under := await me.hear(words):
        me.tap(under, me.chance.choice(("2:999999:0", "3:1:0", me.word(), "2:999999:p9", "", "2:-1:0")), None)


async def _tap_old(me: Person) -> None:
    """A button that stands under an answer given some time ago."""
    keyed = [one for one in me.play.server.arrived[me.chat] if one.keyboard]
    if not keyed:
        return await _ask(me)
    under = me.chance.choice(keyed)
    me.tap(under, under.keyboard[-1][-1]["callback_data"], "")
    me.play.dues[-1] = replace(me.play.dues[-1], optional=True)
    return await _command(me)


async def _media(me: Person) -> None:
    file = {"file_id": me.word(), "file_unique_id": "u", "duration": 1}
    kinds: Json = {
        "voice": file,
        "location": {"latitude": 29.8, "longitude": 115.5},
        "contact": {"phone_number": me.word(), "first_name": me.word()},
        "dice": {"emoji": "🎲", "value": 3},
    }
    kind = me.chance.choice(list(kinds))
    me.hand_out({"message": me.message(**{kind: kinds[kind]})}, "请打")
    await _command(me)


async def _twice(me: Person) -> None:
    """The same update comes again, as after a poll whose answer got lost."""
    word = me.word()
    update = me.say(f"/{word}", word)
    await me.hear(word)
    me.play.server.again(update)


async def _again(me: Person) -> None:
    """Two people's updates, of which the later number comes first."""
    first, second = me.word(), me.word()
    me.say(f"/{first}", first)
    me.say(f"/{second}", second)
    me.play.server.again(me.play.server.updates[-1])
    await me.hear(second)


async def meet(me: Person) -> None:
    """In groups: questions to the bot by name, and talk that is not its business."""
    match me.chance.randrange(3):
        case 0:
            me.hand_out({"message": me.message(text=me.word())}, None)
        case 1:
            word = me.word()
            me.say(f"/{word}@{ME['username']}", word)
            await me.hear(word)
        case _:
            text, words = me.chance.choice(QUESTIONS)
            me.say(f"@{ME['username']} {text}", words)
            await me.hear(words)


async def shout(me: Person) -> None:
    """From where nothing can be sent: nothing is due, but it must not be in anybody's way."""
    me.hand_out({"message": me.message(text=me.chance.choice(QUESTIONS)[0])}, None)
    await asyncio.sleep(0.5)


async def be_strange(me: Person) -> None:
    """Some update of some kind, and then a good one, which is answered."""
    for _ in range(me.chance.randrange(1, 3)):
        update, whole = strange_update(me.chance, me.message(), me.word)
        me.play.strange[me.play.server.hand_out(update)] = whole
    await _command(me)


# ---- those who report -----------------------------------------------------------------------------------------------


async def report(me: Person) -> None:
    """A figure, larger than the last; mostly confirmed, sometimes with evidence, sometimes by two taps."""
    figures = me.play.figures.setdefault(me.person, [])
    figure = (figures[-1] if figures else 100) + me.chance.randrange(1, 5)
    text, number = f"5G基站建成{figure}个", f"{figure} 个"
    file = _send_photo(me, text, number) if me.chance.random() < 0.4 else me.say(text, number)
    card = await me.hear(number)
    confirm, cancel = (card.data("确认"), card.data("取消")) if card else (None, None)
    if card is None or confirm is None or cancel is None:
        return
    if me.chance.random() < 0.2:
        me.tap(card, cancel, "已取消")
        if isinstance(file, File):
            file.cancelled = True
        await me.hear("已取消")
        return
    me.tap(card, confirm, "已记录")
    figures.append(figure)
    if me.chance.random() < 0.3:
        me.tap(card, confirm, None)
    await me.hear("已记录")
    if me.chance.random() < 0.4:
        name = f"{me.word()}.pdf"
        _send_file(me, me.message(), name, name, PDF, document=True)  # what became of it, whatever it is
        await me.hear(name)


def _send_photo(me: Person, caption: str, words: str) -> File:
    message = me.message(caption=caption)
    return _send_file(me, message, words, f"照片{message['message_id']}.jpg", JPG)


def _send_file(me: Person, message: Json, words: str, name: str, content: bytes, *, document: bool = False) -> File:
    number = me.word()
    file = File(me.chat, name, content + number.encode(), me.chance.choice(list(Fetching)))
    me.play.server.files[number] = (file.content, file.fetching)
    me.play.files.append(file)
    known: Json = {"file_id": number, "file_unique_id": number, "file_size": len(file.content)}
    if document:
        message["document"] = {**known, "file_name": name, "mime_type": "application/pdf"}
    else:
        message["photo"] = [{**known, "width": 800, "height": 600}]
    update = me.hand_out({"message": message}, words)
    me.play.dues.append(Due(me.chat, update["update_id"], f"{name} 没有保存", optional=True))
    return file


# ---- all together ---------------------------------------------------------------------------------------------------


def cast(play: Play) -> list[tuple[Person, Callable[[Person], Awaitable[None]]]]:
    """Everybody, with what they do again and again."""

    def person(number: int, chat: int | None = None, thread: int | None = None) -> Person:
        return Person(play, number, chat or number, play.chance((number, chat, thread)), thread)

    return [
        *((person(one), report) for one in REPORTERS),
        *((person(one), visit) for one in VISITORS),
        *((person(one), be_strange) for one in STRANGERS),
        (person(VISITORS[0], GROUP), meet),
        (person(VISITORS[1], FORUM, 77), meet),
        (person(BLOCKED), shout),
        (person(GONE), shout),
    ]


def strict(chat: int) -> bool:
    return chat not in STRANGERS


def _entity(kind: str, text: str, start: int) -> Json:
    """To the next space; the text before it is ASCII or in the basic plane."""
    end = text.find(" ", start)
    return {"type": kind, "offset": start, "length": (end if end > 0 else len(text)) - start}
