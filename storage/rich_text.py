"""Text as people are told it, with marks and without any markup: each channel renders the marks in its own way.

A line end ends a line; a block of a reply is a paragraph. A list is lines that begin alike, a quotation stands in
“ ”, an address is written out, and a light is its own character beside its word: they read the same everywhere, so
they need no mark.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from typing_extensions import override


class TextMark(StrEnum):
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    """To be copied as it stands."""


class TextSpan(NamedTuple):
    text: str
    mark: TextMark | None = None


@dataclass(frozen=True, slots=True)
class RichText:
    """Spans, one after the other; + adds one to another, or plain text to it, and makes one of what is marked alike."""

    spans: tuple[TextSpan, ...] = ()

    def __add__(self, other: "Text") -> "RichText":
        return _of(self.spans, spans_of(other))

    def __radd__(self, other: str) -> "RichText":
        return _of(spans_of(other), self.spans)

    def __bool__(self) -> bool:
        return any(span.text for span in self.spans)

    @override
    def __format__(self, _spec: str) -> str:
        """Its marks would be lost."""
        raise TypeError("rich text is added, not formatted")


Text = str | RichText
"""A str is text without marks, to the letter."""


def marked(text: str, mark: TextMark) -> RichText:
    return RichText((TextSpan(text, mark),))


def spans_of(text: Text) -> tuple[TextSpan, ...]:
    if isinstance(text, RichText):
        return text.spans
    return (TextSpan(text),) if text else ()


def plain_text(text: Text) -> str:
    """What is read of it, without marks."""
    return text if isinstance(text, str) else "".join(span.text for span in text.spans)


_LINE_END = (TextSpan("\n"),)


def joined(texts: Iterable[Text]) -> Text:
    """The texts one under the other; a str where none has marks."""
    kept = list(texts)
    if all(isinstance(one, str) for one in kept):
        return "\n".join(map(plain_text, kept))
    first, *others = map(spans_of, kept)
    return _of(first, *(spans for other in others for spans in (_LINE_END, other)))


def lines_of(text: Text) -> Iterator[Text]:
    """Its lines, each with its own marks."""
    if isinstance(text, str):
        yield from text.split("\n")
        return
    line: list[TextSpan] = []
    for span in text.spans:
        first, *others = span.text.split("\n")
        line.append(TextSpan(first, span.mark))
        for other in others:
            yield _without_the_empty(line)
            line = [TextSpan(other, span.mark)]
    yield _without_the_empty(line)


def _of(*parts: tuple[TextSpan, ...]) -> RichText:
    spans: list[TextSpan] = []
    for span in chain.from_iterable(parts):
        if spans and spans[-1].mark == span.mark:
            spans[-1] = TextSpan(spans[-1].text + span.text, span.mark)
        else:
            spans.append(span)
    return RichText(tuple(spans))


def _without_the_empty(spans: list[TextSpan]) -> RichText:
    return RichText(tuple(span for span in spans if span.text))
