"""Every kind of update and every field of a message has its row, and the row is what happens."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import telegram
from bot_harness import GROUP, VISITOR, StubService, Talk, bot_at_work

from bot.playground.server import Site
from bot.telegram.texts_kinds import MESSAGES, UNKNOWN, UPDATES, Answered, Part, Sentence, Silence
from storage.database import Database

Json = dict[str, Any]
TABLES = {"Update": UPDATES, "Message": MESSAGES}


@pytest.mark.parametrize("kind", TABLES)
def test_every_field_of_the_schema_has_a_row_and_no_other(kind: str) -> None:
    path = os.environ.get("DUBAN_BOT_API_SCHEMA")
    if not path:
        pytest.skip("DUBAN_BOT_API_SCHEMA does not name the Bot API's schema")
    fields = json.loads(Path(path).read_text(encoding="utf-8"))["types"][kind]["fields"]
    assert set(TABLES[kind]) == {field["name"] for field in fields}


@pytest.mark.parametrize("kind", TABLES)
def test_every_field_that_the_library_knows_has_a_row(kind: str) -> None:
    known = {name for base in getattr(telegram, kind).__mro__ for name in getattr(base, "__slots__", ())}
    ours = {"from_user" if name == "from" else name for name in TABLES[kind]}
    assert {name for name in known if not name.startswith("_")} - {"api_kwargs"} <= ours


def test_every_silence_has_its_reason_and_every_sentence_its_words() -> None:
    rows = [*UPDATES.values(), *MESSAGES.values()]
    assert all(row.reason for row in rows if isinstance(row, Silence))
    assert all("请" in row.text for row in rows if isinstance(row, Sentence))


FILE = {"file_id": "f", "file_unique_id": "u", "duration": 1, "width": 1, "height": 1, "length": 1}
PHOTO = [{**FILE, "file_size": 10}]
USER = {"id": 7, "is_bot": False, "first_name": "甲"}
CHAT = {"id": 9, "type": "private"}
GIFT = {"id": "g", "sticker": {**FILE, "type": "regular", "is_animated": False, "is_video": False}, "star_count": 1}
CONTENTS: dict[str, Any] = {
    "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "甲"},
    "voice": FILE,
    "audio": FILE,
    "video_note": FILE,
    "video": FILE,
    "animation": FILE,
    "sticker": {**FILE, "type": "regular", "is_animated": False, "is_video": False},
    "paid_media": {"star_count": 1, "paid_media": []},
    "live_photo": FILE,
    "photo": PHOTO,
    "document": FILE,
    "venue": {"location": {"latitude": 1, "longitude": 1}, "title": "甲", "address": "乙"},
    "location": {"latitude": 1, "longitude": 1},
    "contact": {"phone_number": "1", "first_name": "甲"},
    "users_shared": {"request_id": 1, "users": [{"user_id": 7}]},
    "chat_shared": {"request_id": 1, "chat_id": -7},
    "poll": {
        "id": "p",
        "question": "甲",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
    "checklist": {"title": "甲", "tasks": []},
    "dice": {"value": 1, "emoji": "🎲"},
    "game": {"title": "甲", "description": "乙", "photo": PHOTO},
    "story": {"id": 1, "chat": CHAT},
    "rich_message": {"blocks": []},
    "invoice": {"title": "甲", "description": "乙", "start_parameter": "", "currency": "XTR", "total_amount": 1},
    "successful_payment": {
        "currency": "XTR",
        "total_amount": 1,
        "invoice_payload": "",
        "telegram_payment_charge_id": "1",
        "provider_payment_charge_id": "1",
    },
    "giveaway": {"chats": [CHAT], "winners_selection_date": 1, "winner_count": 1},
    "giveaway_winners": {
        "chat": CHAT,
        "giveaway_message_id": 1,
        "winners_selection_date": 1,
        "winner_count": 1,
        "winners": [USER],
    },
    "gift": {"gift": GIFT},
    "unique_gift": {
        "gift": {
            "gift_id": "g",
            "base_name": "甲",
            "name": "甲-1",
            "number": 1,
            "model": {"name": "甲", "sticker": GIFT["sticker"], "rarity_per_mille": 1},
            "symbol": {"name": "甲", "sticker": GIFT["sticker"], "rarity_per_mille": 1},
            "backdrop": {
                "name": "甲",
                "colors": {"center_color": 1, "edge_color": 1, "symbol_color": 1, "text_color": 1},
                "rarity_per_mille": 1,
            },
        },
        "origin": "upgrade",
    },
    "passport_data": {"data": [], "credentials": {"data": "", "hash": "", "secret": ""}},
    "web_app_data": {"data": "甲", "button_text": "乙"},
}
"""The smallest content of each kind that gets a sentence."""


def test_every_sentence_is_tried() -> None:
    assert {field for field, row in MESSAGES.items() if isinstance(row, Sentence)} == set(CONTENTS)


async def test_every_kind_of_message_gets_its_row(site: Site, database: Database) -> None:
    with site.world.feed.listening() as events:
        talk = Talk(site, events)
        async with bot_at_work(site, database, StubService()):
            for field, content in CONTENTS.items():
                treatment = MESSAGES[field]
                assert isinstance(treatment, Sentence)
                deliver(site, VISITOR, {field: content})
                assert (field, (await talk.heard())["text"]) == (field, treatment.text)
            deliver(site, VISITOR, {"from_the_future": {"text": "甲"}})
            assert (await talk.heard())["text"] == UNKNOWN
            for field, row in MESSAGES.items():
                if isinstance(row, Silence):
                    deliver(site, VISITOR, {field: quiet(field)})
            assert (await talk.ask("乙"))["text"] == "答：乙\n前文：无"


async def test_a_kind_that_nobody_knows_is_passed_over_in_a_group(site: Site, database: Database) -> None:
    with site.world.feed.listening() as events:
        group = Talk(site, events, chat=GROUP)
        async with bot_at_work(site, database, StubService()):
            answer = await group.ask(f"@{site.world.cast.bot_username} 甲")
            deliver(site, GROUP, {"from_the_future": {"text": "甲"}, "reply_to_message": answer})
            assert (await group.ask(f"@{site.world.cast.bot_username} 乙"))["text"].startswith("答：乙")
            assert len(group.answers()) == 2


def test_what_is_asked_of_telegram_is_what_is_answered() -> None:
    from bot.telegram.incoming import ANSWERED

    assert set(ANSWERED) == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert all(isinstance(UPDATES[kind], Answered) for kind in ANSWERED)
    assert isinstance(UPDATES["update_id"], Part)


SILENT: Json = {
    "new_chat_members": [USER],
    "left_chat_member": USER,
    "new_chat_title": "甲",
    "new_chat_photo": PHOTO,
    "pinned_message": {"message_id": 1, "date": 1, "chat": CHAT, "text": "甲"},
    "connected_website": "example.org",
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 1},
    "refunded_payment": {
        "currency": "XTR",
        "total_amount": 1,
        "invoice_payload": "",
        "telegram_payment_charge_id": "1",
    },
    "proximity_alert_triggered": {"traveler": USER, "watcher": USER, "distance": 1},
    "boost_added": {"boost_count": 1},
    "direct_message_price_changed": {"are_direct_messages_enabled": True},
    "forum_topic_created": {"name": "甲", "icon_color": 1},
    "giveaway_completed": {"winner_count": 1},
    "managed_bot_created": {"bot": USER},
    "paid_message_price_changed": {"paid_message_star_count": 1},
    "poll_option_added": {"option_persistent_id": "1", "option_text": "甲"},
    "poll_option_deleted": {"option_persistent_id": "1", "option_text": "甲"},
    "suggested_post_paid": {"currency": "XTR"},
    "suggested_post_refunded": {"reason": "post_deleted"},
    "video_chat_ended": {"duration": 1},
}
"""Contents of silent kinds that python-telegram-bot reads; of flags True will do, of the others an empty object."""


def quiet(field: str) -> Any:
    flags = ("group_chat_created", "supergroup_chat_created", "channel_chat_created", "delete_chat_photo")
    return SILENT.get(field, field in flags or {})


def deliver(site: Site, chat: int, content: Json) -> None:
    site.world.mailbox.put("message", site.world.new_message(chat, VISITOR, content))
