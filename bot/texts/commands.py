"""docs/commands.md, made from the command table."""

from collections.abc import Iterable

HEADER = """# 命令

本页由命令表生成，不要手改：`python -m bot.commands.list_commands > docs/commands.md`。
平时直接打字提问即可；群里请 @机器人、回复它的消息，或用命令。

| 命令 | 做什么 | 群菜单 |
| --- | --- | --- |
"""


def page(commands: Iterable[tuple[str, str, bool]]) -> str:
    """`commands` are (name, what it does, whether the menu of groups shows it)."""
    return HEADER + "".join(
        f"| `/{name}` | {about} | {'有' if groups else '无'} |\n" for name, about, groups in commands
    )
