"""Telegram's HTML: text with tags to plain text with entities, whose offsets count UTF-16 units."""

import re
from dataclasses import dataclass

from bot.playground.api_errors import ApiError, bad_request
from handlers.services.json_input import Json

MOST_ENTITIES = 100
_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.-]+))?""")
_TAG_END = re.compile(r"\s*>")
# What Telegram marks by itself, in people's text and in the bot's.
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"“”，。；、（）]+)"
    r"|(?<![\w@/])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?)(?!\w)",
    re.ASCII,
)


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and MessageEntity objects; ApiError (400) where Telegram would not parse the tags."""
    source = _cleaned(source)
    text: list[str] = []
    offset = at = 0
    opened: list[_OpenTag] = []
    entities: list[Json] = []
    while at < len(source):
        if source[at] == "<" and source[at + 1 : at + 2] == "/":
            at = _end_tag(source, at, opened, offset, entities)
        elif source[at] == "<":
            name, argument, at = _start_tag(source, at)
            opened.append(_OpenTag(name, argument, offset))
        else:
            character, at = _character(source, at)
            text.append(character)
            offset += units(character)
    if opened:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{opened[-1].name}"')
    return _trimmed("".join(text), sorted(entities, key=lambda one: (one["offset"], -one["length"])))


def plain(source: str) -> tuple[str, list[Json]]:
    """A text without markup, trimmed as Telegram does."""
    return _trimmed(_cleaned(source), [])


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """The entities, and those that Telegram finds by itself: links, mentions, commands; not inside code or links."""
    closed = [
        (one["offset"], one["offset"] + one["length"])
        for one in entities
        if one["type"] in {"code", "pre", "text_link"}
    ]
    found = []
    for match in _FOUND.finditer(text):
        offset = units(text[: match.start()])
        if not any(start <= offset < end for start, end in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": units(match[0])})
    together = sorted(entities + found, key=lambda one: (one["offset"], -one["length"]))
    return together[:MOST_ENTITIES]


def _character(source: str, at: int) -> tuple[str, int]:
    """The character at a place, a reference such as `&lt;` being one, and the place after it."""
    reference = _REFERENCE.match(source, at)
    if not reference:
        return source[at], at + 1
    by_hex, by_number, by_name = reference.groups()
    if by_name:
        return _NAMED[by_name], reference.end()
    code = int(by_hex, 16) if by_hex else int(by_number)
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return source[at], at + 1
    return chr(code), reference.end()


def _start_tag(source: str, begin: int) -> tuple[str, str, int]:
    """Name and argument (the link, the language, the class) of the tag that begins here, and the place after it."""
    name_read = _TAG_NAME.match(source, begin + 1)
    assert name_read  # noqa: S101 - the pattern matches the empty text too
    name, at = name_read[0].lower(), name_read.end()
    if at == len(source):
        raise _cannot("Unclosed start tag", source, begin)
    if name not in _KINDS:
        raise _cannot(f'Unsupported start tag "{name}"', source, begin)
    argument = ""
    while not (end := _TAG_END.match(source, at)):
        attribute = _ATTRIBUTE.match(source, at)
        if not attribute and not source[at:].strip():
            raise _cannot(f'Unclosed start tag "{name}"', source, begin)
        if not attribute:
            raise _cannot(f'Empty attribute name in the tag "{name}"', source, begin)
        value = _unescaped((attribute[2] or "").strip("\"'"))
        argument = _argument(name, attribute[1], value) or argument
        at = attribute.end()
    if name == "span" and argument != "tg-spoiler":
        raise _cannot('Tag "span" must have class "tg-spoiler"', source, begin)
    return name, argument, end.end()


def _argument(tag: str, attribute: str, value: str) -> str:
    match tag, attribute:
        case "a", "href":
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span", "class":
            return value
        case "blockquote", "expandable":
            return "expandable"
    return ""


def _unescaped(value: str) -> str:
    text, at = [], 0
    while at < len(value):
        character, at = _character(value, at)
        text.append(character)
    return "".join(text)


def _end_tag(source: str, begin: int, opened: list[_OpenTag], offset: int, entities: list[Json]) -> int:
    """Close the innermost tag, whose entity is added; the place after the end tag."""
    if not opened:
        raise _cannot("Unexpected end tag", source, begin)
    name_read = _TAG_NAME.match(source, begin + 2)
    assert name_read  # noqa: S101 - the pattern matches the empty text too
    end = _TAG_END.match(source, name_read.end())
    if not end:
        raise _cannot("Unclosed end tag", source, begin)
    tag = opened.pop()
    found = name_read[0].lower()
    if found and found != tag.name:
        where = f"at byte offset {len(source[:begin].encode())}"
        raise _cannot(f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{found}>"')
    if offset > tag.offset:
        _add(entities, tag, offset - tag.offset)
    return end.end()


def _add(entities: list[Json], tag: _OpenTag, length: int) -> None:
    entity: Json = {"type": _KINDS[tag.name], "offset": tag.offset, "length": length}
    if tag.name == "a":
        if "." not in tag.argument and not tag.argument.startswith("tg://"):
            return  # not a link that Telegram would follow: the text stays, the entity goes
        entity["url"] = tag.argument if "://" in tag.argument else f"http://{tag.argument}"
    elif tag.argument == "expandable":
        entity["type"] = "expandable_blockquote"
    elif tag.name == "code" and tag.argument:
        entity["language"] = tag.argument
    elif tag.name == "pre" and entities and entities[-1] == {**entity, "type": "code", **_language(entities[-1])}:
        entity |= _language(entities.pop())  # <pre><code class="language-…">
    entities.append(entity)


def _language(entity: Json) -> Json:
    return {"language": entity["language"]} if "language" in entity else {}


def _cleaned(source: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", source.replace("\r", ""))


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    cut = units(text) - units(text.lstrip())
    text = text.strip()
    length = units(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], length)
        if start < end:
            # only a code block inside <pre> has a language; alone it is plain code to Telegram
            shown = {key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"}
            kept.append({**shown, "offset": start, "length": end - start})
    return text, kept


def _cannot(why: str, source: str | None = None, at: int = 0) -> ApiError:
    where = "" if source is None else f" at byte offset {len(source[:at].encode())}"
    return bad_request(f"can't parse entities: {why}{where}")
