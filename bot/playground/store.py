"""The playground's own file: the messages of its chats, the updates that wait for the bot, and a few facts."""

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

from handlers.services.json_input import Json
from storage.permissions import make_file, make_folder

_TABLES = """
CREATE TABLE IF NOT EXISTS message (
    chat INTEGER, id INTEGER, shown_at TEXT, body TEXT, PRIMARY KEY (chat, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (id INTEGER PRIMARY KEY, at REAL, body TEXT);
CREATE TABLE IF NOT EXISTS file (id TEXT PRIMARY KEY, body BLOB);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT);
"""


class Book:
    """Every call is stored when it returns, so a stopped playground goes on where it was."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or a book in memory where `path` is None."""
        if path:
            make_folder(path.parent)
            make_file(path)
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + _TABLES)

    def close(self) -> None:
        self._db.close()

    def fact(self, name: str, default: Any = None) -> Any:
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", [name]).fetchone()
        return json.loads(row[0]) if row else default

    def set_fact(self, name: str, value: Any) -> None:
        self._db.execute("REPLACE INTO fact VALUES (?, ?)", [name, json.dumps(value, ensure_ascii=False)])

    def next_number(self) -> int:
        """A number for a message, an update or a query.

        It starts at the second in which the file was made: a bot whose own database has outlived an older file of
        ours must not take new updates for ones it has seen.
        """
        number = int(self.fact("number", int(time.time()))) + 1
        self.set_fact("number", number)
        return number

    # messages: `shown_at` is the plan's time, which the page shows; the message's own date is the machine's

    def put_message(self, message: Json, shown_at: str) -> None:
        """Store a new message, or a changed one, which keeps the time it was first shown with."""
        self._db.execute(
            "INSERT INTO message VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            [message["chat"]["id"], message["message_id"], shown_at, json.dumps(message, ensure_ascii=False)],
        )

    def drop_message(self, chat: int, message: int) -> None:
        self._db.execute("DELETE FROM message WHERE chat = ? AND id = ?", [chat, message])

    def message(self, chat: int, message: int) -> Json | None:
        row = self._db.execute("SELECT body FROM message WHERE chat = ? AND id = ?", [chat, message]).fetchone()
        return dict(json.loads(row[0])) if row else None

    def messages(self, chat: int, *, limit: int, before: int | None = None) -> list[Json]:
        """The latest messages of a chat, oldest first, each as `{"message": Message, "shown_at": ISO time}`."""
        rows = self._db.execute(
            "SELECT body, shown_at FROM message WHERE chat = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [chat, before or 1 << 62, limit],
        )
        return [{"message": json.loads(body), "shown_at": shown_at} for body, shown_at in rows][::-1]

    # files, by the id that messages name

    def put_file(self, file: str, content: bytes) -> None:
        self._db.execute("REPLACE INTO file VALUES (?, ?)", [file, content])

    def file(self, file: str) -> bytes | None:
        row = self._db.execute("SELECT body FROM file WHERE id = ?", [file]).fetchone()
        return bytes(row[0]) if row else None

    # updates that wait for the bot

    def put_update(self, update: Json, at: float) -> None:
        self._db.execute(
            "INSERT INTO waiting VALUES (?, ?, ?)", [update["update_id"], at, json.dumps(update, ensure_ascii=False)]
        )

    def updates(self, limit: int) -> list[Json]:
        rows = self._db.execute("SELECT body FROM waiting ORDER BY id LIMIT ?", [limit])
        return [json.loads(body) for (body,) in rows]

    def count_updates(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM waiting").fetchone()[0])

    def forget_updates(self, *, below: int = 0, older_than: float = 0, keep_last: int | None = None) -> None:
        """Drop the updates with a smaller id, those that came before a time, and all but the last few."""
        self._db.execute("DELETE FROM waiting WHERE id < ? OR at < ?", [below, older_than])
        if keep_last is not None:
            self._db.execute(
                "DELETE FROM waiting WHERE id NOT IN (SELECT id FROM waiting ORDER BY id DESC LIMIT ?)", [keep_last]
            )
