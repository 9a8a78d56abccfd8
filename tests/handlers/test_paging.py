"""Pages: nothing lost, nothing cut, everything within Telegram's limits."""

import re
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.paging import LINES, TAIL, UNITS, paginate, plain, units
from handlers.texts.reply import Reply

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
LINE = st.builds(lambda text, tag: tag.format(escape(text)), TEXT, st.sampled_from(["{}", "<b>{}</b>", "x<i>{}</i>"]))
BLOCK = st.lists(LINE, min_size=1, max_size=4).map("\n".join)
WRAPPED = st.lists(LINE, min_size=1, max_size=40).map(lambda lines: "<blockquote>" + "\n".join(lines) + "</blockquote>")
LONG = st.integers(1, 9000).map(lambda n: "<b>" + "&lt;督😀" * n + "</b>")
REPLY = st.builds(
    lambda head, blocks, foot: Reply(head=head, blocks=tuple(blocks), foot=foot),
    LINE,
    st.lists(BLOCK, max_size=30),
    st.one_of(st.just(""), LINE),
)


@given(REPLY)
def test_pages_hold_every_line_in_order_and_no_block_is_cut(reply: Reply) -> None:
    pages = paginate(reply)
    parts = [reply.head, *reply.blocks, *([reply.foot] if reply.foot else [])]
    assert "\n".join(pages) == "\n".join(parts)
    ends = {0}
    for part in parts:
        ends.add(max(ends) + part.count("\n") + 1)
    lines = 0
    for page in pages:
        lines += page.count("\n") + 1
        assert lines in ends


@given(REPLY)
def test_no_page_is_longer_than_a_phone_shows(reply: Reply) -> None:
    *pages, last = paginate(reply)
    assert all(page.count("\n") < LINES for page in pages)
    assert last.count("\n") < LINES + TAIL


@given(st.one_of(WRAPPED, st.builds("{}\n{}".format, WRAPPED, LONG), LONG))
def test_an_oversized_block_is_split_without_losing_text_and_with_whole_markup(block: str) -> None:
    pages = paginate(Reply(head="题", blocks=(block,)))
    assert all(units(page) <= UNITS for page in pages)
    assert "".join(map(plain, pages)).replace("\n", "") == plain(f"题{block}").replace("\n", "")
    for page in pages:
        opened: list[str] = []
        for closing, name in re.findall(r"<(/?)(\w+)>", page):
            if closing:
                assert opened.pop() == name
            else:
                opened.append(name)
        assert opened == []


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert units("<b>督办</b>&lt;😀") == 5


def test_a_short_reply_is_one_page() -> None:
    assert paginate(Reply(head="<b>答</b>", blocks=("一", "二"), foot="出处")) == ("<b>答</b>\n一\n二\n出处",)


def test_what_must_be_one_page_is_one_as_long_as_a_message_holds_it() -> None:
    rows = tuple(f"第{number}行" for number in range(30))
    assert paginate(Reply(head="一页纸", blocks=rows, whole=True)) == ("\n".join(("一页纸", *rows)),)
    long = Reply(head="一页纸", blocks=("长" * 3000, "长" * 3000), whole=True)
    assert len(paginate(long)) == 2
