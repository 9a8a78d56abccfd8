"""The page's own record: what its chats show, the files in them, and the events that an open page is told.

It is to the page what Telegram's servers are to an app: the bot never reads it. An event names a change of the record
and has a number, so that a page that was away goes on after the last that it has seen.
"""

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.base import JsonObject
from storage.permissions import make_file, make_folder

KEPT_EVENTS = 2000
"""A page that has missed more reads everything anew."""

_TABLES = """
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, key TEXT UNIQUE, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS message_of_chat ON message (chat, id);
CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS menu (chat INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS file (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class PageEvent:
    number: int
    body: JsonObject


class PageStore:
    """Its calls block, and belong into one thread. A call is stored, with its event, when it returns."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or a record in memory where `path` is None."""
        if path:
            make_folder(path.parent)
            make_file(path)
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + _TABLES)

    def close(self) -> None:
        self._db.close()

    def add(self, body: JsonObject, *, key: str | None = None) -> int:
        """Show a message, and return its number; one with this key is shown once.

        Numbers start at the second in which the file was made: a message of an older file is none of this one.
        """
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            if key is not None and (
                known := self._db.execute("SELECT id FROM message WHERE key = ?", [key]).fetchone()
            ):
                return int(known[0])
            (last,) = self._db.execute("SELECT max(id) FROM message").fetchone()
            number = last + 1 if last else int(time.time())
            shown = {"id": number, **body}
            self._db.execute("INSERT INTO message VALUES (?, ?, ?, ?)", [number, body["chat"], key, _dumped(shown)])
            self._tell({"kind": "message", "message": shown})
        return number

    def change(self, chat: int, number: int, changed: JsonObject) -> bool:
        """Show a message with these fields changed; False where nothing of them is new."""
        before = self.message(chat, number)
        if before is None or before | changed == before:
            return False
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("UPDATE message SET body = ? WHERE id = ?", [_dumped(before | changed), number])
            self._tell({"kind": "changed", "message": before | changed})
        return True

    def drop(self, chat: int, number: int) -> None:
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("DELETE FROM message WHERE chat = ? AND id = ?", [chat, number])
            self._tell({"kind": "deleted", "chat": chat, "id": number})

    def toast(self, tap: str, text: str) -> None:
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._tell({"kind": "toast", "tap": tap, "text": text})

    def message(self, chat: int, number: int) -> JsonObject | None:
        row = self._db.execute("SELECT body FROM message WHERE chat = ? AND id = ?", [chat, number]).fetchone()
        return dict(json.loads(row[0])) if row else None

    def messages(self, chat: int, *, limit: int, before: int | None = None) -> list[JsonObject]:
        """The latest messages of a chat, oldest first."""
        rows = self._db.execute(
            "SELECT body FROM message WHERE chat = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [chat, before or 1 << 62, limit],
        )
        return [json.loads(body) for (body,) in rows][::-1]

    def last_of(self, chats: Sequence[int]) -> dict[str, JsonObject]:
        """The last message of each of the chats that has one, by the chat."""
        query = "SELECT body FROM message WHERE id IN (SELECT max(id) FROM message GROUP BY chat)"
        found = [json.loads(body) for (body,) in self._db.execute(query)]
        return {str(one["chat"]): one for one in found if one["chat"] in chats}

    def keep_menu(self, chat: int, commands: Sequence[tuple[str, str]]) -> None:
        """The commands of the chat's own menu; without any it has everybody's."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("DELETE FROM menu WHERE chat = ?", [chat])
            if commands:
                self._db.execute("INSERT INTO menu VALUES (?, ?)", [chat, json.dumps(commands, ensure_ascii=False)])
            self._tell({"kind": "commands"})

    def menus(self) -> dict[int, list[tuple[str, str]]]:
        rows = self._db.execute("SELECT chat, body FROM menu")
        return {chat: [(name, about) for name, about in json.loads(body)] for chat, body in rows}

    def keep_file(self, content: bytes) -> str:
        return str(self._db.execute("INSERT INTO file (body) VALUES (?)", [content]).lastrowid)

    def file(self, name: str) -> bytes | None:
        if not (name.isascii() and name.isdecimal()):
            return None
        row = self._db.execute("SELECT body FROM file WHERE id = ?", [int(name)]).fetchone()
        return bytes(row[0]) if row else None

    def last_event(self) -> int:
        (last,) = self._db.execute("SELECT max(id) FROM event").fetchone()
        return int(last or 0)

    def events(self, *, after: int) -> tuple[PageEvent, ...] | None:
        """What has happened since that event; None where that is not known: it is too long ago, or of another file."""
        first, last = self._db.execute("SELECT min(id), max(id) FROM event").fetchone()
        if not (first or 1) - 1 <= after <= (last or 0):
            return None
        rows = self._db.execute("SELECT id, body FROM event WHERE id > ? ORDER BY id", [after])
        return tuple(PageEvent(number, json.loads(body)) for number, body in rows)

    def _tell(self, body: JsonObject) -> None:
        number = self._db.execute("INSERT INTO event (body) VALUES (?)", [_dumped(body)]).lastrowid or 0
        self._db.execute("DELETE FROM event WHERE id <= ?", [number - KEPT_EVENTS])


def _dumped(body: JsonObject) -> str:
    return json.dumps(body, ensure_ascii=False)
