"""The menu of commands beside the field that people type in."""

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeDefault

from handlers.routing.commands import MENU


async def show_menu(bot: Bot) -> None:
    everywhere = [BotCommand(command.name, command.about) for command in MENU]
    groups = [BotCommand(command.name, command.about) for command in MENU if command.groups]
    await bot.set_my_commands(everywhere, scope=BotCommandScopeDefault())
    await bot.set_my_commands(groups, scope=BotCommandScopeAllGroupChats())
