"""The buttons under every reply: turning pages, and the two thumbs."""

from handlers.texts.marks import italic
from storage.rich_text import RichText

NEXT = "下一页"
PREVIOUS = "上一页"


def page_number(page: int, pages: int) -> RichText:
    """`page` counts from 1."""
    return italic(f"第 {page}/{pages} 页")


GOOD, BAD = "👍 有用", "👎 不对"
