"""Pages: nothing lost, nothing cut, everything within the limits."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.paging import LINES, TAIL, UNITS, paginate, units
from handlers.texts.reply import Reply
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


def line_ends(text: Text) -> int:
    return plain_text(text).count("\n")


def marks_in(texts: list[Text]) -> list[tuple[str, TextMark | None]]:
    """Each character that is read, but for line ends, with its mark."""
    together = RichText() + joined(texts)
    return [(one, span.mark) for span in together.spans for one in span.text if one != "\n"]


@given(REPLY)
def test_pages_hold_every_line_in_order_and_no_block_is_cut(reply: Reply) -> None:
    pages = paginate(reply)
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
    *pages, last = paginate(reply)
    assert all(line_ends(page) < LINES for page in pages)
    assert line_ends(last) < LINES + TAIL


@given(st.one_of(WRAPPED, st.builds(lambda *texts: joined(texts), WRAPPED, LONG), LONG))
def test_an_oversized_block_is_split_without_losing_text_or_marks(block: Text) -> None:
    pages = paginate(Reply(head="题", blocks=(block,)))
    assert all(units(page) <= UNITS for page in pages)
    assert marks_in(list(pages)) == marks_in(["题", block])


def test_lines_keep_their_marks() -> None:
    text = "甲" + marked("乙\n丙", TextMark.BOLD) + "丁\n"
    bold = marked("丙", TextMark.BOLD)
    assert list(lines_of(text)) == ["甲" + marked("乙", TextMark.BOLD), bold + "丁", RichText()]


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert units(marked("督办", TextMark.BOLD) + "<😀") == 5


def test_a_short_reply_is_one_page() -> None:
    head = marked("答", TextMark.BOLD)
    assert paginate(Reply(head=head, blocks=("一", "二"), foot="出处")) == (joined((head, "一", "二", "出处")),)


def test_what_must_be_one_page_is_one_as_long_as_a_message_holds_it() -> None:
    rows = tuple(f"第{number}行" for number in range(30))
    assert paginate(Reply(head="一页纸", blocks=rows, whole=True)) == ("\n".join(("一页纸", *rows)),)
    long = Reply(head="一页纸", blocks=("长" * 3000, "长" * 3000), whole=True)
    assert len(paginate(long)) == 2
