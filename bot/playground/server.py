"""The playground's HTTP server on loopback: Telegram's Bot API at `/bot<token>/`, the chat page at `/`."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp.web import (
    AbstractRouteDef,
    AppKey,
    Application,
    AppRunner,
    Request,
    Response,
    SockSite,
    StreamResponse,
    get,
    json_response,
    middleware,
    route,
)

from bot.playground import PageChannel, page
from bot.playground.api_errors import METHOD_NOT_FOUND, NOT_FOUND, UNAUTHORIZED, ApiError
from bot.playground.methods import call
from bot.playground.params import Params
from bot.playground.world import World
from handlers.services.clock import PlanClock
from handlers.services.json_input import read_json

WORLD = AppKey("world", World)
LOOPBACK = "127.0.0.1"
_BIGGEST_BODY_BYTES = 32 << 20
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class WebRoutes:
    """A channel of the page's own."""

    routes: Sequence[AbstractRouteDef]
    end_streams: Callable[[], None]
    """Lets the open pages go, at the end."""


Handler = Callable[[Request], Awaitable[StreamResponse]]


@dataclass(frozen=True, slots=True)
class Site:
    """A running playground server."""

    world: World
    port: int

    @property
    def page_url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/"

    @property
    def base_url(self) -> str:
        """What a Bot API client takes as its base URL: the token and the method follow it."""
        return f"http://{LOOPBACK}:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """Where files are fetched: the token and a File's path follow it."""
        return f"http://{LOOPBACK}:{self.port}/file/bot"


@asynccontextmanager
async def serve(
    path: Path | None = None,
    *,
    port: int = 0,
    clock: PlanClock | None = None,
    web: WebRoutes | None = None,
    turns: int = 0,
) -> AsyncIterator[Site]:
    """Run the server with the world kept in the file at `path` (None: in memory).

    `port` 0 takes a free one; OSError where the port is taken. With `web` the page speaks to the bot over these routes
    instead of over the Bot API. A new world has an opening of so many `turns`.
    """
    listening = socket.create_server((LOOPBACK, port))
    world = World(path, clock or PlanClock(), channel=PageChannel.WEB if web else PageChannel.TELEGRAM, turns=turns)
    application = _application(world, listening.getsockname()[1], web.routes if web else _bot_api_routes())
    runner = AppRunner(application, shutdown_timeout=1, access_log=None)
    await runner.setup()
    try:
        await SockSite(runner, listening).start()
        yield Site(world, listening.getsockname()[1])
    finally:
        world.close()
        if web:
            web.end_streams()
        await runner.cleanup()
        world.book.close()


def _application(world: World, port: int, channel: Iterable[AbstractRouteDef]) -> Application:
    hosts = {f"{name}:{port}" for name in (LOOPBACK, "localhost")}

    @middleware
    async def guard(request: Request, handler: Handler) -> StreamResponse:
        """Keep other sites out: a name that resolves to loopback (Host), and a page that posts here (Origin)."""
        origin = request.headers.get("Origin")
        if (
            request.host not in hosts
            or (origin is not None and origin.removeprefix("http://") not in hosts)
            or request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}
        ):
            return Response(status=403, text="This address serves its own page only.\n")
        return await handler(request)

    async def add_headers(_: Request, response: StreamResponse) -> None:
        response.headers.update(_HEADERS)

    app = Application(middlewares=[guard], client_max_size=_BIGGEST_BODY_BYTES)
    app[WORLD] = world
    app.on_response_prepare.append(add_headers)
    app.add_routes([*channel, *page.routes(world)])
    return app


def _bot_api_routes() -> list[AbstractRouteDef]:
    return [
        route("*", "/bot{token:[^/]+}/{method}", _bot_api),
        get("/file/bot{token:[^/]+}/{path:.+}", _file),
    ]


async def _bot_api(request: Request) -> Response:
    world = request.app[WORLD]
    try:
        if request.method not in {"GET", "POST"}:
            raise ApiError(*METHOD_NOT_FOUND)
        token = request.match_info["token"]
        if ":" not in token:
            raise ApiError(*NOT_FOUND)
        if token != world.token:
            raise ApiError(*UNAUTHORIZED)
        result = await call(world, request.match_info["method"], Params(await _values(request)))
    except ApiError as refused:
        answer: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
        if refused.parameters:
            answer["parameters"] = refused.parameters
        return json_response(answer, status=refused.code)
    return json_response({"ok": True, "result": result})


async def _file(request: Request) -> Response:
    world = request.app[WORLD]
    content = world.book.file(request.match_info["path"]) if request.match_info["token"] == world.token else None
    if content is None:
        return json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
    return Response(body=content, content_type="application/octet-stream")


async def _values(request: Request) -> dict[str, Any]:
    """Parameters from the query string, a JSON body, a form or a multipart form."""
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            return values | (read_json(await request.text()) if request.can_read_body else {})
        except (ValueError, TypeError):
            raise ApiError(400, "Bad Request: can't parse JSON object") from None
    return values | dict(await request.post())
