"""The chat page, as a person uses it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_harness import TRAFFIC, VISITOR, StubService
from chat_page import CHROMIUM_ARGS, DESKTOP, PHONE, chromium_path, opened, playground
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.playground import people
from bot.playground.server import Site
from handlers.services.question_service import open_question_service

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
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A playground whose bot repeats what it was asked."""
    async with playground(tmp_path, StubService()) as running:
        yield running


@pytest.fixture
async def plan_site(tmp_path: Path) -> AsyncIterator[Site]:
    """A playground whose bot knows the shipped plan."""
    async with playground(tmp_path, open_question_service()) as running:
        yield running


@pytest.fixture
async def desktop(browser: Browser, site: Site) -> AsyncIterator[Page]:
    async with opened(browser, site, DESKTOP) as page:
        yield page


@pytest.fixture
async def phone(browser: Browser, site: Site) -> AsyncIterator[Page]:
    async with opened(browser, site, PHONE) as page:
        yield page


def own(page: Page) -> Locator:
    return page.locator(".message.own")


def bots(page: Page) -> Locator:
    return page.locator(".message:not(.own):not(.typing)")


async def ask(page: Page, text: str) -> None:
    await page.locator("#input").fill(text)
    await page.locator("#input").press("Enter")


async def test_a_tapped_sample_question_is_answered_from_the_plan(browser: Browser, plan_site: Site) -> None:
    async with opened(browser, plan_site, DESKTOP) as page:
        await page.get_by_role("button", name="市交通局负责哪些任务").click()
        await expect(own(page)).to_contain_text("市交通局负责哪些任务")
        for task in ("1.1", "4.3", "6.3"):
            await expect(bots(page)).to_contain_text(task)
        await expect(page.locator(".welcome")).to_have_count(0)


async def test_a_button_turns_until_it_is_answered(desktop: Page) -> None:
    await ask(desktop, "交通局负责什么")
    key = desktop.get_by_role("button", name="牵头的")
    await key.click()
    await expect(bots(desktop).last).to_contain_text("答：其中牵头的呢")
    await expect(desktop.locator(".key[aria-busy=true]")).to_have_count(0)


async def test_signs_are_drawn_whatever_fonts_there_are_and_stay_text(desktop: Page) -> None:
    await ask(desktop, "🟢 绿 7、🔴 红 2")
    await expect(own(desktop).locator(".text")).to_have_text("🟢 绿 7、🔴 红 2")
    for kind in ("green", "red"):
        drawn = own(desktop).locator(f".sign.{kind}")
        await expect(drawn).to_have_css("color", "rgba(0, 0, 0, 0)")
        await expect(drawn).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


async def test_a_stale_button_is_answered_with_a_toast(desktop: Page, site: Site) -> None:
    await ask(desktop, "交通局负责什么")
    await expect(bots(desktop)).to_have_count(1)
    (shown,) = [one for one in site.world.book.messages(VISITOR, limit=9) if one["message"]["from"]["is_bot"]]
    shown["message"]["reply_markup"]["inline_keyboard"] = [[{"text": "旧按钮", "callback_data": "0:old"}]]
    site.world.change_message(shown["message"])
    await desktop.get_by_role("button", name="旧按钮").click()
    await expect(desktop.locator("#toast")).to_be_visible()


async def test_an_edited_question_edits_its_answer(desktop: Page) -> None:
    await ask(desktop, "交通局")
    await expect(bots(desktop)).to_contain_text("答：交通局")
    await desktop.locator("#input").press("ArrowUp")
    await expect(desktop.locator("#about-title")).to_have_text("修改消息")
    await ask(desktop, "财政局")
    await expect(own(desktop)).to_contain_text("已编辑")
    await expect(bots(desktop)).to_contain_text("答：财政局")
    await expect(bots(desktop)).to_have_count(1)


async def test_everybody_has_a_chat_of_their_own(desktop: Page, site: Site) -> None:
    await ask(desktop, "我是访客")
    await expect(bots(desktop)).to_have_count(1)
    people.say(site.world, TRAFFIC, TRAFFIC, "我是交通局的")
    row = desktop.locator(f'[data-chat="{TRAFFIC}"]')
    await expect(row.locator(".badge")).to_have_text("1")
    await row.click()
    await expect(desktop.locator("#subtitle")).to_have_text("我是市交通局联络员")
    await expect(own(desktop)).to_contain_text("我是交通局的")
    await expect(row.locator(".badge")).to_have_count(0)
    await desktop.reload()
    await expect(own(desktop)).to_contain_text("我是交通局的")


async def test_the_command_menu_is_the_bots_and_works_by_keyboard(desktop: Page) -> None:
    await desktop.locator("#input").press_sequentially("/")
    await expect(desktop.get_by_role("option")).not_to_have_count(0)
    await desktop.locator("#input").press_sequentially("he")
    await expect(desktop.get_by_role("option")).to_have_count(1)
    await desktop.keyboard.press("Enter")
    await expect(own(desktop)).to_contain_text("/help")
    await expect(bots(desktop)).to_have_count(1)


async def test_in_the_group_people_take_turns(desktop: Page) -> None:
    await desktop.get_by_role("button", name="工作群").click()
    await expect(desktop.locator("#title")).to_have_text("工作群")
    await ask(desktop, "大家好")
    await desktop.locator("#speaker").click()
    await desktop.get_by_role("menuitem", name="督查室").click()
    await expect(own(desktop)).to_have_count(0)
    await ask(desktop, "@duban_playground_bot 长江大保护谁牵头")
    await expect(own(desktop)).to_have_count(1)
    await expect(bots(desktop).last.locator(".quoted")).to_contain_text("督查室")


async def test_what_is_not_text_is_answered_too(desktop: Page) -> None:
    await desktop.locator("#open-attach").click()
    await desktop.get_by_role("menuitem", name="位置").click()
    await expect(own(desktop)).to_contain_text("位置")
    await expect(bots(desktop)).to_have_count(1)


async def test_markup_in_a_message_stays_text(desktop: Page) -> None:
    attack = "<img src=x onerror=alert(1)><b>粗</b>"
    await ask(desktop, attack)
    await expect(own(desktop).locator(".text")).to_have_text(attack)
    await expect(bots(desktop).locator(".text")).to_contain_text(attack)
    await expect(desktop.locator("#log img:not(.face img)")).to_have_count(0)


async def test_the_date_can_be_set(desktop: Page, site: Site) -> None:
    await expect(desktop.locator("#today")).to_have_text("2023-03-01")
    await desktop.locator("#date").click()
    await desktop.locator("#day").fill("2023-11-24")
    await desktop.get_by_role("button", name="设为今天").click()
    await expect(desktop.locator("#today")).to_have_text("2023-11-24")
    assert site.world.clock.today().isoformat() == "2023-11-24"
    await ask(desktop, "今天几号")
    await expect(desktop.locator(".day")).to_have_text("2023年11月24日 周五")


async def test_a_blocked_bot_is_let_in_again_by_one_tap(desktop: Page, site: Site) -> None:
    people.block(site.world, VISITOR, blocked=True)
    await expect(desktop.locator("#composer")).to_be_hidden()
    await desktop.get_by_role("button", name="点此解除").click()
    await ask(desktop, "回来了")
    await expect(bots(desktop)).to_have_count(1)


async def test_a_phone_shows_one_thing_at_a_time_and_never_scrolls_sideways(phone: Page) -> None:
    await ask(phone, f"很多{'长' * 300} https://example.org/{'a' * 200}")
    await expect(bots(phone)).to_have_count(1)
    for width in (420, 320):
        await phone.set_viewport_size({"width": width, "height": 700})
        assert await phone.evaluate("document.documentElement.scrollWidth") == width
        assert await phone.evaluate("document.querySelector('#log').scrollWidth") <= width
    await expect(phone.locator("#side")).to_be_hidden()
    await phone.locator("#back").click()
    await expect(phone.locator("#chat")).to_be_hidden()
    await phone.get_by_role("button", name="督查室").click()
    await expect(phone.locator("#subtitle")).to_have_text("我是督查室")
