"""The chat page's own routes: what they do, whom they keep out, and what a restart keeps."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import ClientSession

from bot.playground import people
from bot.playground.page import ASSETS
from bot.playground.server import Site, serve
from handlers.services.clock import PlanClock

VISITOR, GROUP = 510001, -4100001
ASSET_NAMES = [asset.name for asset in ASSETS.iterdir()]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    clock = PlanClock()
    clock.shift_to_time(date(2023, 3, 1), clock.now().time())
    async with serve(clock=clock) as running:
        yield running


@pytest.fixture
async def page(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=site.page_url) as client:
        yield client


async def state(page: httpx.AsyncClient) -> dict[str, Any]:
    return dict((await page.get("play/api/state")).json())


async def said(page: httpx.AsyncClient, chat: int = VISITOR) -> list[str]:
    shown = (await page.get("play/api/messages", params={"chat": chat})).json()
    return [one["message"].get("text", "") for one in shown]


async def test_the_page_and_all_it_loads_come_from_here(page: httpx.AsyncClient) -> None:
    index = await page.get("")
    assert index.status_code == 200
    assert "default-src 'self'" in index.headers["Content-Security-Policy"]
    assert "http://" not in index.text
    assert "https://" not in index.text
    for name in ASSET_NAMES:
        assert (await page.get(f"assets/{name}")).status_code == 200


async def test_what_is_said_on_the_page_is_read_back_and_waits_for_the_bot(site: Site, page: httpx.AsyncClient) -> None:
    await page.post("play/api/say", json={"person": VISITOR, "chat": VISITOR, "text": " 长江大保护谁牵头 "})
    assert await said(page) == ["长江大保护谁牵头"]
    assert site.world.book.count_updates() == 1


async def test_earlier_messages_are_read_in_parts(site: Site, page: httpx.AsyncClient) -> None:
    for number in range(70):
        people.say(site.world, VISITOR, VISITOR, str(number))
    last = (await page.get("play/api/messages", params={"chat": VISITOR})).json()
    earlier = await page.get("play/api/messages", params={"chat": VISITOR, "before": last[0]["message"]["message_id"]})
    assert [one["message"]["text"] for one in earlier.json() + last] == [str(number) for number in range(70)]


@pytest.mark.parametrize(
    "told",
    [
        {"person": VISITOR, "chat": 510002, "text": "冒名"},
        {"person": 1, "chat": GROUP, "text": "不在群里"},
        {"person": VISITOR, "chat": VISITOR},
        [],
    ],
)
async def test_what_nobody_could_do_is_refused(page: httpx.AsyncClient, told: Any) -> None:
    assert (await page.post("play/api/say", json=told)).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        "[" * 500_000,
        f'{{"person": {"9" * 5000}}}',
        f'{{"person": {"9" * 30}, "chat": {"9" * 30}, "text": "远"}}',
        r'{"person": 510001, "chat": 510001, "text": "\ud800"}',
        '{"person": NaN}',
        "null",
        "",
    ],
    ids=str.__len__,
)
async def test_json_beyond_the_limits_is_refused(page: httpx.AsyncClient, body: str) -> None:
    sent = await page.post("play/api/say", content=body, headers={"Content-Type": "application/json"})
    assert sent.status_code == 400


async def test_a_number_beyond_the_limits_names_no_chat(page: httpx.AsyncClient) -> None:
    for number in ("9" * 30, "9" * 5000, "²"):
        assert (await page.get("play/api/messages", params={"chat": number})).status_code == 400


async def test_the_date_is_set_and_shown_with_each_message(page: httpx.AsyncClient) -> None:
    assert (await state(page))["clock"] == {"today": "2023-03-01", "shifted": True}
    await page.post("play/api/clock", json={"date": "2023-11-24"})
    assert (await state(page))["clock"]["today"] == "2023-11-24"
    await page.post("play/api/say", json={"person": VISITOR, "chat": VISITOR, "text": "到哪天了"})
    (shown,) = (await page.get("play/api/messages", params={"chat": VISITOR})).json()
    assert shown["shown_at"].startswith("2023-11-24T")
    assert shown["shown_at"].endswith("+08:00")
    assert (await page.post("play/api/clock", json={"date": "2023-02-30"})).status_code == 400
    await page.post("play/api/clock", json={"date": None})
    assert (await state(page))["clock"]["shifted"] is False


async def test_chats_settings_and_date_survive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "chats.sqlite"
    async with serve(file) as site, httpx.AsyncClient(base_url=site.page_url) as page:
        await page.post("play/api/say", json={"person": VISITOR, "chat": VISITOR, "text": "记住我"})
        await page.post("play/api/clock", json={"date": "2023-06-30"})
        await page.post("play/api/settings", json={"privacy": False})
    clock = PlanClock()
    async with serve(file, clock=clock) as site, httpx.AsyncClient(base_url=site.page_url) as page:
        assert await said(page) == ["记住我"]
        assert clock.today() == date(2023, 6, 30)
        assert (await state(page))["settings"] == {"privacy": False, "limits": False}


async def test_a_plan_clock_keeps_running() -> None:
    now = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    clock = PlanClock(machine=lambda: now)
    clock.shift_to_time(date(2023, 3, 1), clock.now().time())
    assert clock.now().isoformat() == "2023-03-01T23:30:00+08:00"
    now += timedelta(hours=1)
    assert clock.today() == date(2023, 3, 2)


async def test_the_page_hears_what_happens(site: Site) -> None:
    async with ClientSession() as client, client.ws_connect(f"{site.page_url}play/api/events") as events:
        people.say(site.world, VISITOR, VISITOR, "你好")
        heard = await events.receive_json()
        while heard.get("kind") != "message":
            heard = await events.receive_json()
    assert heard["message"]["text"] == "你好"


# who is kept out


@pytest.mark.parametrize("path", ["", "play/api/state", "assets/main.js", "bot1:x/getMe"])
async def test_a_name_that_only_resolves_to_loopback_is_refused(page: httpx.AsyncClient, path: str) -> None:
    assert (await page.get(path, headers={"Host": "duban.example"})).status_code == 403


@pytest.mark.parametrize("origin", ["https://duban.example", "http://127.0.0.1:1", "null"])
async def test_another_sites_page_is_refused(site: Site, page: httpx.AsyncClient, origin: str) -> None:
    told = {"person": VISITOR, "chat": VISITOR, "text": "冒名"}
    refused = await page.post("play/api/say", json=told, headers={"Origin": origin})
    assert refused.status_code == 403
    assert (await page.get("play/api/events", headers={"Origin": origin})).status_code == 403
    bot_api = f"bot{site.world.token}/getMe"
    assert (await page.get(bot_api, headers={"Origin": origin})).status_code == 403
    assert await said(page) == []


async def test_our_own_page_is_served(site: Site, page: httpx.AsyncClient) -> None:
    told = {"person": VISITOR, "chat": VISITOR, "text": "你好"}
    for origin in (f"http://127.0.0.1:{site.port}", f"http://localhost:{site.port}"):
        assert (await page.post("play/api/say", json=told, headers={"Origin": origin})).status_code == 200


async def test_a_form_of_another_site_is_refused_without_an_origin_too(page: httpx.AsyncClient) -> None:
    form = {"person": str(VISITOR), "chat": str(VISITOR), "text": "冒名"}
    assert (await page.post("play/api/say", data=form)).status_code == 415
    plain = await page.post("play/api/say", content=json.dumps(form), headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415
    cross = await page.get("play/api/state", headers={"Sec-Fetch-Site": "cross-site"})
    assert cross.status_code == 403


async def test_the_token_is_not_shown_to_the_page(site: Site, page: httpx.AsyncClient) -> None:
    assert site.world.token not in json.dumps(await state(page))
