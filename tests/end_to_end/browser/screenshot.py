"""Make docs/screenshot.png: the chat page of the playground as it opens, after two questions of the supervisor's.

    make screenshot

Needs chromium and a Chinese font (Debian: chromium, fonts-wqy-microhei).
"""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from chat_page import CHROMIUM_ARGS, DESKTOP, chromium_path
from folders import ROOT
from playwright.async_api import async_playwright, expect
from report_harness import SUPERVISOR

QUESTIONS = ("谁还没报", "5G基站怎么样了")
PICTURE = ROOT / "docs" / "screenshot.png"
PATIENCE_MS = 120_000


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[str]:
    """The address of the page of a playground with its files in `folder`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "playground"),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    try:
        address = re.search(r"http://\S+", (await process.stdout.readline()).decode())
        assert address
        yield address[0]
    finally:
        process.terminate()
        await process.wait()


async def take(folder: Path) -> None:
    async with playground(folder) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGS)
        page = await browser.new_page(viewport=DESKTOP, locale="zh-CN")
        await page.goto(f"{address}#{SUPERVISOR}")
        await expect(page.locator("#demo")).to_be_visible(timeout=PATIENCE_MS)
        for question in QUESTIONS:
            shown = await page.locator(".message:not(.own):not(.typing)").count()
            await page.locator("#input").fill(question)
            await page.keyboard.press("Enter")
            await expect(page.locator(".message:not(.own):not(.typing)")).to_have_count(shown + 1)
        await page.locator("#title").click()
        await page.locator("#log").evaluate(
            "log => Promise.all(log.getAnimations({subtree: true}).map(one => one.finished))"
        )
        await page.screenshot(path=PICTURE)
        await browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        asyncio.run(take(Path(temporary)))
