"""The chat page over its own channel, as a person uses it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_harness import TRAFFIC, VISITOR, StubService, bot_at_work
from chat_page import CHROMIUM_ARGS, DESKTOP, chromium_path, opened, web_playground
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from web_client import WebSite, serve_web

from bot.web.accounts import address
from storage.database import open_database
from storage.migrate import migrate

pytestmark = pytest.mark.browser


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    chromium = chromium_path()
    if not chromium:
        message = "no chromium on this machine: the chat page is not tried in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        yield running
        await running.close()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[WebSite]:
    async with web_playground(tmp_path, StubService()) as running:
        yield running


@pytest.fixture
async def page(browser: Browser, site: WebSite) -> AsyncIterator[Page]:
    async with opened(browser, site, DESKTOP) as shown:
        yield shown


def own(page: Page) -> Locator:
    return page.locator(".message.own")


def bots(page: Page) -> Locator:
    return page.locator(".message:not(.own):not(.typing)")


async def ask(page: Page, text: str) -> None:
    await page.locator("#input").fill(text)
    await page.locator("#input").press("Enter")


async def test_a_question_its_buttons_and_its_pages(page: Page) -> None:
    await ask(page, "交通局负责什么")
    await expect(bots(page).locator("strong").first).to_have_text("答：交通局负责什么")
    await page.get_by_role("button", name="牵头的").click()
    await expect(bots(page).last).to_contain_text("答：其中牵头的呢")
    await expect(page.locator(".key[aria-busy=true]")).to_have_count(0)
    await ask(page, "很多")
    await bots(page).last.get_by_role("button", name="下一页").click()
    await expect(bots(page).last).to_contain_text("第22项")
    await expect(bots(page)).to_have_count(3)


async def test_what_is_shown_is_there_again_after_a_reload(page: Page) -> None:
    await ask(page, "甲")
    await expect(bots(page)).to_have_count(1)
    await page.reload()
    await expect(own(page)).to_contain_text("甲")
    await expect(bots(page)).to_contain_text("答：甲")
    await ask(page, "乙")
    await expect(bots(page)).to_have_count(2)


async def test_an_edited_question_edits_its_answer(page: Page) -> None:
    await ask(page, "交通局")
    await expect(bots(page)).to_contain_text("答：交通局")
    await page.locator("#input").press("ArrowUp")
    await ask(page, "财政局")
    await expect(own(page)).to_contain_text("已编辑")
    await expect(bots(page)).to_contain_text("答：财政局")
    await expect(bots(page)).to_have_count(1)


async def test_a_stale_button_is_answered_with_a_toast(page: Page, site: WebSite) -> None:
    await ask(page, "甲")
    await expect(bots(page)).to_have_count(1)
    await site.channel.send(address(VISITOR).number, "旧的", keyboard=((("旧按钮", "2:999:0"),),))
    await page.get_by_role("button", name="旧按钮").click()
    await expect(page.locator("#toast")).to_be_visible()


async def test_what_comes_for_somebody_else_is_counted_at_their_chat(page: Page, site: WebSite) -> None:
    await site.channel.send(address(TRAFFIC).number, "提醒：/help")
    row = page.locator(f'[data-chat="{TRAFFIC}"]')
    await expect(row.locator(".badge")).to_have_text("1")
    await row.click()
    await bots(page).get_by_role("button", name="/help").click()
    await expect(own(page)).to_contain_text("/help")
    await expect(bots(page)).to_have_count(2)


async def test_the_command_menu_is_there(page: Page) -> None:
    await page.locator("#input").press_sequentially("/he")
    await expect(page.get_by_role("option")).to_have_count(1)


async def test_files_go_up_and_come_down(page: Page, site: WebSite) -> None:
    content = b"%PDF-1.4\n%%EOF\n"
    await page.locator("#file").set_input_files({"name": "佐证.pdf", "mimeType": "application/pdf", "buffer": content})
    await expect(own(page)).to_contain_text("佐证.pdf")
    await expect(bots(page)).to_have_count(1)
    link = await own(page).get_by_role("link").get_attribute("href")
    saved = await page.request.get(f"{site.page_url.rstrip('/')}{link}")
    assert await saved.body() == content


async def test_the_page_sends_again_until_the_bot_is_at_work(browser: Browser, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/duban.sqlite"
    migrate(url)
    database = open_database(url)
    async with serve_web(hears=False) as site:
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(site.page_url)
        async with page.expect_response("**/web/api/post") as refusal:
            await ask(page, "早来的")
        assert (await refusal.value).status == 503
        async with bot_at_work(site, database, StubService()):
            await expect(bots(page)).to_contain_text("答：早来的")
            await expect(own(page)).to_have_count(1)
        await context.close()
    database.close()


async def test_an_invitations_link_waits_in_the_input(browser: Browser, site: WebSite) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(site.channel.link_to("db1_code"))
    await expect(page.locator("#input")).to_have_value("/start db1_code")
    await context.close()
