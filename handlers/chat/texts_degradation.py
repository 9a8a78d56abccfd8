"""What is said where a channel has no buttons, no files or only short messages."""


def page_number(page: int, pages: int) -> str:
    """`page` counts from 1."""
    return f"（{page}/{pages}）"


def reply_line(reply: str, label: str) -> str:
    return f"回复 {reply}：{label}"


def page_reply(page: int) -> str:
    """What is replied to see a page of an answer, from 1."""
    return f"第{page}页"


def no_file(name: str) -> str:
    return f"这里发不了文件：{name}。请在能收文件的聊天里再要一次，或者请办公室转给您。"
