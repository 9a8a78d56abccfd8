"""Greeting in groups, and help for who has no role."""

from collections.abc import Iterable

from handlers.home.texts_visitor import NAME, sample_buttons
from handlers.texts.marks import bold, italic
from handlers.texts.reply import Button, Reply
from knowledge.entities.library import Library
from storage.rich_text import RichText

ABOUT_START = "首页：要办的事"
ABOUT_HELP = "能问什么，能办什么"
ABOUT_TASKS = "方案的全部任务"
ABOUT_ASK = "提问，例如 /ask 长江大保护谁牵头"


def group_greeting(username: str) -> Reply:
    return Reply(
        head=bold(f"我是{NAME}。") + f"在群里请 @{username} 提问，或回复我的消息，例如：@{username} 长江大保护谁牵头"
    )


def help_text(library: Library, commands: Iterable[tuple[str, str]]) -> Reply:
    """`commands` are (name without the slash, what it does)."""
    menu = [f"/{name} {about}" for name, about in commands]
    return Reply(
        head=bold("直接把问题发给我就行。"),
        blocks=(
            "可以问：\n 某单位负责、首列、配合哪些任务\n 某任务、某项工作谁负责，目标多少，何时到期",
            " 某单位是不是负责某事，数字对不对\n 方案的组织保障、督查考核怎么规定",
            "可以接着问：其中首列的呢、那商务局呢。问错了把原消息改一改，答案会跟着改。",
            *menu,
        ),
        foot=italic("只答公开方案的内容；方案没写的，我会说没写。"),
        buttons=sample_buttons(library)[:2],
    )


def ask_usage() -> Reply:
    return Reply(head=bold("请在 /ask 后面写上问题") + "，例如：/ask 长江大保护谁牵头")


def misspelt(name: str, offers: Iterable[tuple[str, str]]) -> Reply:
    """`offers` are (what it does, the line), of commands whose names come near."""
    return Reply(
        head=bold(f"没有 /{name[:32]} 这个命令，是不是要："),
        buttons=tuple(Button(about, line) for about, line in offers),
    )


def unknown_command(name: str) -> RichText:
    return bold(f"没有 /{name[:32]} 这个命令。") + "可用的命令见 /help，也可以直接打字提问。"
