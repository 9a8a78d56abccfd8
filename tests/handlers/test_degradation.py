"""Whatever is said arrives by every channel: nothing lost, nothing too long, every button within reach."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain

import pytest
import yaml
from folders import TESTS
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import cases
from bot.telegram.channel import CAPABILITIES as TELEGRAM
from handlers.chat.capabilities import Capabilities
from handlers.chat.degradation import Deliverable, degrade, size
from handlers.chat.keyboard import Tap, questions_of, read_tap, screen
from handlers.chat.numbered_replies import GOOD, NumberedReply, read_reply, reply_lines, tap_on
from handlers.chat.outgoing import Document, Edit, Hand, Send, Toast
from handlers.chat.paging import UNITS, paginate
from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService
from handlers.texts.reply import Button, Reply
from storage.dialogs import StoredTurn
from storage.rich_text import RichText, Text, TextMark, joined, lines_of, marked, plain_text, spans_of

CHAT, TURN = 5, 77
SHORT_MESSAGES = Capabilities(message_bytes=300, buttons=False, edits=False, toasts=False, files=False, proactive=True)
NO_EDITS = Capabilities(message_bytes=2048, buttons=True, edits=False, toasts=False, files=True, proactive=True)
ANSWERS_ONLY = Capabilities(message_bytes=600, buttons=False, edits=True, toasts=False, files=True, proactive=False)
INVENTED = {"short messages": SHORT_MESSAGES, "no edits": NO_EDITS, "answers only": ANSWERS_ONLY}


def conversations() -> Iterator[tuple[Asker, list[str]]]:
    """Every transcript, and every tenth of the example questions."""
    for file in sorted((TESTS / "end_to_end" / "transcripts").glob("*.yaml")):
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        yield Asker(date.fromisoformat(found["today"])), [turn["ask"] for turn in found["turns"]]
    for case in cases()[::10]:
        yield case.asker, [turn.ask for turn in case.turns]


def replies(question_service: QuestionService) -> Iterator[Reply]:
    for asker, questions in conversations():
        memory = ""
        for question in questions:
            asked = question_service.ask(question, memory=memory, asker=asker)
            memory = asked.memory
            yield render(asked.answer, asked.library)


def screens(reply: Reply) -> Iterator[Send]:
    for page in range(len(paginate(reply))):
        text, keyboard = screen(reply, turn=TURN, page=page, thumbs=True)
        yield Send(chat=CHAT, text=text, keyboard=keyboard, turn=TURN, reply_to=3, thread=4)


@pytest.fixture(scope="module")
def shown_screens(question_service: QuestionService) -> list[Send]:
    return [shown for reply in replies(question_service) for shown in screens(reply)]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80)
LINE = st.one_of(TEXT, st.builds(marked, TEXT, st.sampled_from(TextMark)))
LONG = st.integers(1, 500).map(lambda n: marked("督😀b" * n, TextMark.BOLD))
ROW = st.one_of(LINE, LONG, st.builds(lambda one, other: "x" + (RichText() + one) + other, LINE, LINE))
BODY = st.lists(ROW, min_size=1, max_size=30).map(joined)
REPLY = st.builds(
    lambda head, blocks, labels: Reply(
        head=head, blocks=tuple(blocks), buttons=tuple(Button(label, label) for label in labels)
    ),
    LINE,
    st.lists(LINE, max_size=30),
    st.lists(st.text(st.characters(categories=("Lo", "Nd")), min_size=1, max_size=12), max_size=6),
)
SAID = st.one_of(
    REPLY.flatmap(lambda reply: st.sampled_from(list(screens(reply)))),
    BODY.map(lambda text: Send(chat=CHAT, text=text, asked_at=datetime(2023, 3, 1, tzinfo=UTC))),
    BODY.map(lambda text: Edit(chat=CHAT, message=9, text=text, turn=TURN, keyboard=((("看", f"2:{TURN}:0"),),))),
)
OTHERS = st.one_of(
    TEXT.map(lambda text: Toast(tap="t", text=text)),
    st.just(Toast(tap="t")),
    TEXT.map(lambda name: Hand(chat=CHAT, sha256="0", name=name)),
    TEXT.map(lambda name: Document(chat=CHAT, name=name, text="BEGIN")),
)
CHANNEL = st.builds(
    Capabilities,
    message_bytes=st.integers(100, 4000),
    buttons=st.booleans(),
    edits=st.booleans(),
    toasts=st.booleans(),
    files=st.booleans(),
    proactive=st.booleans(),
)


def sent(call: Deliverable, channel: Capabilities) -> list[Send | Edit]:
    made = degrade(call, channel, chat=CHAT)
    assert all(isinstance(one, Send | Edit) for one in made)
    return [one for one in made if isinstance(one, Send | Edit)]


def characters(texts: list[Text]) -> list[tuple[str, TextMark | None]]:
    """Each character that is read, but for line ends, with its mark."""
    return [(one, span.mark) for text in texts for span in spans_of(text) for one in span.text if one != "\n"]


def without_number(text: Text) -> Text:
    """A page without the last of its lines."""
    return joined(list(lines_of(text))[:-1])


def holds_what_was_said(call: Send | Edit, channel: Capabilities) -> None:
    made = sent(call, channel)
    wanted = [call.text, *(() if channel.buttons else reply_lines(call.keyboard))]
    if len(made) == 1:
        assert characters([made[0].text]) == characters(wanted)
    else:
        assert characters([without_number(one.text) for one in made]) == characters(wanted)
        assert [plain_text(one.text).splitlines()[-1] for one in made] == [
            f"（{number}/{len(made)}）" for number in range(1, len(made) + 1)
        ]
    assert all(size(plain_text(one.text)) <= channel.message_bytes for one in made)


TURN_OF_SIX = StoredTurn(
    id=TURN,
    chat_id=CHAT,
    person_id=CHAT,
    message_id=1,
    message_digest=None,
    answer_id=2,
    question="问",
    memory_before="",
    buttons=("一",) * 6,
    created_at=datetime(2023, 3, 1, tzinfo=UTC),
)


def taps_within_reach(call: Send | Edit, channel: Capabilities) -> list[Tap | None]:
    """What can be tapped on, or replied, once it has arrived."""
    made = sent(call, channel)
    if channel.buttons:
        assert not any(one.keyboard for one in made[:-1])
        return [read_tap(data) for _, data in chain.from_iterable(made[-1].keyboard)]
    assert not any(one.keyboard for one in made)
    lines = [line for one in made for line in plain_text(one.text).splitlines() if line.startswith("回复 ")]
    given = [read_reply(line.partition("：")[0]) for line in lines]
    return [tap_on(TURN_OF_SIX, one) for one in given if one]


def buttons_of(call: Send | Edit) -> list[Tap | None]:
    return [read_tap(data) for _, data in chain.from_iterable(call.keyboard)]


@pytest.mark.parametrize("channel", INVENTED.values(), ids=INVENTED)
def test_every_reply_of_the_transcripts_arrives_whole(channel: Capabilities, shown_screens: list[Send]) -> None:
    assert len(shown_screens) > 300
    for shown in shown_screens:
        holds_what_was_said(shown, channel)
        assert taps_within_reach(shown, channel) == buttons_of(shown)


@given(SAID, CHANNEL)
def test_nothing_is_lost_and_no_message_is_too_long(call: Send | Edit, channel: Capabilities) -> None:
    holds_what_was_said(call, channel)


@given(SAID, CHANNEL)
def test_every_button_is_within_reach_once(call: Send | Edit, channel: Capabilities) -> None:
    if channel.buttons or not any(line.startswith("回复 ") for line in plain_text(call.text).splitlines()):
        assert taps_within_reach(call, channel) == buttons_of(call)


@given(BODY, st.integers(100, 4000))
def test_a_row_and_a_mark_that_fit_a_message_are_not_cut(text: Text, most: int) -> None:
    channel = Capabilities(message_bytes=most, buttons=True, edits=True, toasts=True, files=True, proactive=True)
    made = sent(Send(chat=CHAT, text=text), channel)
    room = most - size("\n（9999/9999）")
    rows = [plain_text(line) for one in made for line in lines_of(one.text)]
    spans = [span for one in made for span in spans_of(one.text)]
    for line in lines_of(text):
        if size(plain_text(line)) <= room:
            assert plain_text(line) in rows
        for span in spans_of(line):
            if span.mark and size(span.text) <= room:
                assert any(span.text in one.text and span.mark is one.mark for one in spans)


@given(st.one_of(SAID, OTHERS), CHANNEL)
def test_what_was_fitted_fits(call: Deliverable, channel: Capabilities) -> None:
    for one in degrade(call, channel, chat=CHAT):
        assert degrade(one, channel, chat=CHAT) == (one,)


@given(st.one_of(REPLY.flatmap(lambda reply: st.sampled_from(list(screens(reply)))), OTHERS))
def test_telegram_needs_nothing_fitted(call: Deliverable) -> None:
    assert degrade(call, TELEGRAM, chat=CHAT) == (call,)


def test_as_much_as_telegram_takes_is_one_message() -> None:
    longest = Send(chat=CHAT, text="督" * UNITS)
    assert degrade(longest, TELEGRAM, chat=CHAT) == (longest,)


def test_the_first_of_several_answers_and_the_last_is_kept() -> None:
    call = Send(chat=CHAT, text="行" * 300, turn=TURN, reply_to=3, thread=4, keyboard=((("看", f"2:{TURN}:0"),),))
    first, *between, last = degrade(call, replace(NO_EDITS, message_bytes=300), chat=CHAT)
    assert (first.reply_to, first.turn, first.keyboard, first.thread) == (3, None, (), 4)
    assert [(one.reply_to, one.turn, one.keyboard, one.thread) for one in between] == [(None, None, (), 4)] * 2
    assert (last.reply_to, last.turn, last.keyboard, last.thread) == (None, TURN, call.keyboard, 4)


def test_what_a_channel_has_not_is_said_in_a_message() -> None:
    assert degrade(Toast(tap="t", text="已收到"), NO_EDITS, chat=CHAT) == (Send(chat=CHAT, text="已收到"),)
    assert degrade(Toast(tap="t"), NO_EDITS, chat=CHAT) == ()
    (told,) = degrade(Document(chat=CHAT, name="日历.ics", text="BEGIN"), SHORT_MESSAGES, chat=CHAT)
    assert isinstance(told, Send)
    assert "日历.ics" in plain_text(told.text)
    edit = Edit(chat=CHAT, message=9, text="新", turn=TURN, thread=4)
    assert degrade(edit, NO_EDITS, chat=CHAT) == (Send(chat=CHAT, text="新", turn=TURN, thread=4),)
    assert degrade(edit, ANSWERS_ONLY, chat=CHAT) == (edit,)


def test_buttons_are_written_out_with_what_to_reply() -> None:
    keyboard = (
        (("看", f"2:{TURN}:0"), ("报", f"2:{TURN}:1")),
        (("下一页", f"2:{TURN}:p1"),),
        (("有用", f"2:{TURN}:y"),),
    )
    (shown,) = degrade(Send(chat=CHAT, text="答", keyboard=keyboard), SHORT_MESSAGES, chat=CHAT)
    assert shown.text == f"答\n回复 1：看\n回复 2：报\n回复 第2页：下一页\n回复 {GOOD}：有用"


def test_a_row_is_tapped_by_its_number_from_whichever_page_is_shown() -> None:
    rows = tuple(f"第{number}行" for number in range(20))
    opens = {place: Button(row, f"看{place}") for place, row in enumerate(rows)}
    reply = Reply(head="红灯", blocks=rows, opens=opens, buttons=(Button("督促", "催"),))
    turn = replace(TURN_OF_SIX, buttons=questions_of(reply))
    for page in range(len(paginate(reply))):
        _, keyboard = screen(reply, turn=TURN, page=page)
        said = [read_reply(line.partition("：")[0]) for line in reply_lines(keyboard)]
        assert [tap_on(turn, one) for one in said if one] == [read_tap(data) for row in keyboard for _, data in row]


def numbered(number: int, *, explicit: bool = False) -> NumberedReply:
    return NumberedReply(number=number, page=None, explicit=explicit)


def paged(page: int, *, explicit: bool = False) -> NumberedReply:
    return NumberedReply(number=None, page=page, explicit=explicit)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("1", numbered(1)),
        ("１。", numbered(1)),
        ("②", numbered(2)),
        ("第一个", numbered(1)),
        ("第3个", numbered(3)),
        ("回1", numbered(1, explicit=True)),
        ("回复2", numbered(2, explicit=True)),
        ("回复 第二个", numbered(2, explicit=True)),
        ("第12页", paged(12)),
        ("回复 第2页", paged(2, explicit=True)),
        ("回复 12", numbered(12, explicit=True)),
        ("1个", None),
        ("12", numbered(12)),
        ("123", None),
        ("0", None),
        ("第一个是什么", None),
        ("回", None),
    ],
)
def test_what_is_a_reply_by_number(text: str, reply: NumberedReply | None) -> None:
    assert read_reply(text) == reply
