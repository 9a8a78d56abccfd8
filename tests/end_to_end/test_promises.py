"""Each promise of the documents and each key of the configuration names the tests that hold the program to it."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from folders import ROOT

from bot.config import Settings

PAGES = ("docs/reminders.md", "docs/rights.md")

_MARK = re.compile(r"\[\^([\w-]+)\](?!:)")
_NOTE = re.compile(r"^\[\^([\w-]+)\]: (.+)$", re.MULTILINE)
_TEST = re.compile(r"`tests/(?:\w+/)+(test_\w+)\.py::(test_\w+)`")
_NEW_BLOCK = re.compile(r"\n(?=\n|- |\d+\. |\||\[\^)")

CONFIGURED = "test_reminder_configuration.test_a_configured_value_changes_what_is_told_at_nine"
ASSISTED = "test_assisted_reading.test_it_is_given_names_and_no_figures_and_not_who_asks"
KEYS = {
    "telegram.token": "test_cli.test_without_a_token_the_bot_says_where_to_put_it",
    "telegram.token_file": "test_config.test_the_token_can_stand_in_a_file_of_its_own",
    "telegram.proxy": "test_bot_reliability.test_all_calls_go_through_the_proxy",
    "telegram.server": "test_config.test_a_server_of_ones_own_serves_methods_and_files",
    "database.url": "test_people_joining.test_the_first_office_account_comes_in_from_the_command_line",
    "database.files": "test_report_evidence.test_a_photo_with_words_is_kept_with_the_report_that_they_make",
    "database.backups": "test_backup.test_a_migration_takes_a_backup_that_can_be_restored",
    "plan.name": "test_register.test_a_plan_is_found_by_its_name_its_file_or_its_folder",
    "service.mode": "test_people_chat.test_in_public_mode_nobody_does_anything_internal",
    "service.approval": "test_config.test_internal_without_an_approval_is_refused",
    "service.published": "test_rights.test_visitors_see_published_standings_only_where_that_is_configured",
    "service.filing": "test_setup_chat.test_about_names_the_filing_number_and_the_approval_or_says_that_there_is_none",
    "service.telephone": "test_visitors_chat.test_the_offices_telephone_stands_beside_12345",
    "service.operator": "test_health.test_the_operator_of_a_public_bot_is_told_once_a_day_of_all",
    "limits.questions_per_minute": "test_bot_chat.test_a_stranger_who_asks_too_fast_is_told_once",
    "assistant.url": ASSISTED,
    "assistant.model": ASSISTED,
    "assistant.key": "test_assisted_reading.test_its_key_is_sent_and_never_logged",
    "assistant.approval": "test_config.test_a_language_model_without_an_approval_is_refused",
    "remind.at": CONFIGURED,
    "remind.deadline_days": CONFIGURED,
    "remind.overdue_weeks": CONFIGURED,
    "remind.monthly_due_day": CONFIGURED,
    "remind.quarterly_due_day": CONFIGURED,
    "remind.opens_days": CONFIGURED,
    "remind.escalate_days": CONFIGURED,
    "remind.closes_days": CONFIGURED,
    "remind.snapshot_days": "test_schedule_changes.test_a_meeting_brings_its_snapshot",
    "remind.quiet_from": CONFIGURED,
    "remind.quiet_to": CONFIGURED,
    "remind.urgent_per_day": "test_batching.test_how_many_urgent_messages_a_day_has_is_configured",
    "log.level": "test_log.test_above_debug_nothing_that_is_logged_holds_words",
    "log.format": "test_config.test_a_json_line_holds_the_fields_and_chinese_as_it_is",
    "log.file": "test_log.test_the_log_that_the_settings_name_is_written_and_searched",
    "health.port": "test_health.test_the_page_says_the_same_over_http",
}
"""The test that shows what a key of config.example.toml does."""


@cache
def functions_of(module: str) -> frozenset[str]:
    file = next((ROOT / "tests").rglob(f"{module}.py"), None)
    if file is None:
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


def unmarked(page: str) -> Iterator[str]:
    """The blocks (paragraphs, items, rows) without a mark; the rows of a table whose lead is marked need none."""
    lead = ""
    for block in _NEW_BLOCK.split(page.split("\n## Which test checks each promise\n")[0]):
        text = block.strip()
        row = text.startswith("|")
        if row and (_MARK.search(lead) or text.startswith(("| step |", "| this fails |", "| --- |"))):
            continue
        if text and not row:
            lead = text
        if text and not text.startswith(("#", "[^", "本页由")) and not _MARK.search(text):
            yield text


@pytest.mark.parametrize("name", PAGES)
def test_every_promise_names_its_tests(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    assert list(unmarked(page)) == []
    notes = dict(_NOTE.findall(page))
    assert set(_MARK.findall(page)) == set(notes)
    for tests in notes.values():
        assert _TEST.findall(tests)


@pytest.mark.parametrize("name", PAGES)
def test_every_test_that_a_promise_names_is_there(name: str) -> None:
    named = _TEST.findall((ROOT / name).read_text(encoding="utf-8"))
    assert named
    assert [f"{module}::{test}" for module, test in named if test not in functions_of(module)] == []


def test_every_key_of_the_configuration_names_its_test() -> None:
    sections = {name: type(field.default) for name, field in Settings.model_fields.items()}
    keys = {f"{name}.{key}" for name, section in sections.items() for key in section.model_fields}
    assert set(KEYS) == keys
    assert [named for named in KEYS.values() if named.split(".")[1] not in functions_of(named.split(".")[0])] == []


@pytest.mark.parametrize(
    "promise",
    ["A promise that nobody tries.", "- 谁都可以。", "| the moon falls | nothing is lost |", "1. **All** is well."],
)
def test_a_promise_without_a_test_is_found(promise: str) -> None:
    page = (ROOT / PAGES[0]).read_text(encoding="utf-8")
    assert list(unmarked(page.replace("## How\n", f"## How\n\n{promise}\n\n"))) == [promise]
