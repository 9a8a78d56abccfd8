"""A chat page in a browser, of a playground whose bot is at work."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from bot_harness import bot_at_work
from playwright.async_api import Browser, Page, ViewportSize
from web_client import WebSite, serve_web

from bot.playground.server import Site, serve
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService
from storage.database import open_database
from storage.migrate import migrate

DESKTOP: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 420, "height": 860}
CHROMIUM_ARGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--lang=zh-CN"]


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


@asynccontextmanager
async def playground(folder: Path, question_service: QuestionService) -> AsyncIterator[Site]:
    clock = _clock()
    async with serve(clock=clock) as site, _bot(folder, site, question_service):
        yield site


@asynccontextmanager
async def web_playground(folder: Path, question_service: QuestionService) -> AsyncIterator[WebSite]:
    """The same where the page is the channel."""
    async with serve_web(_clock(), hears=False) as site, _bot(folder, site, question_service):
        yield site


def _clock() -> PlanClock:
    clock = PlanClock()
    clock.shift_to_time(date(2023, 3, 1), clock.now().time())
    return clock


@asynccontextmanager
async def _bot(folder: Path, site: Site, question_service: QuestionService) -> AsyncIterator[None]:
    url = f"sqlite:///{folder}/duban.sqlite"
    migrate(url)
    database = open_database(url)
    async with bot_at_work(site, database, question_service):
        yield
    database.close()


@asynccontextmanager
async def opened(browser: Browser, site: Site, size: ViewportSize) -> AsyncIterator[Page]:
    """The chat page; nothing may go wrong in its scripts or be loaded from elsewhere."""
    wrong: list[str] = []
    context = await browser.new_context(viewport=size, has_touch=size is PHONE, locale="zh-CN")
    page = await context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda sent: None if sent.url.startswith(site.page_url) else wrong.append(sent.url))
    await page.goto(site.page_url)
    await page.locator(".welcome").wait_for()
    yield page
    await context.close()
    assert wrong == []
