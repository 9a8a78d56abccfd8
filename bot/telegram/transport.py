"""The transport of Bot API calls: an answer is read within our own limits, and its words are never logged."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from math import isfinite
from ssl import SSLContext, create_default_context
from typing import Any
from urllib.parse import urlencode

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

POOL_SECONDS = 30.0
"""How long a request waits for its connection at most,"""
CONNECT_SECONDS = 5.0
"""of this for one that is made,"""
ANSWER_SECONDS = 5.0
"""and where nothing else is said for an answer that does not go on."""
WRITE_SECONDS = 120.0
"""How long the largest request may take to go out."""

DEEPEST = 64
"""Levels of brackets that are read; Telegram's own answers have about a dozen."""
LONGEST_NUMBER = 40
"""Digits of a whole number that are read; an id has at most sixteen."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)

_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""How a text in JSON holds what cannot be stored; it may also be half of what can."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
"""One UTF-16 unit, as what it stands for, so that Telegram's offsets into the text stay right."""


class UnsentError(NetworkError):
    """No connection was made: whatever was to be sent is not there."""


class Transport(BaseRequest):
    """By aiohttp, in a quarter of the processor's time that python-telegram-bot's own transport takes.

    Whom it believes and what proxy it goes through is not the environment's to say.
    """

    def __init__(self, *, connections: int, proxy: str | None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._socks = proxy is not None and proxy.startswith("socks")
        self._unsent: tuple[type[Exception], ...] = (*_UNSENT, *_socks_errors()) if self._socks else _UNSENT
        self._session: aiohttp.ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float | None:
        return ANSWER_SECONDS

    @override
    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=self._connector(),
                proxy=None if self._socks else self._proxy,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    @override
    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """The other timeouts are our own."""
        patience = read_timeout if isinstance(read_timeout, int | float) else ANSWER_SECONDS
        body = _body(request_data) if request_data else {}
        async with self.asked(method, url, patience=patience, **body) as answer:
            return answer.status, await answer.read()

    @asynccontextmanager
    async def asked(
        self, method: str, url: str, *, patience: float, **options: Any
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """The answer to a request; it may be silent for `patience` seconds. Raises NetworkError, in the block too."""
        if self._session is None:
            raise RuntimeError("not initialized")
        timeout = aiohttp.ClientTimeout(
            total=POOL_SECONDS + WRITE_SECONDS + patience,
            connect=POOL_SECONDS,
            sock_connect=CONNECT_SECONDS,
            sock_read=patience,
        )
        try:
            async with self._session.request(method, url, timeout=timeout, allow_redirects=False, **options) as answer:
                yield answer
        except self._unsent as error:
            raise UnsentError(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error

    def _connector(self) -> aiohttp.BaseConnector:
        options: dict[str, Any] = {"limit": self._connections, "ssl": _certificates()}
        if not self._socks:
            return aiohttp.TCPConnector(**options)
        from aiohttp_socks import ProxyConnector

        address = (self._proxy or "").replace("socks5h:", "socks5:")
        return ProxyConnector.from_url(address, rdns=True, **options)  # names are the proxy's to look up

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; whatever is none is a failure of the network, and passes as these do.

        The library's own would write the whole answer into the log.
        """
        try:
            found = decode(payload)
        except ValueError:
            found = None
        if not isinstance(found, dict) or (found.get("ok", True) and found.get("result") is None):
            raise NetworkError("no answer of a Bot API server")
        return found


def _body(request: RequestData) -> dict[str, Any]:
    """What is sent, as aiohttp is given it."""
    if not request.multipart_data:
        return {"data": urlencode(request.json_parameters).encode(), "headers": _FORM}
    form = aiohttp.FormData(request.json_parameters, quote_fields=False)  # file names in Chinese
    for name, (filename, content, kind) in request.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


@cache
def _certificates() -> SSLContext:
    """Whom it believes; to read it takes a while, and is done once."""
    return create_default_context(cafile=certifi.where())


def _socks_errors() -> tuple[type[Exception], ...]:
    """What keeps a SOCKS proxy from making a connection."""
    from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

    return ProxyConnectionError, ProxyError, ProxyTimeoutError


def decode(payload: bytes) -> Any:
    """JSON in which everything can be stored; ValueError where it is none.

    What is nested too deep, or is a number too long or too large, is null; NUL and lone surrogates are U+FFFD.
    """
    text = _without_the_deep(payload.decode("utf-8", "replace"))
    found = json.loads(text, parse_int=_whole_number, parse_float=_number, parse_constant=lambda _: None)
    return _storable(found) if _ESCAPED.search(text) else found


def _without_the_deep(text: str) -> str:
    """The text with null in the place of each value that lies too deep."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return text
    kept, level, done = [], 0, 0
    for mark in _MARKS.finditer(text):
        if mark[0] in "[{":
            level += 1
            if level == DEEPEST + 1:
                kept += [text[done : mark.start()], "null"]
        elif mark[0] in "]}":
            level -= 1
            if level == DEEPEST:
                done = mark.end()
    return "".join([*kept, text[done:]]) if kept else text


def _whole_number(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def _number(digits: str) -> float | None:
    number = float(digits)
    return number if isfinite(number) else None


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub(_REPLACEMENT, value)
    if isinstance(value, dict):
        return {_storable(name): _storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value
