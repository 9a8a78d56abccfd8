"""Greeting and help."""

from collections.abc import Iterable

from handlers.texts.marks import bold, italic
from handlers.texts.reply import Button, Reply
from handlers.texts.samples import all_kinds
from knowledge.entities.library import Library
from storage.rich_text import RichText

NAME = "督办助手"
ABOUT_START = "开始，看几个可以问的例子"
ABOUT_HELP = "能问什么，怎么问"
ABOUT_TASKS = "方案的全部任务"
ABOUT_ASK = "提问，例如 /ask 长江大保护谁牵头"
ALL_TASKS = "方案有哪些任务"

_MOST_TITLES = 3


def _buttons(library: Library) -> tuple[Button, ...]:
    """Questions of the plan that is loaded; of several, one that any may be asked."""
    own = all_kinds(library) if len(library.shelves) == 1 else []
    return tuple(Button(question, question) for question in (*own, ALL_TASKS))


def greeting(library: Library) -> Reply:
    titles = "".join(f"《{plan.title}》" for plan in library.plans[:_MOST_TITLES])
    more = f"等 {len(library.plans)} 个方案" if len(library.plans) > _MOST_TITLES else ""
    return Reply(
        head=bold(f"您好，这里是{NAME}。"),
        blocks=(
            f"我回答{titles}{more}里的问题：哪家单位负责什么、目标多少、什么时候到期。",
            "像平时说话一样直接问，简称、错别字也能认。点下面的例子试试：",
        ),
        buttons=_buttons(library),
    )


def group_greeting(username: str) -> Reply:
    return Reply(
        head=bold(f"我是{NAME}。") + f"在群里请 @{username} 提问，或回复我的消息，例如：@{username} 长江大保护谁牵头"
    )


def help_text(library: Library, commands: Iterable[tuple[str, str]], mine: Iterable[tuple[str, str]] = ()) -> Reply:
    """Both are (name without the slash, what it does): what everybody may, and what this person may besides."""
    menu = [f"/{name} {about}" for name, about in (*commands, *mine)]
    return Reply(
        head=bold("直接把问题发给我就行。"),
        blocks=(
            "可以问：\n 某单位负责、首列、配合哪些任务\n 某任务、某项工作谁负责，目标多少，何时到期",
            " 某单位是不是负责某事，数字对不对\n 方案的组织保障、督查考核怎么规定",
            "可以接着问：其中首列的呢、那商务局呢。问错了把原消息改一改，答案会跟着改。",
            *menu,
        ),
        foot=italic("只答公开方案的内容；方案没写的，我会说没写。"),
        buttons=_buttons(library)[:2],
    )


def ask_usage() -> Reply:
    return Reply(head=bold("请在 /ask 后面写上问题") + "，例如：/ask 长江大保护谁牵头")


def unknown_command(name: str) -> RichText:
    return bold(f"没有 /{name[:32]} 这个命令。") + "可用的命令见 /help，也可以直接打字提问。"
