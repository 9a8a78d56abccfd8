"""The table of the Bot API's methods that the playground knows, each a function of its world and parameters."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.api_errors import METHOD_NOT_FOUND, ApiError
from bot.playground.bot_methods import (
    acknowledge,
    delete_my_commands,
    delete_webhook,
    get_me,
    get_my_commands,
    get_updates,
    get_webhook_info,
    set_my_commands,
    set_webhook,
    text_about_bot,
)
from bot.playground.chat_methods import (
    answer_callback_query,
    delete_message,
    edit_message_reply_markup,
    edit_message_text,
    get_chat,
    get_chat_member,
    get_file,
    send_chat_action,
    send_document,
    send_message,
)
from bot.playground.params import Params
from bot.playground.world import World


async def call(world: World, method: str, params: Params) -> Any:
    """The `result` of a method, named in any case; ApiError where Telegram would refuse."""
    serve = METHODS.get(method.lower())
    if not serve:
        raise ApiError(*METHOD_NOT_FOUND)
    result = serve(world, params)
    return await result if isinstance(result, Awaitable) else result


_set_name, _get_name = text_about_bot("name", 64)
_set_description, _get_description = text_about_bot("description", 512)
_set_short_description, _get_short_description = text_about_bot("short_description", 120)

METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "logout": acknowledge,
    "close": acknowledge,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _set_name,
    "getmyname": _get_name,
    "setmydescription": _set_description,
    "getmydescription": _get_description,
    "setmyshortdescription": _set_short_description,
    "getmyshortdescription": _get_short_description,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "sendchataction": send_chat_action,
    "sendmessage": send_message,
    "senddocument": send_document,
    "getfile": get_file,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
}
