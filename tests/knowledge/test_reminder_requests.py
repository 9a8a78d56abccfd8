"""提醒我… beside something else: neither swallows the other."""

from datetime import date

import pytest

from knowledge.language.normalize import clean
from knowledge.language.reminder_request import REMINDS, requests

TODAY = date(2023, 3, 1)
PARTS = {
    "提醒我明天报5G": ["+提醒我明天报5G"],
    "提醒我明天报5G，另外催一下科经局": ["+提醒我明天报5G", "-催一下科经局"],
    "提醒我明天报5G。另外5G基站谁负责？": ["+提醒我明天报5G", "-5G基站谁负责？"],
    "5G基站谁负责，另外提醒我明天报数": ["-5G基站谁负责", "+提醒我明天报数"],
    "5G基站建成620个，提醒我明天报": ["-5G基站建成620个", "+提醒我明天报"],
    "下周三开调度会，提醒我一下": ["+下周三开调度会，提醒我一下"],
    "明天下午3点，麻烦提醒我开会": ["+明天下午3点，麻烦提醒我开会"],
    "提醒我明天开会，带上材料": ["+提醒我明天开会，带上材料"],
    "提醒我明天报数；提醒我后天开会": ["+提醒我明天报数", "+提醒我后天开会"],
    "5G基站谁负责": ["-5G基站谁负责"],
    "提醒我们局报数": ["-提醒我们局报数"],
}


@pytest.mark.parametrize(("text", "parts"), PARTS.items())
def test_a_message_is_cut_where_another_request_begins(text: str, parts: list[str]) -> None:
    assert [f"{'+' if one.reminds else '-'}{one.said}" for one in requests(text, clean(text), TODAY)] == parts


@pytest.mark.parametrize("text", REMINDS.examples)
def test_an_example_asks_to_be_reminded(text: str) -> None:
    assert REMINDS.shows(text)


@pytest.mark.parametrize("text", REMINDS.others)
def test_another_sentence_does_not(text: str) -> None:
    assert not REMINDS.shows(text)
