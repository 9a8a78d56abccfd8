"""A reminder through the whole bot: asked for, sent when its time comes, acted on in a toast; and a calendar file."""

from datetime import UTC, date, datetime, time

import aiohttp
from bot_harness import Talk, bot_at_work, labels
from icalendar import Calendar
from office_harness import INTERNAL, OFFICE

from bot.playground.bindings import seed_people
from bot.playground.server import serve as serve_playground
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService
from storage.database import Database


async def test_a_reminder_comes_in_its_time_and_is_acknowledged_in_its_place(
    database: Database, question_service: QuestionService
) -> None:
    clock = PlanClock()
    clock.shift_to_time(date(2023, 3, 8), time(8, 30))
    async with serve_playground() as site:
        with database.write() as session:
            plan = question_service.library.plans[0].name
            seed_people(session, site.world.cast.people.values(), plan=plan, now=datetime.now(UTC))
        with site.world.feed.listening() as events:
            chat = Talk(site, events, person=OFFICE, chat=OFFICE)
            async with bot_at_work(site, database, question_service, service=INTERNAL, clock=clock):
                kept = await chat.ask("明天下午三点提醒我开调度会")
                assert kept["text"] == "好，3月9日（周四）15:00提醒您：开调度会"
                clock.shift_to_time(date(2023, 3, 9), time(15))
                await clock.announce()
                told = await chat.heard()
                assert "您要的提醒：开调度会" in told["text"]
                assert labels(told) == ["已完成", "稍后提醒", "收到"]
                assert await chat.tap(told, "收到") == ""
                received = await chat.heard()
                assert received["text"].endswith("已收到。")
                assert labels(received) == ["已完成", "稍后提醒"]
                assert await chat.tap(told, "已完成") == ""
                assert (await chat.heard())["text"] == "已完成：开调度会。不再提醒。"


async def test_the_calendar_file_arrives_and_can_be_saved_from_the_page(
    database: Database, question_service: QuestionService
) -> None:
    async with serve_playground() as site:
        with database.write() as session:
            plan = question_service.library.plans[0].name
            seed_people(session, site.world.cast.people.values(), plan=plan, now=datetime.now(UTC))
        with site.world.feed.listening() as events:
            chat = Talk(site, events, person=OFFICE, chat=OFFICE)
            async with bot_at_work(site, database, question_service, service=INTERNAL):
                assert (await chat.ask("/ics"))["text"].startswith("日历文件在下面：")
                document = (await chat.heard())["document"]
                assert document["file_name"] == "督办提醒.ics"
        address = f"http://127.0.0.1:{site.port}/play/api/file/"
        async with aiohttp.ClientSession() as page:
            async with page.get(f"{address}{document['file_id']}") as saved:
                assert saved.headers["Content-Disposition"] == "attachment"
                assert saved.content_type == "application/octet-stream"
                calendar = Calendar.from_ical(await saved.read())
            async with page.get(f"{address}file-0") as missing:
                assert missing.status == 404
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")][-1].startswith("到期：")
