"""What is done about every kind of update and every field of a message: answered, one sentence, or silence on purpose.

A test holds the table against the Bot API's schema and against python-telegram-bot's own types. What is in neither, as
a kind that a newer server knows, gets UNKNOWN in a private chat.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """A handler reads it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """It gets one sentence that says what to do instead."""

    text: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing is said, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """No kind of message: it says something about one."""


Treatment = Answered | Sentence | Silence | Part

UNKNOWN = "这种消息我还读不了，请把要问的打成一句话发给我。"

_NOT_OURS = Silence("a conversation that the bot is not in")
_NOT_ASKED_FOR = Silence("the bot offers nothing that would bring it, and does not ask for it")
_NOT_TO_US = Silence("a note of Telegram's about the chat, written by nobody and asking nothing")
_SHOPPING = Silence("the bot sells nothing")
_GIFT = Sentence("礼物和红包一类我收不了，也不需要。请打字提问。")
_PAYMENT = Sentence("我不收款，也不办付款的事。请打字提问。")
_CHECKLIST = Sentence("清单我读不了，请把要问的或要报的打成文字。")
_SHARED = Sentence("我不收别人或别的群的名片，也不会保存。请打字提问。")
_PLACE = Sentence("我不收位置。要问某个镇或街道的任务，请打它的名字，例如：梅川镇有哪些任务")
_PICTURE = Sentence("图片我看不了，请把要问的打成字。")

UPDATES: Mapping[str, Treatment] = {
    "update_id": Part(),
    "message": Answered(),
    "edited_message": Answered(),
    "callback_query": Answered(),
    "my_chat_member": Answered(),
    "channel_post": Silence("channels publish, they do not ask"),
    "edited_channel_post": Silence("channels publish, they do not ask"),
    "business_connection": _NOT_OURS,
    "business_message": _NOT_OURS,
    "edited_business_message": _NOT_OURS,
    "deleted_business_messages": _NOT_OURS,
    "guest_message": _NOT_OURS,
    "message_reaction": Silence("a reaction asks nothing"),
    "message_reaction_count": Silence("a reaction asks nothing"),
    "inline_query": _NOT_ASKED_FOR,
    "chosen_inline_result": _NOT_ASKED_FOR,
    "shipping_query": _SHOPPING,
    "pre_checkout_query": _SHOPPING,
    "purchased_paid_media": _SHOPPING,
    "poll": _NOT_ASKED_FOR,
    "poll_answer": _NOT_ASKED_FOR,
    "chat_member": Silence("who else is in a group does not matter: rights hang on invitations"),
    "chat_join_request": Silence("people let people in"),
    "chat_boost": _NOT_TO_US,
    "removed_chat_boost": _NOT_TO_US,
    "managed_bot": _NOT_ASKED_FOR,
}

MESSAGES: Mapping[str, Treatment] = {
    # the first of these rows that a message has decides; photos and documents are evidence from those who may report
    "forward_origin": Sentence("转发的消息我不读，以免误会。请把问题打成一句话发给我。"),
    "voice": Sentence("语音我听不了，请打字提问。"),
    "audio": Sentence("音频我听不了，请打字提问。"),
    "video_note": Sentence("视频消息我看不了，请打字提问。"),
    "video": Sentence("视频我看不了，请打字提问。"),
    "animation": Sentence("动图我看不了，请打字提问。"),
    "sticker": Sentence("表情我看不懂，请打字提问，例如：市交通局负责哪些任务"),
    "paid_media": Sentence("付费的图片、视频我看不了，请打字提问。"),
    "live_photo": _PICTURE,
    "photo": _PICTURE,
    "document": Sentence("文件我还不能收，请把要问的打成字。"),
    "venue": _PLACE,
    "location": _PLACE,
    "contact": Sentence("我不收联系人名片，也不会保存。请打字提问。"),
    "users_shared": _SHARED,
    "chat_shared": _SHARED,
    "poll": Sentence("投票我参加不了，请打字提问。"),
    "checklist": _CHECKLIST,
    "dice": Sentence("请打字提问，例如：市交通局负责哪些任务"),
    "game": Sentence("游戏我玩不了，请打字提问。"),
    "story": Sentence("动态我看不了，请打字提问。"),
    "text": Answered(),
    "rich_message": Sentence("带排版的长消息我还读不了，请发成普通文字。"),
    "invoice": _PAYMENT,
    "successful_payment": _PAYMENT,
    "giveaway": _GIFT,
    "giveaway_winners": _GIFT,
    "gift": _GIFT,
    "unique_gift": _GIFT,
    "passport_data": Sentence("我不收证件资料，也不会保存。请在聊天里删掉它。"),
    "web_app_data": Sentence("我没有小程序，请打字提问。"),
    # read by handlers
    "migrate_to_chat_id": Answered(),
    "migrate_from_chat_id": Answered(),
    # what happened in a chat
    "new_chat_members": Silence("that the bot itself was added comes as my_chat_member"),
    "left_chat_member": Silence("that the bot itself was removed comes as my_chat_member"),
    "chat_owner_left": _NOT_TO_US,
    "chat_owner_changed": _NOT_TO_US,
    "new_chat_title": Silence("the title is taken from the next message"),
    "new_chat_photo": _NOT_TO_US,
    "delete_chat_photo": _NOT_TO_US,
    "group_chat_created": Silence("that the bot itself was added comes as my_chat_member"),
    "supergroup_chat_created": _NOT_TO_US,
    "channel_chat_created": _NOT_TO_US,
    "message_auto_delete_timer_changed": _NOT_TO_US,
    "pinned_message": _NOT_TO_US,
    "refunded_payment": _SHOPPING,
    "gift_upgrade_sent": _NOT_TO_US,
    "connected_website": _NOT_TO_US,
    "write_access_allowed": Silence("that the bot may write is known once the person writes"),
    "proximity_alert_triggered": _NOT_TO_US,
    "boost_added": _NOT_TO_US,
    "chat_background_set": _NOT_TO_US,
    "checklist_tasks_done": _NOT_TO_US,
    "checklist_tasks_added": _NOT_TO_US,
    "direct_message_price_changed": _NOT_TO_US,
    "forum_topic_created": _NOT_TO_US,
    "forum_topic_edited": _NOT_TO_US,
    "forum_topic_closed": _NOT_TO_US,
    "forum_topic_reopened": _NOT_TO_US,
    "general_forum_topic_hidden": _NOT_TO_US,
    "general_forum_topic_unhidden": _NOT_TO_US,
    "giveaway_created": _NOT_TO_US,
    "giveaway_completed": _NOT_TO_US,
    "managed_bot_created": _NOT_TO_US,
    "paid_message_price_changed": _NOT_TO_US,
    "poll_option_added": _NOT_TO_US,
    "poll_option_deleted": _NOT_TO_US,
    "suggested_post_approved": _NOT_TO_US,
    "suggested_post_approval_failed": _NOT_TO_US,
    "suggested_post_declined": _NOT_TO_US,
    "suggested_post_paid": _NOT_TO_US,
    "suggested_post_refunded": _NOT_TO_US,
    "video_chat_scheduled": _NOT_TO_US,
    "video_chat_started": _NOT_TO_US,
    "video_chat_ended": _NOT_TO_US,
    "video_chat_participants_invited": _NOT_TO_US,
    # about a message
    **dict.fromkeys(
        (
            "message_id",
            "message_thread_id",
            "direct_messages_topic",
            "from",
            "sender_chat",
            "sender_boost_count",
            "sender_business_bot",
            "sender_tag",
            "date",
            "guest_query_id",
            "business_connection_id",
            "chat",
            "is_topic_message",
            "is_automatic_forward",
            "reply_to_message",
            "external_reply",
            "quote",
            "reply_to_story",
            "reply_to_checklist_task_id",
            "reply_to_poll_option_id",
            "via_bot",
            "guest_bot_caller_user",
            "guest_bot_caller_chat",
            "edit_date",
            "has_protected_content",
            "is_from_offline",
            "is_paid_post",
            "media_group_id",
            "author_signature",
            "paid_star_count",
            "entities",
            "link_preview_options",
            "suggested_post_info",
            "effect_id",
            "caption",
            "caption_entities",
            "show_caption_above_media",
            "has_media_spoiler",
            "reply_markup",
        ),
        Part(),
    ),
}
