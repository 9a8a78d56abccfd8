"""A page of slips to be printed and cut, one for each person."""

from collections.abc import Iterable, Sequence
from html import escape

_PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>邀请纸条</title>
<style>
body {{ font: 12pt/1.6 "FangSong", "仿宋", serif; margin: 10mm; }}
section {{ border: 1px dashed #666; padding: 6mm; margin-bottom: 4mm; break-inside: avoid; }}
h2 {{ font-size: 14pt; margin: 0 0 2mm; }}
p {{ margin: 1mm 0; word-break: break-all; }}
</style>
{slips}
</html>
"""


def page_of(slips: Iterable[tuple[str, Sequence[str]]]) -> str:
    """HTML of (title, lines)."""
    return _PAGE.format(slips="\n".join(_slip(title, lines) for title, lines in slips))


def _slip(title: str, lines: Sequence[str]) -> str:
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<section>\n<h2>{escape(title)}</h2>\n{paragraphs}\n</section>"
