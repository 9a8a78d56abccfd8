"""Rich text in Telegram's HTML."""

from html import escape

from storage.rich_text import Text, TextMark, TextSpan, spans_of

_TAGS = {TextMark.BOLD: "b", TextMark.ITALIC: "i", TextMark.CODE: "code"}


def html(text: Text) -> str:
    return "".join(map(_rendered, spans_of(text)))


def _rendered(span: TextSpan) -> str:
    words = escape(span.text, quote=False)
    if span.mark is None:
        return words
    tag = _TAGS[span.mark]
    return f"<{tag}>{words}</{tag}>"
