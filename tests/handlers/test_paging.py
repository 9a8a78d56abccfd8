"""Pages: nothing lost, nothing cut, everything within the limits."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.keyboard import questions_of, read_tap, screen
from handlers.chat.paging import BUTTONS, LINES, TAIL, UNITS, paginate, units
from handlers.texts.reply import Button, Reply
from storage.rich_text import RichText, Text, TextMark, joined, lines_of, marked, plain_text

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
MARKED = st.builds(marked, TEXT, st.sampled_from(TextMark))
LINE = st.one_of(TEXT, MARKED, st.builds("x".__add__, TEXT), st.builds(lambda text: "x" + text, MARKED))
BLOCK = st.lists(LINE, min_size=1, max_size=4).map(joined)
WRAPPED = st.lists(TEXT, min_size=1, max_size=40).map(lambda lines: marked("\n".join(lines), TextMark.CODE))
LONG = st.integers(1, 9000).map(lambda n: marked("<督😀" * n, TextMark.BOLD))
REPLY = st.builds(
    lambda head, blocks, foot: Reply(head=head, blocks=tuple(blocks), foot=foot),
    LINE,
    st.lists(BLOCK, max_size=30),
    st.one_of(st.just(""), LINE),
)


def texts_of(reply: Reply) -> list[Text]:
    return [page.text for page in paginate(reply)]


def line_ends(text: Text) -> int:
    return plain_text(text).count("\n")


def marks_in(texts: list[Text]) -> list[tuple[str, TextMark | None]]:
    """Each character that is read, but for line ends, with its mark."""
    together = RichText() + joined(texts)
    return [(one, span.mark) for span in together.spans for one in span.text if one != "\n"]


@given(REPLY)
def test_pages_hold_every_line_in_order_and_no_block_is_cut(reply: Reply) -> None:
    pages = texts_of(reply)
    parts = [reply.head, *reply.blocks, *([reply.foot] if reply.foot else [])]
    assert RichText() + joined(pages) == RichText() + joined(parts)
    ends = {0}
    for part in parts:
        ends.add(max(ends) + line_ends(part) + 1)
    lines = 0
    for page in pages:
        lines += line_ends(page) + 1
        assert lines in ends


@given(REPLY)
def test_no_page_is_longer_than_a_phone_shows(reply: Reply) -> None:
    *pages, last = texts_of(reply)
    assert all(line_ends(page) < LINES for page in pages)
    assert line_ends(last) < LINES + TAIL


@given(st.one_of(WRAPPED, st.builds(lambda *texts: joined(texts), WRAPPED, LONG), LONG))
def test_an_oversized_block_is_split_without_losing_text_or_marks(block: Text) -> None:
    pages = texts_of(Reply(head="题", blocks=(block,)))
    assert all(units(page) <= UNITS for page in pages)
    assert marks_in(pages) == marks_in(["题", block])


def test_lines_keep_their_marks() -> None:
    text = "甲" + marked("乙\n丙", TextMark.BOLD) + "丁\n"
    bold = marked("丙", TextMark.BOLD)
    assert list(lines_of(text)) == ["甲" + marked("乙", TextMark.BOLD), bold + "丁", RichText()]


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert units(marked("督办", TextMark.BOLD) + "<😀") == 5


def test_a_short_reply_is_one_page() -> None:
    head = marked("答", TextMark.BOLD)
    assert texts_of(Reply(head=head, blocks=("一", "二"), foot="出处")) == [joined((head, "一", "二", "出处"))]


def test_what_must_be_one_page_is_one_as_long_as_a_message_holds_it() -> None:
    rows = tuple(f"第{number}行" for number in range(30))
    assert texts_of(Reply(head="一页纸", blocks=rows, whole=True)) == ["\n".join(("一页纸", *rows))]
    long = Reply(head="一页纸", blocks=("长" * 3000, "长" * 3000), whole=True)
    assert len(paginate(long)) == 2


def list_of(rows: int, own: int) -> Reply:
    """Rows that each ask 看 and their own number."""
    return Reply(
        head="红灯",
        blocks=tuple(f"第{number}行" for number in range(1, rows + 1)),
        opens={place: Button(f"第{place + 1}行", f"看{place + 1}") for place in range(rows)},
        buttons=tuple(Button(f"钮{number}", f"办{number}") for number in range(own)),
    )


@given(st.integers(0, 40), st.integers(0, 6))
def test_a_pages_buttons_are_those_of_its_own_rows_and_mean_the_same_on_every_page(rows: int, own: int) -> None:
    reply = list_of(rows, own)
    asked, met = questions_of(reply), list[str]()
    for page in range(len(paginate(reply))):
        text, keyboard = screen(reply, turn=7, page=page)
        taps = [(label, tap) for row in keyboard for label, data in row if (tap := read_tap(data))]
        shown = {label: asked[tap.button] for label, tap in taps if tap.button is not None}
        assert len(shown) <= BUTTONS
        of_rows = {label: question for label, question in shown.items() if question.startswith("看")}
        for label, question in of_rows.items():
            number = question.removeprefix("看")
            assert label == f"{number} 第{number}行"
            assert f"{number} 第{number}行" in plain_text(text).splitlines()
        met += of_rows.values()
    assert met == [f"看{number}" for number in range(1, rows + 1)]


def test_a_long_list_has_no_thumbs_whose_numbers_are_its_rows() -> None:
    def thumbs(reply: Reply) -> int:
        _, keyboard = screen(reply, turn=7, thumbs=True)
        return sum(tap.liked is not None for row in keyboard for _, data in row if (tap := read_tap(data)))

    assert (thumbs(list_of(4, 2)), thumbs(list_of(20, 0))) == (2, 0)
