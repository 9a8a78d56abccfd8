"""`--jsonl`: whatever one line holds, it fails alone; what is read has limits that no interpreter sets."""

import json
import os
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from bot_harness import Json
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.shell import JSON_FAULTS
from handlers.services.json_input import BadJsonError, JsonFault, read_json
from knowledge.plan.limits import MAX_CHARS, MAX_DEPTH, MAX_JSON_DIGITS

GOOD = {"ask": '"turns": ["5G基站谁管"]', "parse-update": '"text": "5G基站已建成620个"'}


def run(command: str, lines: list[bytes], **environment: str) -> tuple[int, list[Json], str]:
    """Exit status, answers and log of the program itself."""
    found = subprocess.run(
        [sys.executable, "-m", "bot", command, "--jsonl"],
        input=b"\n".join(lines),
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )
    return found.returncode, [json.loads(line) for line in found.stdout.decode().splitlines()], found.stderr.decode()


@pytest.mark.parametrize("command", GOOD)
def test_a_line_that_cannot_be_read_is_told_by_number_and_the_run_goes_on(command: str) -> None:
    """Each is told on every Python alike, and what is written stays UTF-8 whatever the locale."""
    good, empty = GOOD[command], '"turns": [], "text": ""'
    bad = [
        rb'{"id": "\ud800", "turns": [], "text": ""}',
        rb'{"id": "3", "turns": ["\udfff"], "text": "5G\ud83d"}',
        b'{"id": "4", "turns": ["\xff"], "text": "\xff"}',
        b'{"id": NaN, "turns": [], "text": ""}',
        b'{"id": -1e999, "turns": [], "text": ""}',
        f'{{"id": {"[" * 5000}{"]" * 5000}, {empty}}}'.encode(),
        f'{{"id": {"[" * 500_000}, {empty}}}'.encode(),
        f'{{"id": {"9" * 5000}, {empty}}}'.encode(),
        f'{{"id": "{"字" * MAX_CHARS}", {empty}}}'.encode(),
        b"\0",
        b'{"id": "\0", "turns": [], "text": ""}',
        b"[]",
        b'"5G"',
        b"null",
        b"{",
        b'{"turns": "5G", "text": ["5G"]}',
        b'{"turns": [5], "text": 5}',
        b'{"turns": null, "text": null}',
        b'{"turns": [], "text": "", "today": "9999-12-31"}',
        b'{"turns": [], "text": "", "today": "0001-01-01"}',
        b'{"turns": [], "text": "", "today": "2023-02-29"}',
        b'{"turns": [], "text": "", "today": 20230301}',
    ]
    lines = [f'\ufeff{{"id": "1", {good}}}'.encode(), *bad, f'{{"id": "last", {good}}}'.encode()]
    status, (first, *told, last), log = run(command, lines, PYTHONIOENCODING="latin-1")
    assert (status, log) == (1, "")
    assert (first["id"], last["id"]) == ("1", "last")
    assert [set(found) for found in told] == [{"line", "error"}] * len(bad)
    assert [found["line"] for found in told] == list(range(2, len(bad) + 2))
    assert all(re.search(r"[\u4e00-\u9fff]", found["error"]) for found in told)


@pytest.mark.parametrize("command", GOOD)
def test_a_line_that_is_odd_but_valid_is_answered(command: str) -> None:
    good = GOOD[command]
    ids = ["1", "1.5", "null", "true", '["a"]', "12345678901234567890123", "9" * MAX_JSON_DIGITS, '"\\u0000"']
    long = "5G基站已建成620个，" * 80_000  # a megabyte and more
    lines = [
        *(f'{{"id": {one}, {good}}}'.encode() for one in ids),
        f'{{"id": "crlf",\r {good}}}\r'.encode(),
        b" \t\r",
        "\ufeff".encode(),
        f'{{"id": "a", "id": "twice", {good}}}'.encode(),
        f'{{"id": "deep", "more": {"[" * (MAX_DEPTH - 1)}{"]" * (MAX_DEPTH - 1)}, {good}}}'.encode(),
        f'{{"id": "long", "turns": ["{long}"], "text": "{long}"}}'.encode(),
        f'{{"id": "brackets", "more": "{"[" * 100}\\"{"{" * 100}", {good}}}'.encode(),
    ]
    status, answers, log = run(command, lines)
    assert (status, log) == (0, "")
    said = [json.loads(one) for one in ids]
    assert [found["id"] for found in answers] == [*said, "crlf", "twice", "deep", "long", "brackets"]
    assert not any("error" in found for found in answers)


BREAKS = """
import sys
from bot.cli import main
from handlers.services.question_service import QuestionService
from knowledge.reports.reader import UpdateReader

def deeper():
    deeper()

def breaks(said):
    if said == "RecursionError":
        deeper()
    raise {"KeyError": KeyError, "MemoryError": MemoryError, "ValueError": ValueError}[said]("秘" + "密" + said)

whole = {QuestionService: QuestionService.ask, UpdateReader: UpdateReader.read}
for owner, name in ((QuestionService, "ask"), (UpdateReader, "read")):
    def read(self, said, *, _whole=whole[owner], **others):
        return breaks(said) if said.endswith("Error") else _whole(self, said, **others)
    setattr(owner, name, read)
sys.exit(main(sys.argv[1:]))
"""
"""The program with a mistake in it, which some words bring out."""


@pytest.mark.parametrize(("command", "good"), GOOD.items())
def test_a_fault_of_ours_ends_one_line_and_is_found_in_the_log_by_its_number(command: str, good: str) -> None:
    errors = ["KeyError", "RecursionError", "MemoryError", "ValueError"]
    lines = [
        f'{{"id": "1", {good}}}',
        *(f'{{"turns": ["5G基站谁管", "{error}", "你好"], "text": "{error}"}}' for error in errors),
        f'{{"id": "last", {good}}}',
    ]
    found = subprocess.run(
        [sys.executable, "-c", BREAKS, command, "--jsonl"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    first, *told, last = map(json.loads, found.stdout.splitlines())
    assert found.returncode == 1
    assert (first["id"], last["id"]) == ("1", "last")
    assert [(set(one), one["line"]) for one in told] == [({"line", "error"}, line) for line in (2, 3, 4, 5)]
    numbers = [re.findall("错误号 ([0-9A-F]{4})", one["error"])[0] for one in told]
    for number, error in zip(numbers, errors, strict=True):
        assert re.search(rf"{error}.*number={number}|number={number}.*{error}", found.stderr)
    assert "秘密" not in found.stdout + found.stderr
    assert len(found.stderr) < 50_000


def test_a_depth_is_told_before_anything_is_parsed() -> None:
    at_most = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert read_json(at_most) is not None
    with pytest.raises(BadJsonError) as caught:
        read_json(f"[{at_most}]")
    assert caught.value.fault is JsonFault.TOO_DEEP


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(values)
def test_what_json_can_hold_is_read_as_it_was_written(value: object) -> None:
    assert read_json(json.dumps(value)) == value


pieces = st.sampled_from([*'[]{}",:\\0-.e+ntf \n', "1e999", "NaN", "null", "\\ud800", "\ud800", "9" * 101])


@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
def test_no_text_breaks_the_reading_of_json(text: str) -> None:
    with suppress(BadJsonError):
        json.dumps(read_json(text), ensure_ascii=False, allow_nan=False).encode()


def test_every_fault_has_its_sentence() -> None:
    assert set(JSON_FAULTS) == set(JsonFault)
