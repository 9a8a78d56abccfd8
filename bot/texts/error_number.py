"""What is known of an error number, for whoever runs the bot."""

from typing import Any

from handlers.services.clock import PLAN_ZONE
from storage.inbox import FailedUpdate, InboxState

EVENTS = {
    "update failed": "一条消息处理失败",
    "update not stored": "一条消息没能存下",
    "update set aside": "一条消息读不了，已搁置",
    "update ended the program twice": "一条消息两次使程序中断，已搁置",
    "failure not told": "处理失败，也没能告诉本人",
    "crashed": "命令或程序中断",
}
"""By what the log calls it."""
STATES = {
    InboxState.NEW: "待处理",
    InboxState.EFFECT: "已处理，待回复",
    InboxState.REPLIED: "已回复",
    InboxState.QUARANTINED: "已搁置，不再自动重试",
}
_DETAILS = {
    "command": "命令",
    "row": "收件行号",
    "state": "当时状态",
    "update": "更新号",
    "kind": "种类",
    "error": "错误类型",
}


def not_a_number(said: str) -> str:
    return f"“{said[:20]}”不是错误号。错误号是四位十六进制数，例如 duban error 7F3A"


def not_found(number: str, file: str) -> str:
    where = f"日志 {file} 和它的旧文件、收件表" if file else "收件表；[log] file 为空，没有日志文件可查"
    return f"没有找到错误号 {number}（查了{where}）。日志只留最近几个文件，太久以前的已经没有了。"


def unreadable(file: str) -> str:
    return f"日志文件 {file} 读不了，请用运行机器人的那个用户来查。"


def found(number: str, logged: int) -> str:
    return f"错误号 {number}：日志里有 {logged} 条，新的在前。"


def inbox_unread(why: str) -> str:
    return f"收件表没有查成：{why}"


def logged(entry: dict[str, Any]) -> str:
    """Of an entry only what is known to hold no words."""
    event, at = str(entry.get("event")), entry.get("at")
    lines = [f"\n{_moment(str(entry.get('timestamp')))} {EVENTS.get(event, event)}"]
    lines += [f"  {label}：{entry[key]}" for key, label in _DETAILS.items() if key in entry]
    if isinstance(at, list):
        lines += ["  代码位置（最后一处在最下）：", *(f"  {line}" for frame in at for line in str(frame).splitlines())]
    return "\n".join(lines)


def row(failed: FailedUpdate) -> str:
    at = failed.received_at.astimezone(PLAN_ZONE)
    return f"\n收件表第 {failed.id} 行：{at:%Y-%m-%d %H:%M:%S} 收到，失败 {failed.attempts} 次，{STATES[failed.state]}"


def _moment(stamp: str) -> str:
    return stamp[:19].replace("T", " ")
