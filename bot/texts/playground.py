"""What `duban playground` prints."""

ALREADY_RUNNING = "演练程序已在运行(同一个数据目录)，请在它的聊天页面里继续，或先停掉它。"


def address(url: str) -> str:
    return f"聊天页面: {url}"
