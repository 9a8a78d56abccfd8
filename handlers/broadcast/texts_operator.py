"""How the bot is doing: `duban status`, and the message to the operator."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers.broadcast.texts_outbox import STATES, duration
from handlers.texts.marks import bold, typeset
from storage.health import Figures
from storage.rich_text import RichText

NOT_WELL: Mapping[str, str] = {
    "schema": "数据库不是本程序的版本：还没有建、等着升级，或来自更新的程序。请启动机器人，或升级 duban",
    "not_running": "机器人没有在运行",
    "hangs": "机器人在运行，但几分钟没有动静，多半卡住了。请重启它，再看日志",
    "unanswered": "有消息好几分钟没有回答。请看日志里的错误",
    "set_aside": "有消息处理不了，已搁置。请在日志里查错误号（duban error 错误号）",
    "outbox_lag": "要发的消息积压了。请看网络、代理和日志",
    "outbox_troubled": "没送达和不知是否送达的消息积得多了。请办公室用 /outbox 处理",
    "poll": "很久没有从 Telegram 收到回音。请看网络和代理",
    "tick": "提醒停了。请看日志，必要时重启",
    "disk": "磁盘快满了。请清理，或换大的",
}
"""By the name in the JSON."""
WELL = "一切正常。"
CANNOT_LOOK = "数据库打不开，看不了。请检查 [database] url 的地址、目录权限和磁盘空间。"


def verdict(ailments: Sequence[str]) -> str:
    if not ailments:
        return WELL
    return "\n".join((f"有 {len(ailments)} 处要处理：", *(f"  {NOT_WELL[one]}。" for one in ailments)))


def lines(found: Figures, now: datetime) -> list[str]:
    waits = "没有" if found.unanswered is None else f"最早一条等了{_ago(found.unanswered)}"
    counts = "，".join(f"{name} {found.outbox[state]} 条" for state, name in STATES.items())
    late = f"，最早一条晚了{_ago(found.outbox_lag)}" if found.outbox_lag else ""
    return [
        f"没回答的消息：{waits}",
        f"近一天搁置的消息：{found.set_aside} 条",
        f"机器人主动发的：{counts}{late}",
        *_heartbeat(found, now),
    ]


def machine_lines(
    *, version: str, revision: str | None, current: bool, running: bool, size: int | None, free: int
) -> list[str]:
    held = "" if size is None else f"，{size / 1_000_000:.1f} MB"
    return [
        f"程序 {version}，{'在运行' if running else '没有运行'}",
        f"数据库版本 {revision or '无'}（{'最新' if current else '不是本程序的版本'}）{held}",
        f"磁盘剩余 {free / 1_000_000_000:.1f} GB",
    ]


def alert(ailments: Sequence[str]) -> RichText:
    """The one message of a day, to whoever runs the bot."""
    what = "\n".join(f"· {typeset(NOT_WELL[one])}。" for one in ailments)
    return bold("机器人需要照看") + f"\n{what}\n在服务器上运行 duban status 看详情。今天不再提醒。"


def _heartbeat(found: Figures, now: datetime) -> list[str]:
    if found.heartbeat is None:
        return []
    polled = f"上次从 Telegram 收到回音：{_ago(now - found.heartbeat.polled_at)}前"
    ticked = found.heartbeat.ticked_at
    return [polled, *([f"上次查看提醒：{_ago(now - ticked)}前"] if ticked else [])]


def _ago(time: timedelta) -> str:
    return f" {max(int(time.total_seconds()), 0)} 秒" if time < timedelta(minutes=1) else duration(time)
