"""Invitation codes: they fit a deep link, follow from the token, and no stored text holds one."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.services.invite_codes import LINK_SLOT, SLOT, Codes, digest_of, is_no_code, new_code, sealed, sealed_code
from storage.rich_text import plain_text

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp"  # noqa: S105
DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


def shown(token: str = TOKEN) -> tuple[str, str]:
    """(code, digest) of a new invitation of the bot with this token."""
    codes = Codes(token)
    nonce, digest = codes.make()
    return plain_text(codes.fill(SLOT, nonce, str)), digest


def test_a_code_fits_a_deep_link_and_is_never_the_same_twice() -> None:
    codes = {shown()[0] for _ in range(50)} | {new_code() for _ in range(50)}
    assert len(codes) == 100
    assert all(DEEP_LINK.fullmatch(code) for code in codes)


def test_a_stored_reply_shows_the_same_code_after_a_restart_and_another_bot_another() -> None:
    nonce, digest = Codes(TOKEN).make()
    again = plain_text(Codes(TOKEN).fill(f"a {SLOT} b {LINK_SLOT}", nonce, str))
    code = again.split()[1]
    assert again == f"a {code} b {code}"
    assert digest_of(code) == digest
    assert plain_text(Codes(TOKEN[::-1]).fill(SLOT, nonce, str)) != code


def test_the_digest_is_as_long_as_the_code_so_that_offsets_into_the_text_stay_right() -> None:
    code, digest = shown()
    assert len(code) == len(digest)


@pytest.mark.parametrize(
    "said", ["K7M2-9QXD", "小周给我发了这个 K7M2-9QXD 是贴这儿吧", "db1_k3J", "邀请码：K7M2-9QXD", "/start db1_k3J"]
)
def test_what_was_taken_for_a_code(said: str) -> None:
    assert is_no_code(said)


@pytest.mark.parametrize(
    "said", ["5G-基站", "2023-03-15", "我发了2023-03-15的数", "0713-6222222 发给我", "G220-1建到哪了"]
)
def test_what_is_no_code_at_all(said: str) -> None:
    assert not is_no_code(said)


def test_codes_are_sealed_wherever_they_stand() -> None:
    code, digest = shown()
    update = {
        "message": {"text": f"/start {code}", "reply_to_message": {"text": f"https://t.me/bot?start={code}&x"}},
        "entities": [{"offset": 0, "url": f"https://t.me/bot?start={code}"}, None, 1.5, True],
        "date": datetime(2023, 3, 1, tzinfo=UTC),
    }
    held = sealed(update)
    assert code not in repr(held)
    assert repr(held).count(digest) == 3
    assert sealed_code(f"/start {digest}") == digest
    assert held["date"] == update["date"]
    assert update["message"] == {
        "text": f"/start {code}",
        "reply_to_message": {"text": f"https://t.me/bot?start={code}&x"},
    }


def test_a_digest_that_is_typed_is_digested_again() -> None:
    _, digest = shown()
    assert sealed_code(sealed(f"/start {digest}")) not in (None, digest)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_holds_no_code_stays_as_it_is(value: object) -> None:
    assert sealed(value) == value
