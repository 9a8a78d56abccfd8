"""The user guide: what its pages tell a role to type is answered, and what they quote is what the program says.

A page writes in `code` what is typed and in “quotes” a button or words of the bot. The sentences of a line are typed
one after the other, into a chat that remembers nothing of the lines above; a button quoted between two is tapped.
"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import typer.main
from county_people import OF_THE_COUNTY
from folders import ROOT
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, LEADER, OFFICE, PLAN, SCIENCE, SUPERVISOR, ReminderHarness
from sqlalchemy import delete

from bot.cli import app
from bot.playground.bindings import seed_people
from handlers.routing.commands import COMMANDS
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.dialogs import DialogRow
from storage.people import Role
from storage.prompts import PromptRow

GUIDE = ROOT / "docs" / "guide"
VISITOR = 510001
PAGES = {
    "README": VISITOR,
    "visitor": VISITOR,
    "member": SCIENCE,
    Role.LIAISON: SCIENCE,
    Role.HEAD: HEAD,
    Role.LEADER: LEADER,
    Role.SUPERVISOR: SUPERVISOR,
    Role.OFFICE: OFFICE,
    Role.SIGNER: HEAD,
    Role.PROJECTS: OF_THE_COUNTY["重点项目中心"].id,
    Role.CONTACT: OF_THE_COUNTY["项目联络人"].id,
    Role.AIDE: OF_THE_COUNTY["领导联络员"].id,
}
"""Who types what a page says."""
UNANSWERED = (
    "没有读懂",
    "没看懂",
    "没有提到",
    "责任单位里没有",
    "不在这个方案里",
    "前面还没有",
    "这个命令",
    "绑定身份",
    "只有",
    "没有改动",
    "没有要改",
)
"""What stands in the first line of a reply that does nothing."""

_TYPED = re.compile(r"`([^`]+)`")
_QUOTED = re.compile(r"“([^”]+)”")
_TOKEN = re.compile(r"`(?P<typed>[^`]+)`|“(?P<quoted>[^”]+)”")
_TITLE = re.compile("《[^》]*》")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def text_of(page: str) -> str:
    """A page without the titles of documents, which have quotes of their own."""
    return _TITLE.sub("", (GUIDE / f"{page}.md").read_text(encoding="utf-8"))


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """31 March 2023: 市科经局 owns and has reported 5G基站, and somebody has called a unit by an unknown name."""
    harness = ReminderHarness(database, question_service, date(2023, 3, 31))
    harness.own("市科经局", BASE_STATION)
    harness.report(SCIENCE, "市科经局", BASE_STATION, 590, date(2023, 2, 28))
    with database.write() as session:
        seed_people(session, OF_THE_COUNTY.values(), plan=PLAN, now=machine_now())
    chat = Chat(harness)
    chat.say(VISITOR, "交通大楼负责哪些任务")
    return chat


def typed_in_vain(chat: Chat, person: int, line: str) -> Iterator[str]:
    """What is typed in the line and not answered, though the line does not quote the reply that it gets."""
    with chat.harness.database.write() as session:
        session.execute(delete(PromptRow))
        session.execute(delete(DialogRow))
    tokens = list(_TOKEN.finditer(line))
    while tokens[-1]["quoted"]:
        tokens.pop()
    shown = None
    for token in tokens:
        if said := token["typed"]:
            shown = chat.say(person, said)
            expected = any(words in shown.head for words in _QUOTED.findall(line))
            if not expected and any(words in shown.head for words in UNANSWERED):
                yield f"{said} → {shown.head}"
        elif shown and token["quoted"] in shown.labels:
            shown = chat.tap(person, shown, token["quoted"])


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_to_type_is_answered(chat: Chat, page: str) -> None:
    lines = [line for line in text_of(page).splitlines() if _TYPED.search(line)]
    assert [vain for line in lines for vain in typed_in_vain(chat, PAGES[page], line)] == []


@pytest.mark.parametrize(
    ("person", "line"),
    [
        (VISITOR, "`/nothing`"),
        (VISITOR, "`今天天气怎么样`"),
        (VISITOR, "`市体育局牵头哪项`"),
        (VISITOR, "`第二个`"),
        (VISITOR, "`/people`"),
        (SCIENCE, "`/people`"),
        (OFFICE, "`5G基站建成620个`"),
        (OFFICE, "`/period`，发 `2024年底`"),
        (OFFICE, "`/announce`，再看 `明天` “没有读到” `asdf`"),
    ],
)
def test_what_is_not_answered_is_found(chat: Chat, person: int, line: str) -> None:
    assert list(typed_in_vain(chat, person, line))


def test_every_role_has_its_page_and_every_page_stands_in_the_index() -> None:
    pages = {page.stem for page in GUIDE.glob("*.md")}
    assert pages >= set(Role)
    assert set(_LINK.findall(text_of("README"))) >= {f"{page}.md" for page in pages - {"README"}}


def test_every_command_stands_in_the_guide() -> None:
    typed = " ".join(said for page in PAGES for said in _TYPED.findall(text_of(page)))
    assert [one.name for one in COMMANDS if one.typed and not re.search(rf"/{one.name}\b", typed)] == []


@cache
def said_by_the_program() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Its texts, and those with something to be filled in as patterns: but no bare measure word, as of `x 620 个`."""
    whole, filled = set(), []
    for folder in ("handlers", "bot"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    whole.add(node.value)
                elif isinstance(node, ast.JoinedStr):
                    parts = [str(one.value) if isinstance(one, ast.Constant) else None for one in node.values]
                    filled.append(re.compile("".join(".+" if one is None else re.escape(one) for one in parts)))
    return frozenset(whole), tuple(one for one in filled if len(re.findall(r"[\u4e00-\u9fff]", one.pattern)) > 1)


def is_said(words: str) -> bool:
    whole, filled = said_by_the_program()
    return any(words in one for one in whole) or any(one.fullmatch(words) for one in filled)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_quotes_is_what_the_program_says(page: str) -> None:
    parts = [part for words in _QUOTED.findall(text_of(page)) for part in words.split("……") if part]
    assert [part for part in parts if not is_said(part)] == []


def test_what_the_program_does_not_say_is_found() -> None:
    assert not is_said("立即上报")
    assert not is_said("改为 620 个")


def test_every_command_line_of_the_operator_is_there() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group of commands
    lines = re.findall(r"(?:^ {4}|`|&& )duban ([^`#\n]+)", text_of("operator"), re.MULTILINE)
    used = [line.split() for line in lines if not line.startswith("-")]
    assert len(used) > 10
    for name, *rest in used:
        options = {option for one in commands[name].params for option in one.opts}
        assert {word for word in rest if word.startswith("--")} <= options, name


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.stem
)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
