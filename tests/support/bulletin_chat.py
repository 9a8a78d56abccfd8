"""A bulletin on its way, in chat: drafted at once, checked, reviewed and signed by the people of the playground."""

from datetime import UTC, date, datetime

from bot_harness import Json, Talk, labels, press
from report_harness import PLAN, ReportHarness

from handlers.broadcast.bulletin_drafts import draft_bulletin
from handlers.services.question_service import QuestionService
from knowledge.reminders.defaults import DEFAULTS
from knowledge.standing.bulletin import BulletinKind

MARCH = date(2023, 3, 31)
REVIEW = "张某，督查室主任，3月31日"
SIGNATURE = "李某，常务副市长，3月31日，武督〔2023〕12号"


def drafted(
    harness: ReportHarness,
    question_service: QuestionService,
    label: str = "2023-03",
    as_of: date = MARCH,
    kind: BulletinKind = BulletinKind.MONTHLY,
) -> int | None:
    """As by rule."""
    with harness.database.write() as session:
        return draft_bulletin(
            session,
            question_service.library,
            DEFAULTS,
            PLAN,
            kind,
            label,
            as_of=as_of,
            today=as_of,
            by=None,
            now=datetime.now(UTC),
        )


async def whole(chat: Talk, line: str) -> str:
    """All pages, and those of the annex."""
    text, page = await _pages(chat, await chat.ask(line))
    annex = [label for label in labels(page) if label.startswith("附表")] if "reply_markup" in page else []
    for label in annex:
        more, _ = await _pages(chat, await press(chat, page, label))
        text += f"\n{more}"
    return text


async def _pages(chat: Talk, page: Json) -> tuple[str, Json]:
    """Their text, and the last."""
    text = str(page["text"])
    while "reply_markup" in page and "下一页" in labels(page):
        page = await press(chat, page, "下一页")
        text += f"\n{page['text']}"
    return text, page


async def registered(chat: Talk, card: Json, label: str, signature: str) -> Json:
    """The card after a review or a signature was registered."""
    await press(chat, card, label)
    return await press(chat, await chat.ask(signature), "登记")
