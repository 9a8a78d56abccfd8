"""Settings: the example tells the truth, the environment wins, every mistake is said at once, no secret is shown."""

import io
import json
import logging
import os
import re
import tomllib
from collections.abc import Iterator
from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import structlog
from folders import ROOT
from pydantic import BaseModel, SecretStr

from bot.commands.check_config import check_config
from bot.config import SECRETS, ConfigError, LogSettings, Settings, load_settings
from bot.log import set_up_logging
from bot.texts import config as texts
from knowledge.reminders.defaults import RemindDefaults

EXAMPLE = ROOT / "config.example.toml"
SECTIONS = "telegram、database、plan、service、limits、remind、assistant、log、health"
TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp"  # noqa: S105


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith("DUBAN_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(text: str) -> Path:
    path = Path("my.toml")
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path | None) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    return caught.value.problems


def keys() -> dict[str, Any]:
    """Every key of the model with its default, as a TOML file would hold it; None: not set."""
    found: dict[str, Any] = {}
    for section, field in Settings.model_fields.items():
        assert isinstance(field.default, BaseModel)
        for key in type(field.default).model_fields:
            value = getattr(field.default, key)
            shown = value.get_secret_value() if isinstance(value, SecretStr) else value
            shown = list(shown) if isinstance(shown, tuple) else shown
            found[f"{section}.{key}"] = shown if shown is None or isinstance(shown, int | str | list) else str(shown)
    return found


def test_the_example_is_the_default_settings() -> None:
    assert load_settings(EXAMPLE) == load_settings(None)


def test_the_example_names_every_key_with_its_real_default() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    active = {f"{section}.{key}": value for section, keys in tomllib.loads(text).items() for key, value in keys.items()}
    filled_in = tomllib.loads(re.sub(r"(?m)^# (\w+ = )", r"\1", text))
    assert active == {key: default for key, default in keys().items() if default is not None}
    assert {f"{section}.{key}" for section, keys in filled_in.items() for key in keys} == set(keys())


def test_every_key_of_the_example_is_explained_above_it() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    unexplained = [
        line for above, line in pairwise(lines) if re.match(r"(# )?\w+ = ", line) and not re.match(r"# .*[。]$", above)
    ]
    assert unexplained == []


def test_what_is_accepted_is_told_for_every_key() -> None:
    assert set(texts.ACCEPTED) == set(keys())
    assert set(keys()) >= SECRETS


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings() == Settings()
    assert load_settings().telegram.token is None


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_LIMITS__QUESTIONS_PER_MINUTE", "7")
    settings = load_settings(written('[limits]\nquestions_per_minute = 9\n[log]\nformat = "json"'))
    assert (settings.limits.questions_per_minute, settings.log.format) == (7, "json")


def test_the_file_can_be_named_by_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_CONFIG", str(written('[log]\nlevel = "warning"')))
    assert load_settings().log.level == "warning"


def test_a_config_toml_in_the_working_directory_is_read() -> None:
    Path("config.toml").write_text('[log]\nlevel = "warning"', encoding="utf-8")
    assert load_settings().log.level == "warning"


@pytest.mark.parametrize("server", ["http://127.0.0.1:8081", "http://127.0.0.1:8081/"])
def test_a_server_of_ones_own_serves_methods_and_files(server: str) -> None:
    telegram = load_settings(written(f'[telegram]\nserver = "{server}"')).telegram
    assert telegram.base_url == "http://127.0.0.1:8081/bot"
    assert telegram.base_file_url == "http://127.0.0.1:8081/file/bot"


def test_the_token_can_stand_in_a_file_of_its_own() -> None:
    Path("token.txt").write_text(f"{TOKEN}\n", encoding="utf-8")
    token = load_settings(written('[telegram]\ntoken_file = "token.txt"')).telegram.token
    assert token == SecretStr(TOKEN)


@pytest.mark.parametrize("content", [None, "", "not a token", f"{TOKEN}\n{TOKEN}"])
def test_a_token_file_that_holds_no_token_is_named(content: str | None) -> None:
    if content is not None:
        Path("token.txt").write_text(content, encoding="utf-8")
    (problem,) = problems(written('[telegram]\ntoken_file = "token.txt"'))
    assert "token.txt" in problem
    assert TOKEN not in problem


def test_settings_cannot_be_changed_and_do_not_show_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("DUBAN_DATABASE__URL", "postgresql://me:geheim@localhost/duban")
    settings = load_settings()
    assert TOKEN not in repr(settings)
    assert "geheim" not in repr(settings)
    with pytest.raises(ValueError, match="frozen"):
        setattr(settings, "log", LogSettings())  # noqa: B010 - mypy sees that it cannot be set


def test_every_mistake_is_said_at_once_with_its_key_and_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_LOG__LEVEL", "loud")
    monkeypatch.setenv("DUBAN_TELEGARM__TOKEN", TOKEN)
    path = written("""
        plans = 1
        plan = 8
        [telegram]
        tokn = "x"
        [limits]
        questions_per_minute = "many"
    """)
    assert set(problems(path)) == {
        f"环境变量 DUBAN_TELEGARM__TOKEN 不对应任何键。写法是 DUBAN_节__键（两个下划线），节有：{SECTIONS}。",
        "环境变量 DUBAN_LOG__LEVEL：[log] level 的值“loud”不对。应为：debug、info、warning、error 之一。",
        f"文件 my.toml：没有 [plans] 这一节。可用的节：{SECTIONS}。",
        "文件 my.toml：plan 是一节，要写成 [plan]，下面写它的键：name。",
        "文件 my.toml：[telegram] 没有 tokn 这个键。可用的键：token、token_file、proxy、server。",
        "文件 my.toml：[limits] questions_per_minute 的值“many”不对。应为：1 到 600 的整数。",
    }


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("telegram", "token", "geheim"),
        ("telegram", "token", "geheim:with space"),
        ("telegram", "proxy", "ftp://me:geheim@proxy"),
        ("telegram", "proxy", "geheim"),
        ("telegram", "server", "api.telegram.org"),
        ("database", "url", "mysql://me:geheim@host/duban"),
        ("database", "url", "sqlite://"),
        ("database", "url", "geheim"),
        ("plan", "name", ""),
        ("service", "mode", "open"),
        ("service", "published", "perhaps"),
        ("limits", "questions_per_minute", "0"),
        ("remind", "at", "9点"),
        ("remind", "at", "24:00"),
        ("remind", "deadline_days", "7, 7"),
        ("remind", "deadline_days", "7, soon"),
        ("remind", "deadline_days", "-1"),
        ("remind", "overdue_weeks", "53"),
        ("remind", "monthly_due_day", "31"),
        ("remind", "quarterly_due_day", "0"),
        ("remind", "opens_days", "0"),
        ("remind", "escalate_days", "3, 2, 1"),
        ("remind", "escalate_days", "[1, 2]"),
        ("remind", "closes_days", "2"),
        ("remind", "snapshot_days", "many"),
        ("remind", "quiet_from", "8pm"),
        ("remind", "quiet_to", "20:00"),
        ("remind", "quiet_to", "09:30"),
        ("remind", "urgent_per_day", "11"),
        ("log", "level", "INFO!"),
    ],
)
@pytest.mark.parametrize("place", ["file", "variable"])
def test_a_bad_value_is_named_with_what_is_accepted_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, place: str, section: str, key: str, value: str
) -> None:
    path = written(f'[{section}]\n{key} = "{value}"') if place == "file" else None
    if place == "variable":
        monkeypatch.setenv(f"DUBAN_{section}__{key}".upper(), value)
    (problem,) = problems(path)
    where = "文件 my.toml" if place == "file" else f"环境变量 DUBAN_{section}__{key}".upper()
    assert problem.startswith(f"{where}：[{section}] {key} 的值")
    assert texts.ACCEPTED[f"{section}.{key}"] in problem
    assert "geheim" not in problem


@pytest.mark.parametrize("approval", ["", 'approval = "  "'])
def test_internal_without_an_approval_is_refused(approval: str) -> None:
    (problem,) = problems(written(f'[service]\nmode = "internal"\n{approval}'))
    assert problem.startswith("文件 my.toml：[service] approval 的值")
    assert "批准依据" in problem


@pytest.mark.parametrize("approval", ["", 'approval = " "'])
def test_a_language_model_without_an_approval_is_refused(approval: str) -> None:
    (problem,) = problems(written(f'[assistant]\nurl = "http://10.0.0.5:8000/v1"\n{approval}'))
    assert problem.startswith("文件 my.toml：[assistant] approval 的值")


def test_internal_opens_with_the_approval_it_rests_on() -> None:
    service = load_settings(written('[service]\nmode = "internal"\napproval = "某函〔2022〕1号"')).service
    assert (service.mode, service.approval, service.published) == ("internal", "某函〔2022〕1号", False)


def test_what_reminders_go_by_is_the_same_in_the_program_and_in_the_settings() -> None:
    assert load_settings().remind.defaults == RemindDefaults()
    remind = load_settings(written('[remind]\nat = "10:30"\ndeadline_days = [0, 30]')).remind.defaults
    assert (remind.at, remind.deadline_days) == (time(10, 30), (30, 0))


@pytest.mark.parametrize("listed", ["30, 7", "[30,7]"])
def test_a_list_can_be_written_in_a_variable(monkeypatch: pytest.MonkeyPatch, listed: str) -> None:
    monkeypatch.setenv("DUBAN_REMIND__DEADLINE_DAYS", listed)
    assert load_settings().remind.deadline_days == (30, 7)


def test_a_variable_for_a_whole_section_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_TELEGRAM", TOKEN)
    (problem,) = problems(None)
    assert "DUBAN_TELEGRAM " in problem
    assert TOKEN not in problem


@pytest.mark.parametrize(
    ("content", "encoding", "said"),
    [
        ("[telegram\n", "utf-8", "第 1 行"),
        ("[telegram]\ntoken = geheim\n", "utf-8", "第 2 行"),
        ("[log]\nlevel = '详细'", "gbk", "UTF-8"),
        (f"[remind]\ndeadline_days = {'[' * 5000}", "utf-8", "写法有误"),
        (f"[remind]\noverdue_weeks = {'9' * 5000}", "utf-8", "写法有误"),
    ],
)
def test_a_file_that_is_no_toml_says_where(content: str, encoding: str, said: str) -> None:
    Path("my.toml").write_text(content, encoding=encoding)
    (problem,) = problems(Path("my.toml"))
    assert "my.toml" in problem
    assert said in problem
    assert "geheim" not in problem


def test_a_file_that_was_asked_for_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "missing.toml" in problems(Path("missing.toml"))[0]
    monkeypatch.setenv("DUBAN_CONFIG", "config.toml")
    assert "config.toml" in problems(None)[0]
    assert str(Path.cwd()) in problems(Path.cwd())[0]


def test_check_config_tells_and_returns_the_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_config(EXAMPLE) == 0
    assert check_config(None) == 0
    assert check_config(written("a = 1\nb = 2")) == 1
    said = capsys.readouterr()
    assert said.out.count("配置没有问题") == 2
    assert said.err.startswith("配置有 2 处要改：\n")


@pytest.fixture
def logging_restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("logging_restored")
@pytest.mark.parametrize(
    "log",
    [LogSettings(level="debug", format="text", file=""), LogSettings(level="debug", format="json", file="")],
    ids=["text", "json"],
)
def test_no_token_reaches_the_log_whoever_logs_it(log: LogSettings) -> None:
    stream = io.StringIO()
    set_up_logging(log, stream=stream)
    structlog.get_logger("bot.app").warning("poll failed", url=f"https://api.telegram.org/bot{TOKEN}/getUpdates")
    logging.getLogger("httpx").error("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        raise RuntimeError(TOKEN)
    except RuntimeError:
        logging.getLogger("telegram").exception("it broke")
    said = stream.getvalue()
    assert said.count("<token>") == 3
    assert TOKEN not in said


@pytest.mark.usefixtures("logging_restored")
def test_a_traceback_does_not_show_what_people_wrote() -> None:
    def handle(said: str) -> None:
        raise LookupError(len(said))

    stream = io.StringIO()
    set_up_logging(LogSettings(format="text", file=""), stream=stream)
    try:
        handle("内部的" + "话")
    except LookupError:
        structlog.get_logger().exception("it broke")
    assert "LookupError" in stream.getvalue()
    assert "内部的话" not in stream.getvalue()


@pytest.mark.usefixtures("logging_restored")
def test_a_json_line_holds_the_fields_and_chinese_as_it_is() -> None:
    stream = io.StringIO()
    set_up_logging(LogSettings(format="json", file=""), stream=stream)
    structlog.get_logger("bot.app").info("started", plan="方案", tasks=22)
    structlog.get_logger("bot.app").debug("not shown")
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line).items() >= {"event": "started", "level": "info", "plan": "方案", "tasks": 22}.items()
    assert "方案" in line
