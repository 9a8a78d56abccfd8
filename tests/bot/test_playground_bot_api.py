"""The playground's server keeps Telegram's rules: over plain HTTP, and with python-telegram-bot as it comes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import telegram
from telegram.constants import ChatAction, ParseMode

from bot.playground import people
from bot.playground.server import Site, serve

VISITOR, OFFICE, GROUP = 510001, 510006, -4100001
Json = dict[str, Any]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serve() as running:
        yield running


@pytest.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{site.base_url}{site.world.token}/") as plain:
        yield plain


@pytest.fixture
async def bot(site: Site) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(site.world.token, base_url=site.base_url) as unchanged:
        yield unchanged


async def refusal(client: httpx.AsyncClient, method: str, **params: Any) -> tuple[int, str]:
    answer = (await client.post(method, json=params)).json()
    assert answer["ok"] is False
    return answer["error_code"], answer["description"]


async def send(client: httpx.AsyncClient, **params: Any) -> Json:
    answer = (await client.post("sendMessage", json={"chat_id": VISITOR, **params})).json()
    assert answer["ok"], answer
    return dict(answer["result"])


@pytest.fixture
def greeted(site: Site) -> None:
    people.say(site.world, VISITOR, VISITOR, "你好")


# tokens and methods


async def test_a_wrong_token_is_unauthorized(site: Site) -> None:
    async with httpx.AsyncClient() as other:
        assert (await other.get(f"{site.base_url}1:wrong/getMe")).status_code == 401
    with pytest.raises(telegram.error.InvalidToken):
        async with telegram.Bot("1:wrong", base_url=site.base_url):
            pass


async def test_an_unknown_method_is_not_found(client: httpx.AsyncClient) -> None:
    assert await refusal(client, "sendTelepathy") == (404, "Not Found: method not found")


@pytest.mark.usefixtures("greeted")
async def test_parameters_may_come_by_query_form_multipart_or_json(client: httpx.AsyncClient) -> None:
    params = {"chat_id": str(VISITOR), "text": "好"}
    for answer in (
        await client.get("sendmessage", params=params),
        await client.post("sendMessage", data=params),
        await client.post("sendMessage", data=params, files={"unused": b"x"}),
        await client.post("SENDMESSAGE", json=params),
    ):
        assert answer.json()["result"]["text"] == "好"


# fetching updates


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(site: Site, bot: telegram.Bot) -> None:
    for text in "一二三":
        people.say(site.world, VISITOR, VISITOR, text)
    first, second, third = await bot.get_updates()
    assert [one.update_id for one in await bot.get_updates(limit=2)] == [first.update_id, second.update_id]
    assert await bot.get_updates(offset=third.update_id) == (third,)
    assert await bot.get_updates() == (third,)


async def test_a_negative_offset_keeps_the_last_updates_only(site: Site, bot: telegram.Bot) -> None:
    for text in "一二三":
        people.say(site.world, VISITOR, VISITOR, text)
    assert [one.message.text for one in await bot.get_updates(offset=-2) if one.message] == ["二", "三"]


async def test_a_long_poll_ends_when_something_happens(site: Site, bot: telegram.Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await site.world.mailbox.polled.wait()
    people.say(site.world, VISITOR, VISITOR, "在吗")
    (update,) = await waiting
    assert update.message
    assert update.message.text == "在吗"


async def test_a_second_poller_ends_the_first_with_a_conflict(
    site: Site, bot: telegram.Bot, client: httpx.AsyncClient
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await site.world.mailbox.polled.wait()
    assert (await client.get("getUpdates")).json() == {"ok": True, "result": []}
    with pytest.raises(telegram.error.Conflict, match="terminated by other getUpdates request"):
        await first


async def test_polling_conflicts_with_a_webhook(bot: telegram.Bot) -> None:
    await bot.set_webhook("https://example.org/hook")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    with pytest.raises(telegram.error.Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_kinds_of_update_that_were_not_asked_for_do_not_come(site: Site, bot: telegram.Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    people.say(site.world, VISITOR, VISITOR, "你好")
    assert await bot.get_updates() == ()


async def test_updates_are_kept_for_a_day(site: Site, bot: telegram.Bot) -> None:
    site.world.book.put_update({"update_id": 1, "message": {}}, at=0)
    assert await bot.get_updates() == ()


async def test_updates_and_messages_survive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "chats.sqlite"
    async with serve(file) as before:
        people.say(before.world, VISITOR, VISITOR, "你好")
    async with serve(file) as after, telegram.Bot(after.world.token, base_url=after.base_url) as bot:
        (update,) = await bot.get_updates()
        assert update.message
        sent = await bot.send_message(VISITOR, "收到", reply_to_message_id=update.message.message_id)
        assert sent.message_id > update.message.message_id


# messages


@pytest.mark.usefixtures("greeted")
async def test_html_becomes_entities_counted_in_utf16(client: httpx.AsyncClient) -> None:
    sent = await send(client, text="🟢<b>共 9 &lt;项&gt;</b>\n<i>出处</i>  ", parse_mode="HTML")
    assert sent["text"] == "🟢共 9 <项>\n出处"
    assert sent["entities"] == [
        {"type": "bold", "offset": 2, "length": 7},
        {"type": "italic", "offset": 10, "length": 2},
    ]


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<b>交通局", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<p>交通局</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("交<b>通</i>", 'Unmatched end tag at byte offset 9, expected "</b>", found "</i>"'),
        ("局</b>", "Unexpected end tag at byte offset 3"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
    ],
)
@pytest.mark.usefixtures("greeted")
async def test_broken_html_is_refused(client: httpx.AsyncClient, html: str, why: str) -> None:
    refused = await refusal(client, "sendMessage", chat_id=VISITOR, text=html, parse_mode="HTML")
    assert refused == (400, f"Bad Request: can't parse entities: {why}")


@pytest.mark.usefixtures("greeted")
async def test_every_tag_of_telegrams_html_is_known(bot: telegram.Bot) -> None:
    sent = await bot.send_message(
        VISITOR,
        "<b>1</b><i>2</i><u>3</u><s>4</s><tg-spoiler>5</tg-spoiler><a href='https://example.org/?a=1&amp;b=2'>6</a>"
        '<code>7</code><pre><code class="language-sql">8</code></pre><blockquote expandable>9</blockquote>'
        '<blockquote>0</blockquote><span class="tg-spoiler">x</span>',
        parse_mode=ParseMode.HTML,
    )
    assert [(one.type, one.offset) for one in sent.entities] == [
        ("bold", 0), ("italic", 1), ("underline", 2), ("strikethrough", 3), ("spoiler", 4), ("text_link", 5),
        ("code", 6), ("pre", 7), ("expandable_blockquote", 8), ("blockquote", 9), ("spoiler", 10),
    ]  # fmt: skip
    assert sent.entities[5].url == "https://example.org/?a=1&b=2"
    assert sent.entities[7].language == "sql"


@pytest.mark.usefixtures("greeted")
async def test_the_text_must_have_between_1_and_4096_units(client: httpx.AsyncClient) -> None:
    empty = (400, "Bad Request: message text is empty")
    assert await refusal(client, "sendMessage", chat_id=VISITOR) == empty
    assert await refusal(client, "sendMessage", chat_id=VISITOR, text="<b> </b>", parse_mode="HTML") == empty
    long = (400, "Bad Request: message is too long")
    assert await refusal(client, "sendMessage", chat_id=VISITOR, text="🟢" * 2049) == long
    assert len((await send(client, text=f"<b>{'长' * 4096}</b>", parse_mode="HTML"))["text"]) == 4096


@pytest.mark.usefixtures("greeted")
async def test_an_edit_must_change_something_that_the_bot_has_sent(
    site: Site, client: httpx.AsyncClient, bot: telegram.Bot
) -> None:
    sent = await send(client, text="<b>第一页</b>", parse_mode="HTML")
    where = {"chat_id": VISITOR, "message_id": sent["message_id"]}
    code, why = await refusal(client, "editMessageText", **where, text="<b>第一页</b>", parse_mode="HTML")
    assert (code, why.split(":")[1]) == (400, " message is not modified")
    edited = await bot.edit_message_text("第二页", **where)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date
    missing = await refusal(client, "editMessageText", chat_id=VISITOR, message_id=7, text="第三页")
    assert missing == (400, "Bad Request: message to edit not found")
    (theirs, *_) = site.world.book.messages(VISITOR, limit=9)
    others = await refusal(
        client, "editMessageText", chat_id=VISITOR, message_id=theirs["message"]["message_id"], text="改"
    )
    assert others == (400, "Bad Request: message can't be edited")
    assert await refusal(client, "editMessageText", **where, text="长" * 4097) == (400, "Bad Request: MESSAGE_TOO_LONG")


@pytest.mark.usefixtures("greeted")
async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(bot: telegram.Bot) -> None:
    keyboard = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("详情", callback_data="1"))
    sent = await bot.send_message(VISITOR, "答复", reply_markup=keyboard)
    assert sent.reply_markup == keyboard
    edited = await bot.edit_message_reply_markup(VISITOR, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.reply_markup is None
    assert edited.text == "答复"


@pytest.mark.usefixtures("greeted")
async def test_callback_data_holds_64_bytes(bot: telegram.Bot) -> None:
    def keyboard(data: str) -> telegram.InlineKeyboardMarkup:
        return telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("按", callback_data=data))

    await bot.send_message(VISITOR, "可以", reply_markup=keyboard("x" * 64))
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(VISITOR, "不行", reply_markup=keyboard("市" * 22))


@pytest.mark.usefixtures("greeted")
async def test_an_answer_quotes_what_it_replies_to(bot: telegram.Bot) -> None:
    ((update),) = await bot.get_updates()
    assert update.message
    sent = await bot.send_message(VISITOR, "您好", reply_parameters=telegram.ReplyParameters(update.message.message_id))
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "你好"
    with pytest.raises(telegram.error.BadRequest, match="Message to be replied not found"):
        await bot.send_message(VISITOR, "?", reply_parameters=telegram.ReplyParameters(7))
    lenient = telegram.ReplyParameters(7, allow_sending_without_reply=True)
    assert (await bot.send_message(VISITOR, "好", reply_parameters=lenient)).reply_to_message is None


# chats


@pytest.mark.usefixtures("greeted")
async def test_a_bot_cannot_begin_a_chat_but_with_those_who_came_in_by_a_link() -> None:
    async with serve() as site, httpx.AsyncClient(base_url=f"{site.base_url}{site.world.token}/") as client:
        silent = await refusal(client, "sendMessage", chat_id=VISITOR, text="好")
        assert silent == (403, "Forbidden: bot can't initiate conversation with a user")
        assert (await send(client, chat_id=OFFICE, text="好"))["text"] == "好"


async def test_unknown_and_blocking_people_cannot_be_written_to(site: Site, client: httpx.AsyncClient) -> None:
    assert await refusal(client, "sendMessage", text="好") == (400, "Bad Request: chat_id is empty")
    assert await refusal(client, "sendMessage", chat_id=1, text="好") == (400, "Bad Request: chat not found")
    people.say(site.world, VISITOR, VISITOR, "你好")
    people.block(site.world, VISITOR, blocked=True)
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert await refusal(client, "sendMessage", chat_id=VISITOR, text="好") == blocked
    people.block(site.world, VISITOR, blocked=False)
    assert (await send(client, text="好"))["text"] == "好"


@pytest.mark.parametrize("body", ["[" * 500_000, "[]", "null", f'{{"chat_id": {"9" * 5000}}}'], ids=str.__len__)
async def test_a_call_whose_json_is_beyond_the_limits_is_refused(client: httpx.AsyncClient, body: str) -> None:
    sent = await client.post("sendMessage", content=body, headers={"Content-Type": "application/json"})
    assert sent.json() == {"ok": False, "error_code": 400, "description": "Bad Request: can't parse JSON object"}


@pytest.mark.usefixtures("greeted")
async def test_a_parameter_beyond_the_limits_is_refused(client: httpx.AsyncClient) -> None:
    deep = await refusal(client, "sendMessage", chat_id=VISITOR, text="好", reply_markup="[" * 5000)
    assert deep == (400, "Bad Request: can't parse reply_markup JSON object")
    assert (await refusal(client, "sendMessage", chat_id="9" * 30, text="好"))[0] == 400


async def test_blocking_is_told_as_a_change_of_membership(site: Site, bot: telegram.Bot) -> None:
    people.block(site.world, VISITOR, blocked=True)
    (update,) = await bot.get_updates()
    assert update.my_chat_member
    assert update.my_chat_member.new_chat_member.status == "kicked"


@pytest.mark.usefixtures("greeted")
async def test_limits_are_kept_when_switched_on(site: Site, client: httpx.AsyncClient) -> None:
    for number in range(5):
        await send(client, text=f"第{number}条")
    site.world.book.set_fact("settings", {"limits": True})
    await send(client, text="一")
    assert (await client.post("sendMessage", json={"chat_id": VISITOR, "text": "二"})).json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_in_groups_the_bot_sees_only_what_is_meant_for_it(site: Site, bot: telegram.Bot) -> None:
    me = await bot.get_me()
    assert me.can_read_all_group_messages is False
    sent = await bot.send_message(GROUP, "大家好")
    for text in ("大家好", "/help", "/help@other_bot", f"@{me.username} 长江大保护谁牵头"):
        people.say(site.world, VISITOR, GROUP, text)
    people.say(site.world, OFFICE, GROUP, "收到", reply_to=sent.message_id)
    seen = [one.message.text for one in await bot.get_updates() if one.message]
    assert seen == ["/help", f"@{me.username} 长江大保护谁牵头", "收到"]


async def test_without_privacy_the_bot_sees_all_of_a_group(site: Site, bot: telegram.Bot) -> None:
    site.world.book.set_fact("settings", {"privacy": False})
    people.say(site.world, VISITOR, GROUP, "大家好")
    assert len(await bot.get_updates()) == 1
    assert (await bot.get_me()).can_read_all_group_messages


# taps


async def tapped(site: Site, bot: telegram.Bot) -> telegram.CallbackQuery:
    keyboard = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("详情", callback_data="1:2"))
    sent = await bot.send_message(VISITOR, "答复", reply_markup=keyboard)
    people.tap(site.world, VISITOR, VISITOR, sent.message_id, "1:2", "tap-1")
    *_, update = await bot.get_updates()
    assert update.callback_query
    return update.callback_query


@pytest.mark.usefixtures("greeted")
async def test_a_tap_comes_with_its_message_and_the_page_hears_the_answer(site: Site, bot: telegram.Bot) -> None:
    query = await tapped(site, bot)
    assert (query.data, query.from_user.id) == ("1:2", VISITOR)
    assert isinstance(query.message, telegram.Message)
    with site.world.feed.listening() as events:
        await query.answer("好的", show_alert=True)
        assert events.get_nowait() == {"kind": "answer", "tap": "tap-1", "text": "好的", "alert": True}


@pytest.mark.usefixtures("greeted")
async def test_a_query_is_answered_once_and_in_time(site: Site, bot: telegram.Bot) -> None:
    query = await tapped(site, bot)
    await query.answer()
    with pytest.raises(telegram.error.BadRequest, match="Query is too old"):
        await query.answer()


# the people


async def test_people_edit_attach_and_forward(site: Site, bot: telegram.Bot) -> None:
    people.say(site.world, VISITOR, VISITOR, "/start 交通局")
    message = site.world.book.messages(VISITOR, limit=1)[0]["message"]
    people.edit(site.world, VISITOR, VISITOR, message["message_id"], "交通局负责什么")
    for kind in ("photo", "voice", "sticker", "document", "location", "forward"):
        people.attach(site.world, VISITOR, VISITOR, kind)
    said, edited, *attached = await bot.get_updates()
    assert said.message
    assert said.message.parse_entities() == {said.message.entities[0]: "/start"}
    assert edited.edited_message
    assert edited.edited_message.text == "交通局负责什么"
    assert [telegram.helpers.effective_message_type(one) for one in attached] == [
        "photo", "voice", "sticker", "document", "location", "text",
    ]  # fmt: skip
    assert attached[-1].message
    assert attached[-1].message.forward_origin


async def test_what_is_too_long_for_one_message_goes_out_in_parts(site: Site, bot: telegram.Bot) -> None:
    people.say(site.world, VISITOR, VISITOR, "🟢" * 3000 + "完")
    parts = [one.message.text or "" for one in await bot.get_updates() if one.message]
    assert "".join(parts) == "🟢" * 3000 + "完"
    assert all(len(part.encode("utf-16-le")) <= 2 * 4096 for part in parts)


# menu and descriptions


async def test_menu_and_descriptions_are_kept(bot: telegram.Bot) -> None:
    await bot.set_my_commands([("help", "怎么用")])
    await bot.set_my_commands([("help", "群里怎么用")], scope=telegram.BotCommandScopeAllGroupChats())
    assert [one.description for one in await bot.get_my_commands()] == ["怎么用"]
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    await bot.set_my_description("问方案")
    await bot.set_my_short_description("督办")
    assert (await bot.get_my_description()).description == "问方案"
    assert (await bot.get_my_short_description()).short_description == "督办"
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([("帮助", "怎么用")])


@pytest.mark.usefixtures("greeted")
async def test_chats_and_members_can_be_looked_up(bot: telegram.Bot) -> None:
    assert (await bot.get_chat(VISITOR)).type == "private"
    assert (await bot.get_chat(GROUP)).title == "工作群"
    assert (await bot.get_chat_member(GROUP, OFFICE)).status == "member"
    assert await bot.send_chat_action(VISITOR, ChatAction.TYPING)
    sent = await bot.send_message(VISITOR, "撤回")
    assert await bot.delete_message(VISITOR, sent.message_id)
