"""The buttons under every reply: turning pages, and the two thumbs."""

NEXT = "下一页"
PREVIOUS = "上一页"


def page_number(page: int, pages: int) -> str:
    """`page` counts from 1."""
    return f"<i>第 {page}/{pages} 页</i>"


GOOD, BAD = "👍 有用", "👎 不对"
