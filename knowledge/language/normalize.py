"""Text cleaned once, at the door: one script, one width, one case."""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

_QUOTES = str.maketrans({**dict.fromkeys("“”\"'‘’「」『』《》〈〉【】`*_~^|\\", ""), "囗": "口"})
_TO = re.compile(r"(?<=[\d日号月年天周一二三四五六末]) *[~〜∼]+ *(?=[\d一二三四五六七八九十上下周星本今明廿卅])")
"""A wave between two days or numbers is a range; elsewhere it is markup."""
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]")
_SHOWS_NOTHING = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_ONLY_HAN = re.compile(r"[\u4e00-\u56d6\u56d8-\u9fff]+")
"""Without 囗, which stands for 口. Most words that are known are such: of them only the script can be another."""
_SPACE = re.compile(r"\s+")
_SPACE_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[,](?=\d{3}(?!\d))")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def is_han(char: str) -> bool:
    return bool(_HAN.match(char))


def hidden_in(text: str) -> str:
    """The first character that nobody can see (zero width, a direction mark, a control); empty where there is none."""
    return next((char for char in text if _is_hidden(char)), "")


def _is_hidden(char: str) -> bool:
    return char not in "\n\t" and (
        unicodedata.category(char) in {"Cf", "Cc", "Co"} or _SHOWS_NOTHING.match(char) is not None
    )


def clean(text: str) -> str:
    """`text` in simplified characters, half width, lower case, without quotes, controls or needless spaces."""
    return cleaned_as_cased(text).lower()


@lru_cache(maxsize=64)  # of a message, which several readers clean
def cleaned_as_cased(text: str) -> str:
    """The same, but letters stay large or small as they are written."""
    if _ONLY_HAN.fullmatch(text):
        return str(_to_simplified().convert(text))
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = "".join(c if unicodedata.category(c)[0] != "C" or c == "\n" else " " for c in text)
    text = _TO.sub("至", _to_simplified().convert(text)).translate(_QUOTES)
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    text = "\n".join(line for line in lines if line)
    return _BETWEEN_DIGITS.sub("", _SPACE_BESIDE_HAN.sub("", text))
