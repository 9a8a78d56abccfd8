"""The settings: a TOML file, overridden by environment variables (`[telegram] proxy` by `DUBAN_TELEGRAM__PROXY`).

Every key is explained in config.example.toml. What is wrong is reported all at once, and a secret is never shown.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from typing_extensions import override

from bot.texts import config as texts
from handlers.access.service import Service
from knowledge.reminders.defaults import RemindDefaults

PREFIX = "DUBAN_"
CONFIG_VARIABLE = "DUBAN_CONFIG"
DEFAULT_FILE = "config.toml"
"""May be missing; a file that was asked for may not."""
SECRETS = {"telegram.token", "telegram.proxy", "database.url", "assistant.key"}
"""Keys whose values may hold a password."""

DATABASE_DRIVERS = ("sqlite", "postgresql", "postgresql+psycopg")


class ConfigError(Exception):
    """The settings cannot be used; `problems` are sentences for a person, one for each thing to mend."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _token(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", secret.get_secret_value()):
        raise ValueError
    return secret


def _proxy(secret: SecretStr) -> SecretStr:
    if not re.match(r"(https?|socks5h?)://[^/\s]", secret.get_secret_value()):
        raise ValueError
    return secret


def _server(address: str) -> str:
    return str(TypeAdapter(AnyHttpUrl).validate_python(address)).rstrip("/")


def _database_url(secret: SecretStr) -> SecretStr:
    try:
        url = make_url(secret.get_secret_value())
    except ArgumentError as error:
        raise ValueError from error
    if not url.database or url.database == ":memory:" or url.drivername not in DATABASE_DRIVERS:
        raise ValueError
    return secret


def _approval(named: str, info: ValidationInfo) -> str:
    """What the internal service rests on must be named before it opens."""
    if info.data.get("mode") == "internal" and not named.strip():
        raise ValueError
    return named


def _basis(named: str, info: ValidationInfo) -> str:
    """Whose model it is, and by which paper it is used, must be named before it is asked."""
    if info.data.get("url") and not named.strip():
        raise ValueError
    return named


def _clock(said: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", said):
        raise ValueError
    return said


def _listed(said: object) -> object:
    """In an environment variable a list is written with commas."""
    return [one.strip() for one in said.strip("[] ").split(",") if one.strip()] if isinstance(said, str) else said


def _farthest_first(days: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(days)) < len(days):
        raise ValueError
    return tuple(sorted(days, reverse=True))


def _three_steps(days: tuple[int, ...]) -> tuple[int, ...]:
    if len(days) != 3 or not 0 < days[0] < days[1] < days[2]:
        raise ValueError
    return days


def _after_escalating(days: int, info: ValidationInfo) -> int:
    """A period does not close while it is still being asked for."""
    if days < max(info.data.get("escalate_days", ()), default=0):
        raise ValueError
    return days


def _other_than_from(to: str, info: ValidationInfo) -> str:
    """Hours that ended as they began would be no hours or all of them; and reminders are not sent in quiet hours."""
    quiet_from, at = info.data.get("quiet_from"), info.data.get("at")
    if quiet_from is None or at is None:
        return to  # said already
    quiet = RemindDefaults(quiet_from=time.fromisoformat(quiet_from), quiet_to=time.fromisoformat(to))
    if to == quiet_from or quiet.is_quiet(time.fromisoformat(at)):
        raise ValueError
    return to


Clock = Annotated[str, AfterValidator(_clock)]
DayList = Annotated[
    tuple[Annotated[int, Field(ge=0, le=366)], ...], NoDecode, BeforeValidator(_listed), Field(max_length=10)
]


class SettingsSection(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TelegramSettings(SettingsSection):
    token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    token_file: Path | None = None
    proxy: Annotated[SecretStr, AfterValidator(_proxy)] | None = None
    server: Annotated[str, AfterValidator(_server)] = "https://api.telegram.org"

    @property
    def base_url(self) -> str:
        """Where methods are called, as python-telegram-bot wants it."""
        return f"{self.server}/bot"

    @property
    def base_file_url(self) -> str:
        """Where files are fetched, as python-telegram-bot wants it."""
        return f"{self.server}/file/bot"


class StorageSettings(SettingsSection):
    url: Annotated[SecretStr, AfterValidator(_database_url)] = SecretStr("sqlite:///data/duban.sqlite")
    files: Path = Path("data/evidence")
    backups: Path = Path("data/backups")


class PlanSettings(SettingsSection):
    name: Annotated[str, Field(min_length=1)] = "wuxue-2021-26"


class ServiceSettings(SettingsSection):
    mode: Literal["public", "internal"] = "public"
    approval: Annotated[str, AfterValidator(_approval), Field(validate_default=True)] = ""
    published: bool = False
    filing: Annotated[str, Field(max_length=100)] = ""
    telephone: Annotated[str, Field(max_length=60, pattern=r"^[0-9 ()（）\-—、转,，]*$")] = ""
    operator: Annotated[int, Field(gt=0, lt=2**52)] | None = None

    @property
    def opened(self) -> Service:
        return Service(
            internal=self.mode == "internal",
            published=self.published,
            filing=self.filing.strip(),
            approval=self.approval.strip(),
            telephone=self.telephone.strip(),
        )


class LimitSettings(SettingsSection):
    questions_per_minute: Annotated[int, Field(ge=1, le=600)] = 20


class ReminderSettings(SettingsSection):
    """As in knowledge.reminders.defaults, which says what each is."""

    at: Clock = "09:00"
    deadline_days: Annotated[DayList, AfterValidator(_farthest_first)] = (90, 30, 14, 7, 3, 1, 0)
    overdue_weeks: Annotated[int, Field(ge=0, le=52)] = 8
    monthly_due_day: Annotated[int, Field(ge=1, le=28)] = 25
    quarterly_due_day: Annotated[int, Field(ge=1, le=28)] = 20
    opens_days: Annotated[int, Field(ge=1, le=20)] = 5
    escalate_days: Annotated[DayList, AfterValidator(_three_steps)] = (1, 2, 3)
    closes_days: Annotated[int, AfterValidator(_after_escalating), Field(ge=1, le=20, validate_default=True)] = 5
    snapshot_days: Annotated[int, Field(ge=0, le=10)] = 2
    quiet_from: Clock = "20:00"
    quiet_to: Annotated[Clock, AfterValidator(_other_than_from), Field(validate_default=True)] = "08:00"
    urgent_per_day: Annotated[int, Field(ge=0, le=10)] = 2

    @property
    def defaults(self) -> RemindDefaults:
        clocks = {key: time.fromisoformat(getattr(self, key)) for key in ("at", "quiet_from", "quiet_to")}
        return RemindDefaults(**{**self.model_dump(), **clocks})


class AssistantSettings(SettingsSection):
    """A language model that chooses among readings of what was declined; without `url` there is none."""

    url: Annotated[str, AfterValidator(lambda address: _server(address) if address else "")] = ""
    model: str = ""
    key: SecretStr | None = None
    approval: Annotated[str, AfterValidator(_basis), Field(validate_default=True)] = ""


class LogSettings(SettingsSection):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"
    file: str = "data/duban.log"
    """Empty: none."""


class HealthSettings(SettingsSection):
    port: Annotated[int, Field(ge=0, le=65535)] = 0


class Settings(BaseSettings):
    """All settings; sections and keys are named as in the file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    telegram: TelegramSettings = TelegramSettings()
    database: StorageSettings = StorageSettings()
    plan: PlanSettings = PlanSettings()
    service: ServiceSettings = ServiceSettings()
    limits: LimitSettings = LimitSettings()
    remind: ReminderSettings = ReminderSettings()
    assistant: AssistantSettings = AssistantSettings()
    log: LogSettings = LogSettings()
    health: HealthSettings = HealthSettings()

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings  # the file comes as init


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings from `path`, else from the file that DUBAN_CONFIG names, else from ./config.toml if there.

    Raises ConfigError with everything that is wrong.
    """
    file, document = _document(path)
    problems = list(_stray_variables())
    try:
        settings = Settings(**document)
    except SettingsError:
        raise ConfigError(tuple(problems)) from None  # a section's own variable: among the stray ones
    except ValidationError as error:
        raise ConfigError((*problems, *(_sentence(detail, file) for detail in error.errors()))) from None
    if problems:
        raise ConfigError(tuple(problems))
    return _with_token(settings)


def config_file(path: Path | None) -> Path:
    """Where the settings are read from."""
    return path or Path(os.environ.get(CONFIG_VARIABLE) or DEFAULT_FILE)


def _document(path: Path | None) -> tuple[str, dict[str, Any]]:
    """The file's name, for messages, and what it says."""
    file = config_file(path)
    try:
        return str(file), tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if path is None and CONFIG_VARIABLE not in os.environ:
            return str(file), {}
        raise ConfigError((texts.no_file(str(file)),)) from None
    except OSError as error:
        raise ConfigError((texts.unreadable(str(file), error.strerror or ""),)) from None
    except UnicodeDecodeError:
        raise ConfigError((texts.not_utf8(str(file)),)) from None
    except (ValueError, RecursionError) as error:  # no TOML, or numbers and brackets without end
        place = re.search(r"line (\d+), column (\d+)", str(error))
        raise ConfigError((texts.not_toml(str(file), *(place.groups() if place else ("?", "?"))),)) from None


def _stray_variables() -> Iterator[str]:
    """Variables that look like a key's but name no section, or name a whole section."""
    sections = tuple(Settings.model_fields)
    for variable in sorted(os.environ):
        if not variable.upper().startswith(PREFIX):
            continue
        section, _, key = variable.removeprefix(PREFIX).lower().partition("__")
        if (key and section not in sections) or (not key and section in sections):
            yield texts.stray_variable(variable, sections)


def _sentence(detail: ErrorDetails, file: str) -> str:
    section, *rest = map(str, detail["loc"])
    key = rest[0] if rest else ""
    where = _where(section, key, file)
    if section not in Settings.model_fields:
        return texts.unknown_section(where, section, tuple(Settings.model_fields))
    known = tuple(type(Settings.model_fields[section].default).model_fields)
    if not key:
        return texts.not_a_section(where, section, known)
    if key not in known:
        return texts.unknown_key(where, section, key, known)
    name = f"{section}.{key}"
    value = None if name in SECRETS else str(detail["input"])
    return texts.bad_value(where, section, key, value)


def _where(section: str, key: str, file: str) -> str:
    variable = f"{PREFIX}{section}__{key}".upper()
    is_set = any(name.upper() == variable or name.upper().startswith(f"{variable}__") for name in os.environ)
    return texts.in_variable(variable) if is_set else texts.in_file(file)


def _with_token(settings: Settings) -> Settings:
    """A token given directly wins over `token_file`."""
    telegram = settings.telegram
    if telegram.token or not telegram.token_file:
        return settings
    try:
        token = _token(SecretStr(telegram.token_file.read_text(encoding="utf-8").strip()))
    except (OSError, ValueError):
        raise ConfigError((texts.bad_token_file(str(telegram.token_file)),)) from None
    return settings.model_copy(update={"telegram": telegram.model_copy(update={"token": token})})
