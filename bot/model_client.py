"""The language model of an office's own network: asked to choose from closed lists, over the OpenAI chat interface.

It may be slow, away, or answer whatever it likes: one attempt within 2.5 seconds, and what does not keep to the lists
is no answer. It is tried out before its first question; a server that does not keep to a schema is not asked again.
"""

import asyncio
import json
from time import monotonic
from typing import Any

import aiohttp
import structlog

from bot.config import AssistantSettings
from bot.texts import assistant as texts
from knowledge.questions.model_choice import ChoiceList

SECONDS = 2.5
"""For a whole answer."""
MOST = 64 * 1024
"""Bytes of an answer that are read."""
FAILURES = 3
"""In a row; then it is left alone for"""
REST = 600.0
"""seconds."""

_TOKENS = 200
_TRIAL = ChoiceList(question=texts.TRIAL, entries={}, units=(), years=())
"""Asks for prose: whoever ignores the schema writes some."""

log = structlog.get_logger()


class NoChoiceError(Exception):
    """Nothing was chosen that can be used; `why` is for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ModelClient:
    def __init__(self, settings: AssistantSettings) -> None:
        self._settings = settings
        self._tried = False
        self._unfit = False
        self._failures = 0
        self._rests_until = 0.0

    async def choose(self, choices: ChoiceList) -> dict[str, str] | None:
        """One name of each list; None where nothing usable comes back. Raises nothing but cancellation."""
        if self._unfit or monotonic() < self._rests_until:
            return None
        if not self._tried:
            await self._try_out()
        return await self._asked(choices) if self._tried else None

    async def _try_out(self) -> None:
        """Once: whether it keeps to a schema. While it cannot be reached, that stays open."""
        try:
            await self._ask(_TRIAL)
        except NoChoiceError as error:
            self._unfit = error.why == "not of the lists"
            log.warning("assistant not usable", why=error.why, off=self._unfit)
            self._has_failed()
            return
        self._tried = True
        log.info("assistant keeps to the schema")

    async def _asked(self, choices: ChoiceList) -> dict[str, str] | None:
        began = monotonic()
        try:
            chosen = await self._ask(choices)
        except NoChoiceError as error:
            self._has_failed()
            log.info("assistant asked", outcome=error.why, seconds=round(monotonic() - began, 2))
            return None
        self._failures = 0
        log.info("assistant asked", outcome="chosen", seconds=round(monotonic() - began, 2), **chosen)
        return chosen

    def _has_failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._failures, self._rests_until = 0, monotonic() + REST

    async def _ask(self, choices: ChoiceList) -> dict[str, str]:
        try:
            async with asyncio.timeout(SECONDS):
                said = await self._post(choices)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NoChoiceError("slow" if isinstance(error, TimeoutError) else "away") from error
        try:
            answer = json.loads(json.loads(said)["choices"][0]["message"]["content"])
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise NoChoiceError("not of the lists") from error
        if not choices.keeps_to(answer):
            raise NoChoiceError("not of the lists")
        chosen: dict[str, str] = answer
        return chosen

    async def _post(self, choices: ChoiceList) -> bytes:
        key = self._settings.key
        headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(
                f"{self._settings.url}/chat/completions", json=self._body(choices), allow_redirects=False
            ) as response,
        ):
            if response.status != 200:
                raise NoChoiceError(f"status {response.status}")
            said = b""
            while len(said) < MOST and (more := await response.content.read(MOST - len(said))):
                said += more
            return said

    def _body(self, choices: ChoiceList) -> dict[str, Any]:
        schema = {"name": "choice", "strict": True, "schema": choices.schema()}
        return {
            "model": self._settings.model,
            "messages": [
                {"role": "system", "content": texts.TASK},
                {"role": "user", "content": texts.question(choices)},
            ],
            "temperature": 0,
            "max_tokens": _TOKENS,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }
