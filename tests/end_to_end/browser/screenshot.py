"""Make docs/screenshot.png: the chat page of a playground that knows the shipped plan, after two questions.

    make screenshot

Needs chromium and a Chinese font (Debian: chromium, fonts-wqy-microhei).
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from chat_page import CHROMIUM_ARGS, DESKTOP, chromium_path, opened, playground
from folders import ROOT
from playwright.async_api import async_playwright, expect

from handlers.services.question_service import open_question_service

QUESTIONS = ("5G基站谁管，目标多少", "市交通局负责哪些任务")
PICTURE = ROOT / "docs" / "screenshot.png"


async def take(folder: Path) -> None:
    async with playground(folder, open_question_service()) as site, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGS)
        async with opened(browser, site, DESKTOP) as page:
            for number, question in enumerate(QUESTIONS, start=1):
                await page.locator("#input").fill(question)
                await page.keyboard.press("Enter")
                await expect(page.locator(".message:not(.own):not(.typing)")).to_have_count(number)
            await page.locator("#title").click()
            await page.locator("#log").evaluate(
                "log => Promise.all(log.getAnimations({subtree: true}).map(one => one.finished))"
            )
            await page.screenshot(path=PICTURE)
        await browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        asyncio.run(take(Path(temporary)))
