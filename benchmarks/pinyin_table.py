"""knowledge/language/lexicon/sounds.txt: how each character of Chinese sounds, as pypinyin knows it.

`python -m benchmarks.pinyin_table` writes it; a test says when it is out of date. The program reads this file and not
pypinyin, whose tables of phrases take 55 MB and a third of a second.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin

FILE = Path(__file__).parent.parent / "knowledge" / "language" / "lexicon" / "sounds.txt"

_CHARACTERS = range(0x3400, 0xA000)
# Characters whose second reading people really use; other second readings are dictionary curiosities (达 as ti).
_POLYPHONES = frozenset(
    "行重长率都地数调少还参差处传单当发干更和会间将降角教据空量落强切散省石系校要应载涨只中种转乐厦朝藏曾"
)


def table() -> str:
    """The whole file."""
    lines: dict[str, list[str]] = defaultdict(list)
    for char in map(chr, _CHARACTERS):
        if (said := "/".join(_readings(char))) != char:
            lines[said].append(char)
    return "".join(f"{said} {''.join(lines[said])}\n" for said in sorted(lines))


def _readings(char: str) -> tuple[str, ...]:
    """Without tones, the usual one first; a character that is not known is its own."""
    usual = lazy_pinyin(char)[0]
    others = pinyin(char, style=Style.NORMAL, heteronym=True)[0][:2] if char in _POLYPHONES else ()
    return tuple(dict.fromkeys((usual, *others)))


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
