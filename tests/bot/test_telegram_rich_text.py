"""Rich text as Telegram shows it: every character as it stands, under its mark."""

from hypothesis import given
from hypothesis import strategies as st

from bot.playground.markup import parse_html
from bot.telegram.rich_text import html
from storage.rich_text import RichText, TextMark, TextSpan, marked, plain_text

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
SPANS = st.lists(st.builds(TextSpan, WORDS, st.sampled_from([None, *TextMark])), max_size=8)


def test_marks_become_tags_and_nothing_else_does() -> None:
    bold, italic, code = (marked(one.value, one) for one in TextMark)
    said = bold + "：5G<基站> & " + italic + code
    assert html(said) == "<b>bold</b>：5G&lt;基站&gt; &amp; <i>italic</i><code>code</code>"
    assert html("<b>") == "&lt;b&gt;"


@given(SPANS)
def test_whatever_is_said_is_shown_to_the_letter(spans: list[TextSpan]) -> None:
    said = "题" + RichText(tuple(spans)) + "。"
    shown, _ = parse_html(html(said))
    assert shown == plain_text(said)
