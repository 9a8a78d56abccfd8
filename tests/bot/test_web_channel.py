"""The page as a channel of its own: what goes over its HTTP, who is kept out, and what a retry and a restart keep."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from bot_harness import GROUP, TRAFFIC, VISITOR, StubService, Talk, bot_at_work, labels
from sqlalchemy import func, select
from web_client import Json, WebSite, page_events, serve_web

from bot.channel import MessageGoneError, NothingLeftError, UndeliverableError
from bot.web.accounts import FIRST_NUMBER, account_of, address
from bot.web.store import KEPT_EVENTS, PageStore
from handlers.reports.evidence_files import FileProblem
from storage.chats import ChatRow
from storage.database import Database
from storage.inbox import InboxRow
from storage.rich_text import TextMark, marked

PATIENCE = 20.0


@pytest.fixture
async def site() -> AsyncIterator[WebSite]:
    async with serve_web() as running:
        yield running


@asynccontextmanager
async def at_work(site: WebSite, database: Database) -> AsyncIterator[Talk]:
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, StubService()):
            yield Talk(site, events)


async def posted(site: WebSite, **told: Any) -> int:
    body = {"kind": "say", "key": "k1", "person": VISITOR, "chat": VISITOR, "text": "你好"} | told
    async with site.client.session.post("/web/api/post", json=body) as answer:
        return answer.status


async def shown(site: WebSite, chat: int = VISITOR) -> list[Json]:
    async with site.client.session.get("/web/api/messages", params={"chat": chat}) as answer:
        return list(await answer.json())


async def test_a_question_is_answered_with_marks_and_buttons(site: WebSite, database: Database) -> None:
    async with at_work(site, database) as talk:
        answer = await talk.ask("甲是谁")
        assert answer["text"].startswith("答：甲是谁\n")
        assert answer["entities"][0] == {"type": "bold", "offset": 0, "length": 5}
        assert labels(answer)[:2] == ["牵头的", "目标"]
        assert await talk.tap(answer, "目标") == ""
        assert (await talk.heard())["text"].startswith("答：目标呢")


async def test_pages_are_turned_by_an_edit_of_the_message(site: WebSite, database: Database) -> None:
    async with at_work(site, database) as talk:
        first = await talk.ask("很多")
        await talk.tap(first, next(label for label in labels(first) if "下一页" in label))
        second = await talk.heard()
    assert second["message_id"] == first["message_id"]
    assert second["text"] != first["text"]


async def test_a_tap_on_what_is_over_is_answered_with_a_toast(site: WebSite, database: Database) -> None:
    async with at_work(site, database) as talk:
        answer = await talk.ask("甲")
        assert await talk.tap_data(answer, "2:999:0") != ""


async def test_a_post_that_is_sent_again_is_stored_and_shown_once(site: WebSite, database: Database) -> None:
    async with at_work(site, database) as talk:
        assert [await posted(site, text="一遍"), await posted(site, text="一遍")] == [200, 200]
        await talk.heard()
        await talk.ask("再说")
        assert [one["text"] for one in talk.messages() if one["from"]["id"] == VISITOR] == ["一遍", "再说"]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(InboxRow)) == 2


async def test_the_keys_of_one_person_are_not_those_of_another(site: WebSite, database: Database) -> None:
    async with at_work(site, database):
        assert await posted(site, key="same") == 200
        assert await posted(site, key="same", person=TRAFFIC, chat=TRAFFIC) == 200
        assert (await shown(site, TRAFFIC))[0]["person"] == TRAFFIC


@pytest.mark.parametrize(
    "told",
    [
        {"person": 1},
        {"chat": TRAFFIC},
        {"chat": -1},
        {"text": ""},
        {"text": "长" * 4097},
        {"text": 5},
        {"key": ""},
        {"key": "a:b"},
        {"kind": "shout"},
        {"kind": "tap", "message": 1, "data": "2:1:0"},
        {"kind": "edit", "message": 1},
        {"kind": "file", "name": "a.pdf"},
    ],
    ids=str,
)
async def test_what_makes_no_sense_is_refused(site: WebSite, database: Database, told: Json) -> None:
    async with at_work(site, database):
        assert await posted(site, **told) == 400
        assert await shown(site) == []


async def test_while_no_bot_is_at_work_a_post_is_to_be_sent_again(site: WebSite) -> None:
    assert await posted(site) == 503


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}], ids=str
)
async def test_other_sites_are_kept_out(site: WebSite, headers: dict[str, str]) -> None:
    for path in ("state", "events", f"messages?chat={VISITOR}", "file/1"):
        async with site.client.session.get(f"/web/api/{path}", headers=headers) as answer:
            assert answer.status == 403
    async with site.client.session.post("/web/api/post", json={}, headers=headers) as answer:
        assert answer.status == 403


async def test_a_form_of_another_site_is_no_post(site: WebSite, database: Database) -> None:
    async with at_work(site, database):
        for path in ("post", f"file?person={VISITOR}&chat={VISITOR}&key=k&name=a.pdf"):
            async with site.client.session.post(f"/web/api/{path}", data={"text": "你好"}) as answer:
                assert answer.status == 415


async def test_the_bot_api_is_not_there(site: WebSite) -> None:
    async with site.client.session.get(f"/bot{site.world.token}/getMe") as answer:
        assert answer.status == 404


async def test_a_page_that_was_away_goes_on_after_what_it_has_seen(site: WebSite) -> None:
    chat = address(VISITOR).number
    await site.channel.send(chat, "一")
    async with asyncio.timeout(PATIENCE), aclosing(page_events(site.client.session, after=0)) as events:
        number, event = await anext(events)
        assert event["message"]["spans"] == [["一", None]]
    await site.channel.send(chat, "二")
    await site.channel.toast("51:k", "好")
    async with asyncio.timeout(PATIENCE), aclosing(page_events(site.client.session, after=number)) as events:
        assert (await anext(events))[1]["message"]["spans"] == [["二", None]]
        last, event = await anext(events)
        assert event == {"kind": "toast", "tap": "51:k", "text": "好"}
    async with asyncio.timeout(PATIENCE), aclosing(page_events(site.client.session, after=last + 7)) as events:
        assert await anext(events) == (last, {"kind": "anew"})


def test_what_is_kept_of_the_events_has_an_end() -> None:
    store = PageStore(None)
    for number in range(KEPT_EVENTS + 5):
        store.toast(str(number), "")
    assert store.events(after=4) is None
    kept = store.events(after=5)
    assert kept is not None
    assert len(kept) == KEPT_EVENTS


async def test_one_attempt_says_what_became_of_it(site: WebSite) -> None:
    chat, channel = address(VISITOR).number, site.channel
    with pytest.raises(UndeliverableError):
        await channel.send(address(1).number, "无此人")
    message = await channel.send(chat, "甲")
    with pytest.raises(NothingLeftError):
        await channel.edit(chat, message, "甲", ())
    await channel.edit(chat, message, marked("乙", TextMark.BOLD), ((("好", "2:1:0"),),))
    (found,) = await shown(site)
    assert (found["spans"], found["keyboard"]) == ([["乙", "bold"]], [[["好", "2:1:0"]]])
    assert await channel.delete(chat, message)
    assert await shown(site) == []
    with pytest.raises(MessageGoneError):
        await channel.edit(chat, message, "丙", ())
    assert await channel.fetch("99", "a.pdf") is FileProblem.GONE


async def test_a_file_goes_up_and_a_document_comes_down(site: WebSite, database: Database) -> None:
    content = b"%PDF-1.4\n%%EOF\n"
    async with at_work(site, database) as talk:
        site.client.post_file(content, person=VISITOR, chat=VISITOR, name="佐证.pdf")
        await talk.heard()
        file = talk.question()["document"]
        assert file["file_name"] == "佐证.pdf"
        assert await site.channel.fetch(file["file_id"], "佐证.pdf") == content
        assert await site.channel.fetch(file["file_id"], "佐证.exe") is FileProblem.TYPE
        await site.channel.hand(address(VISITOR).number, b"BEGIN:VCALENDAR", "提醒.ics")
        name = (await shown(site))[-1]["file"]["id"]
        async with site.client.session.get(f"/web/api/file/{name}") as answer:
            assert await answer.read() == b"BEGIN:VCALENDAR"
            assert answer.headers["Content-Disposition"] == "attachment"


async def test_what_lies_across_a_red_line_is_kept_nowhere(site: WebSite, database: Database) -> None:
    async with at_work(site, database) as talk:
        await talk.ask("密级：秘密 某某名单")
        assert "名单" not in str(await shown(site))
    with database.read() as session:
        assert "名单" not in str(session.scalars(select(InboxRow.payload)).all())


async def test_in_a_group_the_bot_answers_who_speaks_to_it(site: WebSite, database: Database) -> None:
    async with at_work(site, database) as first:
        talk = Talk(site, first.events, person=VISITOR, chat=GROUP)
        talk.say("你们吃了吗")
        answer = await talk.ask(f"@{site.channel.accounts.username} 甲是谁")
        assert answer["text"].startswith("答：甲是谁")
        assert answer["reply_to_message"]["message_id"] == talk.question()["message_id"]
        again = await talk.ask("乙呢", reply_to=answer["message_id"])
        assert again["text"].startswith("答：乙呢")
    with database.read() as session:
        outside = dict(session.execute(select(ChatRow.outside, ChatRow.id)).all())
    assert outside[str(GROUP)] == GROUP - FIRST_NUMBER


async def test_numbers_lead_back_to_the_page(site: WebSite) -> None:
    for account in (*site.channel.accounts.people, *site.channel.accounts.groups):
        assert account_of(address(account).number) == account
        assert abs(address(account).number) > FIRST_NUMBER


async def test_the_record_outlives_the_program(database: Database, tmp_path: Path) -> None:
    record = tmp_path / "page.sqlite"
    async with serve_web(record=record) as site, at_work(site, database) as talk:
        await talk.ask("甲")
    async with serve_web(record=record) as site:
        before = await shown(site)
        assert [one["person"] for one in before] == [VISITOR, None]
        async with at_work(site, database) as talk:
            await talk.ask("乙")
        assert len(await shown(site)) == 4
    assert record.stat().st_mode & 0o777 == 0o600


async def test_an_invitation_leads_to_the_page(site: WebSite) -> None:
    assert site.channel.link_to("db1_x") == f"{site.page_url}#start=db1_x"
