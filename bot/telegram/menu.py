"""The menu of commands beside the field that people type in."""

from collections.abc import Sequence

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat, BotCommandScopeDefault

from handlers.routing.menus import everybodys


async def show_menu(bot: Bot) -> None:
    """Everybody's, and that of groups."""
    await bot.set_my_commands(_commands(everybodys(groups=False)), scope=BotCommandScopeDefault())
    await bot.set_my_commands(_commands(everybodys(groups=True)), scope=BotCommandScopeAllGroupChats())


async def show_chat_menu(bot: Bot, chat: int, commands: Sequence[tuple[str, str]]) -> None:
    """Without commands of its own the chat has everybody's."""
    scope = BotCommandScopeChat(chat)
    if commands:
        await bot.set_my_commands(_commands(commands), scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


def _commands(shown: Sequence[tuple[str, str]]) -> list[BotCommand]:
    return [BotCommand(name, about) for name, about in shown]
