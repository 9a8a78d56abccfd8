"""What the page posts, as it is checked, stored and read."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from bot.web.accounts import Accounts, address
from bot.web.texts import UNREAD_FILE
from handlers.chat.incoming import Addressee, Edited, Filed, Incoming, Said, Tapped
from handlers.services.invite_codes import sealed
from handlers.services.red_lines import stored, taken_out
from storage.base import JsonObject
from storage.chats import ChatKind

LONGEST_TEXT = 4096
_Id = Annotated[int, Field(strict=True, gt=-(1 << 51), lt=1 << 51)]
_Text = Annotated[str, Field(strict=True, max_length=LONGEST_TEXT)]
_COMMAND = re.compile(r"/[A-Za-z0-9_]+(?:@(\w+))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPost:
    """What one person did in one chat. `message` and `at` are the server's, who numbers what is written."""

    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")]
    """The page's own; the same where it posts again because no answer came."""
    person: _Id
    chat: _Id
    at: datetime | None = None
    """When it was written or last edited; aware."""

    @property
    def stored_key(self) -> str:
        """Nobody can use up the keys of others."""
        return f"{self.person}:{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SayPost(WebPost):
    text: Annotated[_Text, Field(min_length=1)]
    reply_to: _Id | None = None
    to_bot: bool = False
    """Whether it answers a message of the bot's."""
    message: int = 0
    kind: Literal["say"] = "say"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPost(WebPost):
    message: _Id
    text: Annotated[_Text, Field(min_length=1)]
    to_bot: bool = False
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class TapPost(WebPost):
    message: _Id
    data: Annotated[_Text, Field(min_length=1)]
    kind: Literal["tap"] = "tap"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePost(WebPost):
    """A file; the server keeps its content, and calls it `file`."""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    picture: bool = False
    caption: _Text = ""
    file: str = ""
    size: int = 0
    message: int = 0
    kind: Literal["file"] = "file"


PagePost = SayPost | EditPost | TapPost | FilePost

_WRITTEN_POSTS: TypeAdapter[SayPost | EditPost | TapPost] = TypeAdapter(
    Annotated[SayPost | EditPost | TapPost, Field(discriminator="kind")]
)
_FILE_POSTS = TypeAdapter(FilePost)
_POSTS: TypeAdapter[PagePost] = TypeAdapter(Annotated[PagePost, Field(discriminator="kind")])


def load_post(found: Any) -> SayPost | EditPost | TapPost:
    """As it may be stored: what a person wrote across a red line is replaced by the reason, a code by its digest.

    Raises ValueError where it is none.
    """
    post = _WRITTEN_POSTS.validate_python(found)
    return post if isinstance(post, TapPost) else replace(post, text=stored(sealed(post.text)))


def load_file_post(found: Any) -> FilePost:
    """As it may be stored, too. Raises ValueError where it is none."""
    post = _FILE_POSTS.validate_python(found)
    return replace(post, name=stored(sealed(post.name)), caption=stored(sealed(post.caption)))


def dump_post(post: PagePost) -> JsonObject:
    dumped: JsonObject = _POSTS.dump_python(post, mode="json")
    return dumped


def read(payload: JsonObject, accounts: Accounts) -> Incoming | None:
    """A stored post as the value that conversations read; None where who wrote it is not there any more."""
    post = _POSTS.validate_python(payload)
    if not accounts.may_write(post.person, post.chat):
        return None
    about: dict[str, Any] = {
        "key": post.stored_key,
        "chat": address(post.chat),
        "kind": accounts.kind(post.chat),
        "title": accounts.groups.get(post.chat),
        "person": address(post.person),
        "name": accounts.people[post.person],
    }
    if isinstance(post, TapPost):
        return Tapped(**about, tap=post.stored_key, message=post.message, data=post.data)
    about |= {"message": post.message, "at": post.at}
    if isinstance(post, FilePost):
        return _filed(post, about)
    made = Said if isinstance(post, SayPost) else Edited
    text, addressee = _addressed(post.text, accounts, to_bot=post.to_bot)
    private = about["kind"] is ChatKind.PRIVATE
    return made(**about, addressee=Addressee.BOT if private else addressee, text=text)


def _filed(post: FilePost, about: dict[str, Any]) -> Filed:
    return Filed(
        **about,
        addressee=Addressee.BOT if post.chat == post.person else Addressee.OTHERS,
        instead=UNREAD_FILE,
        withheld=taken_out(post.name) or taken_out(post.caption),
        file=post.file,
        picture=post.picture,
        file_name=post.name,
        size=post.size,
        caption=post.caption,
    )


def _addressed(text: str, accounts: Accounts, *, to_bot: bool) -> tuple[str, Addressee]:
    """The text without the bot's name, and whom it is meant for in a group."""
    if command := _COMMAND.match(text):
        named = command[1]
        if not named:
            return text, Addressee.UNSAID
        return text, Addressee.BOT if named.lower() == accounts.username.lower() else Addressee.OTHERS
    spoken = re.sub(rf"@{re.escape(accounts.username)}\b", " ", text, flags=re.ASCII | re.IGNORECASE)
    if spoken != text:
        return spoken.strip(" \n，,：:"), Addressee.BOT
    return text.strip(), Addressee.BOT if to_bot else Addressee.OTHERS
