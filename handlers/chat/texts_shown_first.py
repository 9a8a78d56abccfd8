"""The two buttons of a change that was typed."""

from dataclasses import replace

from handlers.texts.marks import bold
from handlers.texts.reply import Button, Reply


def to_confirm(change: Reply, line: str) -> Reply:
    return replace(change, buttons=(Button("确认", line), Button("不改了", "/keep")))


def kept() -> Reply:
    return Reply(head=bold("没有改，照旧。"))
