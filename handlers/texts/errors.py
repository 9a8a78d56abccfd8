"""When something does not work."""

from handlers.texts.marks import bold, italic
from storage.rich_text import RichText

LATE = italic("迟复") + "\n"
"""Opens an answer that comes more than ten minutes after its question."""

EXPIRED = "这条回复已过期，请重新提问"
NO_SUCH_BUTTON = "这个按钮已失效，请重新发一次"
TOO_FAST = "问得太快了，请歇一会儿再点"
ALREADY_ANSWERED = "已经办过，请看这条或最近的消息"


def broken(number: str) -> RichText:
    return bold("系统出错，这个问题没能回答。") + f"已记录，请换个说法再试，或稍后再问。错误号 {number}"


def unreadable(number: str) -> RichText:
    return bold("这条消息我读不了，没能处理。") + f"请把要问的打成一句话再发一次。错误号 {number}"


def not_stored(number: str) -> RichText:
    return (
        bold("系统暂时存不了数据，这条还没有收下。") + f"恢复后会自动处理（最多等 24 小时），不用重发。错误号 {number}"
    )


def too_fast(per_minute: int) -> RichText:
    return bold("问得太快了，请歇一会儿再问。") + f"每人每分钟最多 {per_minute} 条。"


def in_private(link: str) -> str:
    """The link has a line of its own, so that no mark is taken for a part of it."""
    return f"请私聊我。\n{link}"
