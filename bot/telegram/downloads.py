"""Downloading a file that was sent to the bot."""

import asyncio

import aiohttp
from telegram import Bot, File
from telegram.error import BadRequest, NetworkError

from bot.channel import AwayError
from bot.telegram.transport import Transport
from handlers.reports.evidence_files import LARGEST, FileProblem, problem_before

PATIENCE = 60.0
"""Seconds that a file may take to come."""


async def download(bot: Bot, transport: Transport, file: str, name: str) -> bytes | FileProblem:
    """One attempt; `name` is the file's, by which it may be refused before it comes."""
    try:
        found = await bot.get_file(file)
    except BadRequest as error:
        return FileProblem.TOO_LARGE if "too big" in error.message.lower() else FileProblem.GONE
    if problem := problem_before(name, found.file_size):
        return problem
    try:
        async with asyncio.timeout(PATIENCE):
            content = await _content(transport, found)
    except NetworkError as error:
        raise AwayError("download") from error  # each counts as an attempt
    return FileProblem.TOO_LARGE if content is None else content


async def _content(transport: Transport, file: File) -> bytes | None:
    """None where there is more of it than can be kept."""
    content = bytearray()
    headers = {"Accept-Encoding": "identity"}
    async with transport.asked("GET", file.file_path or "", patience=PATIENCE, headers=headers) as answer:
        if not answer.ok:
            raise AwayError("download", wanted=_seconds_wanted(answer))
        async for piece in answer.content.iter_any():
            content += piece
            if len(content) > LARGEST:
                return None
        if answer.content_length is None and len(content) < (file.file_size or 0):
            raise AwayError("download")  # only what has no length can end early unnoticed
    return bytes(content)


def _seconds_wanted(answer: aiohttp.ClientResponse) -> float:
    wanted = answer.headers.get("Retry-After", "")
    return float(wanted) if wanted.isdecimal() else 0.0
