"""No weekly duty of any role is more than three taps from its home; the way is found over the real buttons."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from reminder_chat import Chat, Shown
from reminder_harness import (
    BASE_STATION,
    HEAD,
    LEADER,
    MEICHUAN,
    OFFICE,
    PLAN,
    SCIENCE,
    SUPERVISOR,
    TRAFFIC,
    ReminderHarness,
)
from sqlalchemy.orm import Session

from bot.playground.bindings import seed_people
from bot.playground.personas import Persona
from handlers.chat.outgoing import Edit
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.people import Role, find_member
from storage.plan_settings import MeetingTime, add_meeting

MOST, FURTHER = 3, 4
"""Taps; so far it is looked for, to say where a duty is that is too far."""
WEDNESDAY, FRIDAY = date(2023, 3, 22), date(2023, 3, 24)
"""Figures are due in this week, and there is a meeting."""
SIGNER, PROJECTS, CONTACT, AIDE = range(510041, 510045)
GARDEN = "碳酸钙产业园"
COUNTY = (
    Persona(id=SIGNER, name="副局长", about="市科经局", mark="副", role=Role.SIGNER, unit="市科经局"),
    Persona(id=PROJECTS, name="项目中心", about="项目", mark="重", role=Role.PROJECTS),
    Persona(id=CONTACT, name="专班", about="项目", mark="项", role=Role.CONTACT, unit="市科经局", project=GARDEN),
    Persona(id=AIDE, name="科长", about="第五部分", mark="助", role=Role.AIDE, sections=(5,)),
)
TURNS = ("下一页", "上一页", "更多")
"""Buttons that show more in the place of what they stand under."""
PEOPLE = {
    "office": OFFICE,
    "supervisor": SUPERVISOR,
    "liaison": SCIENCE,
    "head": HEAD,
    "signer": SIGNER,
    "leader": LEADER,
    "aide": AIDE,
    "projects": PROJECTS,
    "contact": CONTACT,
    "town": MEICHUAN,
}
SILENT, RED, STUCK, SOON = "谁没报", "红灯", "堵点", "快到期"
READ = {
    SILENT: r".*未报 \d+ 家",
    RED: r".*红灯 \d+ 项",
    STUCK: r".*堵点 \d+ 项",
    SOON: r".*到期",
    "比上月": r".*比上月底",
    "困难问题": r"困难问题未解决",
    "一页纸": r"(全方案|分管的)：\d+ 个目标中",
    "月度情况": r"(草稿|待审定|已发布|月度进展情况|还没有发布过)",
    "导出": r"(进展台账：|您的范围里还没有可以导出)",
    "报数": r".*：请发本次的数",
    "都无变化": r"这 \d 项本期都无变化？",
    "我报过的": r"您(近三个月|还没有报过)",
    "退回的": r".*(被退回、还没有重报|没有被退回)",
    "本单位": r"市科经局：.*目标",
    "提醒": r"(自设的提醒|您没有自设的提醒)",
    "找人": r"\d+ 个单位",
}
"""What the head of a page says."""
DUTIES: dict[str, dict[str, str]] = {
    "office": {
        **{one: READ[one] for one in (SILENT, "困难问题", "一页纸", "月度情况", "导出", SOON)},
        "送核对": r"把《月度进展情况.*送涉及单位核对",
        "定主责": r".*：主责未定",
        "认可": r"已认可",
        "没读懂": r"待处理 \d+ 条",
        "没送到": r"发送正常",
        "意见建议": r".*意见建议",
        "代录": r"代哪个单位录",
        "发通知": r".*(发给谁|通知)",
    },
    "supervisor": {
        **{one: READ[one] for one in (SILENT, RED, "困难问题", "一页纸", "月度情况", "导出", SOON, "比上月")},
        "督促": r"确认督促市科经局吗",
        "核实": r"核实 #1 吗",
        "全部核实": r"把这 \d+ 条都记为已核实",
        "退回": r"退回 .*：请写原因",
        "送核对": r"把《月度进展情况.*送涉及单位核对",
        "代录": r"代市科经局录",
        "催项目": r"催碳酸钙产业园的进展？",
    },
    "liaison": {
        **{
            one: READ[one]
            for one in ("报数", "都无变化", "退回的", "我报过的", "困难问题", "提醒", "找人", SILENT, SOON)
        },
        "补佐证": r".*佐证",
        "月报表": r".*月报表",
    },
    "head": {
        **{one: READ[one] for one in ("本单位", "退回的", "困难问题", "报数")},
        "审签": r"已审签：市科经局",
        "逐条审签": r"审签这一条吗",
        "还没报的": r"市科经局：3月未报",
        "答复主责": r".*主责",
    },
    "signer": {
        **{one: READ[one] for one in ("本单位", "困难问题", "提醒")},
        "审签": r"已审签：市科经局",
    },
    "leader": {one: READ[one] for one in ("一页纸", RED, STUCK, SILENT, SOON, "困难问题", "比上月", "月度情况", "导出")}
    | {"待决": r".*待决 \d+ 项"},
    "aide": {one: READ[one] for one in ("一页纸", RED, STUCK, SILENT, SOON, "困难问题", "比上月", "月度情况", "导出")}
    | {"待决": r".*待决 \d+ 项"},
    "projects": {
        **{one: READ[one] for one in ("困难问题", "月度情况", "导出")},
        "项目清单": r"项目 \d+ 个",
        "催项目": r"催碳酸钙产业园的进展？",
        "看项目": r".*灰（未报）",
        "退回": r".*退回",
    },
    "contact": {
        "报进展": r"您按项目报：碳酸钙产业园",
        "本期无变化": r"(已记录|请确认)",
        "看项目": r".*灰（未报）",
        **{one: READ[one] for one in ("我报过的", "困难问题", "提醒")},
    },
    "town": {
        **{one: READ[one] for one in ("我报过的", "困难问题", "提醒", "找人")},
        "报数": READ["报数"],
    },
}
"""By role, what is done in a week and how the page begins on which it is done."""


@dataclass
class OneSession:
    """The database of a search: nothing of it stays."""

    session: Session

    @contextmanager
    def write(self) -> Iterator[Session]:
        yield self.session
        self.session.flush()

    read = write


@dataclass
class Search:
    """All that can be reached from a person's home, by the fewest taps first."""

    chat: Chat
    person: int

    def pages(self, most: int) -> Iterator[tuple[tuple[str, ...], Shown]]:
        database = self.chat.harness.database
        with database.write() as session:
            self.chat.harness.database = OneSession(session)  # type: ignore[assignment]
            home = self.chat.say(self.person, "/start")
            for taps in range(most + 1):
                yield from self._behind(session, home, (), taps, {})
            session.rollback()
        self.chat.harness.database = database

    def _behind(
        self, session: Session, shown: Shown, path: tuple[str, ...], taps: int, seen: dict[str, int]
    ) -> Iterator[tuple[tuple[str, ...], Shown]]:
        """What is exactly so many taps further."""
        if not taps:
            yield path, shown
            return
        for row in shown.keyboard:
            for label, data in row:
                nested = session.begin_nested()
                there = self.chat.tap_data(self.person, data)
                settled = any(isinstance(one, Edit) for one in there.calls) and not label.startswith(TURNS)
                if there.text and seen.get(there.text, -1) < taps and not (settled and taps > 1):
                    seen[there.text] = taps
                    yield from self._behind(session, there, (*path, label), taps - 1, seen)
                nested.rollback()


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """A week in which something waits for everybody."""
    chat = Chat(ReminderHarness(database, question_service, WEDNESDAY))
    harness = chat.harness
    with database.write() as session:
        seed_people(session, COUNTY, plan=PLAN, now=machine_now())
        office = find_member(session, OFFICE)
        assert office is not None
        add_meeting(session, PLAN, MeetingTime(FRIDAY), by=office.id, now=machine_now())
    harness.own("市科经局", BASE_STATION, ("1.1", "新增高新技术企业"), ("1.1", "技改项目"))
    chat.confirm(SCIENCE, "5G基站建成62个")
    chat.confirm(SCIENCE, "新增高新技术企业3家")
    chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "/return 2 与统计口径不一致"), "确认退回")
    chat.confirm(SCIENCE, "5G基站受阻，缺少用地指标，需市自规局协调")
    chat.say(SCIENCE, "提醒我下周三报送5G基站")
    chat.confirm(TRAFFIC, "规模种养大户达到86家")
    chat.say(510001, "呵呵哒啦啦")
    harness.on(WEDNESDAY)
    return chat


@pytest.mark.parametrize("role", DUTIES)
def test_no_weekly_duty_is_more_than_three_taps_from_home(chat: Chat, role: str) -> None:
    left = dict(DUTIES[role])
    far: dict[str, tuple[str, ...]] = {}
    for path, shown in Search(chat, PEOPLE[role]).pages(FURTHER):
        found = [does for does, head in left.items() if re.match(head, shown.head)]
        far |= {does: path for does in found if len(path) > MOST}
        left = {does: head for does, head in left.items() if does not in found}
        if not left:
            break
    assert (far, left) == ({}, {})
