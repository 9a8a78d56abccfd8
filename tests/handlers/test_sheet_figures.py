"""A sheet of every target of the plan goes out, is filled in, and comes back as the very reports that were meant."""

import random
from base64 import b64decode
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pydantic import TypeAdapter
from reminder_chat import Chat
from reminder_harness import SCIENCE, ReminderHarness
from sqlalchemy import select

from handlers.chat.outgoing import Document, Send
from handlers.reports.drafts import Draft
from handlers.reports.sheet_file import filled_sheets
from handlers.reports.sheet_intake import take_sheets
from handlers.reports.texts_sheets import SheetColumn
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from handlers.texts.marks import typeset
from knowledge.reports.model import UpdateKind
from storage.database import Database
from storage.drafts import DraftRow
from storage.rich_text import plain_text

pytestmark = pytest.mark.both

UNIT, DAY = "市科经局", date(2023, 3, 20)
PARTED = {"%", "亿元", "万元", "万亩", "公里"}
"""What there can be a part of: half a 个 is a slip, and read as none."""
PLACES = {column: at for at, column in enumerate(SheetColumn, 2)}


def test_every_target_s_figure_comes_back(database: Database, question_service: QuestionService) -> None:
    harness = ReminderHarness(database, question_service, date(2023, 3, 1))
    targets = [target for _, target in question_service.library.targets]
    harness.own(UNIT, *((target.task, target.name) for target in targets))
    harness.services.clock.shift_to_time(DAY, harness.services.clock.now().time())
    chat, chance = Chat(harness), random.Random(17)  # noqa: S311 - the same figures each time
    (handed,) = (one for one in chat.say(SCIENCE, "月报表").calls if isinstance(one, Document))
    book = load_workbook(BytesIO(b64decode(handed.text)))
    page, meant = book.worksheets[0], {}
    for row in range(5, page.max_row + 1):
        parted = page.cell(row, PLACES[SheetColumn.MEASURE]).value in PARTED
        value = Decimal(chance.randint(1, 999)) / (chance.choice((1, 10, 100)) if parted else 1)
        name = (page.cell(row, PLACES[SheetColumn.TASK]).value, page.cell(row, PLACES[SheetColumn.NAME]).value)
        meant[name] = value
        page.cell(row, PLACES[SheetColumn.VALUE]).value = float(value)
    assert len(meant) == len(targets)
    packed = BytesIO()
    book.save(packed)
    with database.write() as session:
        (card,) = take_sheets(session, harness.services, SCIENCE, filled_sheets(packed.getvalue()), now=machine_now())
    assert isinstance(card, Send)
    assert [name for _, name in meant if typeset(name) not in plain_text(card.text)] == []
    with database.read() as session:
        (kept,) = session.scalars(select(DraftRow))
        draft = TypeAdapter(Draft).validate_python(kept.content)
    read = {(one.task, one.name): (one.says, one.value, one.measure, one.as_of) for one in draft.items}
    assert read == {name: (UpdateKind.READING, value, None, DAY) for name, value in meant.items()}
