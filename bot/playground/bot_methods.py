"""The Bot API's methods about the bot itself and its updates."""

import re
from collections.abc import Callable

from bot.playground.api_errors import bad_request
from bot.playground.params import Params
from bot.playground.world import World
from handlers.services.json_input import Json


def get_me(world: World, _: Params) -> Json:
    return {
        **world.cast.user(world.cast.bot_id),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.settings["privacy"],
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, params: Params) -> bool:
    commands = params.value("commands", list) or []
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]) or not 0 < len(one["description"]) <= 256:
            raise bad_request("BOT_COMMAND_INVALID")
    _keep_commands(world, params, commands)
    return True


def delete_my_commands(world: World, params: Params) -> bool:
    _keep_commands(world, params, [])
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return list(world.book.fact("commands", {}).get(_commands_key(params), []))


def _keep_commands(world: World, params: Params, commands: list[Json]) -> None:
    kept = world.book.fact("commands", {}) | {_commands_key(params): commands}
    world.book.set_fact("commands", {key: value for key, value in kept.items() if value})
    world.feed.tell({"kind": "commands"})


def _commands_key(params: Params) -> str:
    scope = params.value("scope", dict) or {"type": "default"}
    whom = [str(scope[name]) for name in ("chat_id", "user_id") if name in scope]
    return "/".join([scope["type"], *whom, params.text("language_code")])


def commands_in(world: World, chat: int) -> list[Json]:
    """The menu that a person with a Chinese app sees in a chat: the narrowest scope that has one."""
    kept = world.book.fact("commands", {})
    group = "all_group_chats" if chat < 0 else "all_private_chats"
    scopes = [f"chat/{chat}", group, "default"]
    keys = [f"{scope}/{language}" for scope in scopes for language in ("zh", "")]
    return next((kept[key] for key in keys if key in kept), [])


def text_about_bot(name: str, longest: int) -> tuple[Callable[[World, Params], bool], Callable[[World, Params], Json]]:
    def set_text(world: World, params: Params) -> bool:
        if len(params.text(name)) > longest:
            raise bad_request(f"{name} is too long")
        world.book.set_fact(f"{name}/{params.text('language_code')}", params.text(name))
        world.feed.tell({"kind": "about"})
        return True

    def get_text(world: World, params: Params) -> Json:
        default = world.book.fact(f"{name}/", world.cast.bot_name if name == "name" else "")
        return {name: world.book.fact(f"{name}/{params.text('language_code')}", default)}

    return set_text, get_text


async def get_updates(world: World, params: Params) -> list[Json]:
    world.bot_comes_up()
    return await world.mailbox.poll(
        offset=params.integer("offset"),
        limit=params.integer("limit"),
        timeout=params.integer("timeout"),
        allowed=params.value("allowed_updates", list),
    )


def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.mailbox.set_webhook(
        url, allowed=params.value("allowed_updates", list), drop_pending=params.flag("drop_pending_updates")
    )
    return True


def delete_webhook(world: World, params: Params) -> bool:
    world.mailbox.set_webhook("", allowed=None, drop_pending=params.flag("drop_pending_updates"))
    return True


def get_webhook_info(world: World, _: Params) -> Json:
    return world.mailbox.webhook_info()


def acknowledge(_world: World, _params: Params) -> bool:
    """`logOut` and `close` end a session that the playground does not keep."""
    return True
