"""The log: structlog over the standard library's, on standard error and in a file that `duban error` searches.

What people write is logged at debug at most, whoever logs it: of a library's line there is left where it was made, and
of any exception its kind and its frames. A bot's token and an invitation's code are never logged.
"""

import logging
import re
import sys
import threading
import warnings
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import format_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from typing_extensions import override

from bot.config import LogSettings
from bot.error_number import kind_of
from storage.permissions import make_file, make_folder, private_opener

BYTES, OLD_FILES = 5_000_000, 5
"""Of a log file, and how many older ones are kept."""

_SECRETS = (
    (re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}"), "<token>"),
    (re.compile(r"db1[_#][A-Za-z0-9_-]{8,}"), "<code>"),
)
_TALKATIVE = ("httpx", "httpcore", "asyncio")
"""Libraries that log every step."""
_BEFORE: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
)
_JSON: tuple[Processor, ...] = (
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(ensure_ascii=False),
)

log = structlog.get_logger()


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Hides secrets in the finished line, so that no address or traceback can carry one out."""

    def __init__(self, renderers: Sequence[Processor], *, words: bool) -> None:
        """`words`: whether what people write may be shown."""
        without = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *([] if words else [_kind_of_exception])]
        super().__init__(foreign_pre_chain=_BEFORE, processors=[*without, *renderers])
        self._words = words

    @override
    def format(self, record: logging.LogRecord) -> str:
        ours = hasattr(record, "_logger")
        line = super().format(record if ours or self._words else _without_words(record))
        for secret, shown in _SECRETS:
            line = secret.sub(shown, line)
        return line


class _LogFile(RotatingFileHandler):
    """Readable by its owner alone, each new file too."""

    def __init__(self, path: Path) -> None:
        make_folder(path.parent)
        for one in (path, *path.parent.glob(f"{path.name}.[0-9]")):
            make_file(one)
        super().__init__(path, maxBytes=BYTES, backupCount=OLD_FILES, encoding="utf-8")

    @override
    def _open(self) -> Any:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=private_opener)


def set_up_logging(log: LogSettings, *, stream: TextIO | None = sys.stderr) -> None:
    """Send every logger of the process to `stream` and to the settings' file, at the settings' level.

    Raises OSError where the file cannot be written.
    """
    words = log.level == "debug"
    handlers: list[logging.Handler] = []
    if stream is not None:
        handlers.append(logging.StreamHandler(stream))
        handlers[-1].setFormatter(_Formatter(_renderers(log, stream), words=words))
    if log.file:
        handlers.append(_LogFile(Path(log.file)))
        handlers[-1].setFormatter(_Formatter(_JSON, words=words))
    logging.basicConfig(level=log.level.upper(), handlers=handlers, force=True)
    logging.raiseExceptions = words  # a handler that fails would print the record with its arguments
    for name in (*_TALKATIVE, *(() if words else ("telegram", "alembic"))):  # without words their steps say nothing
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_BEFORE,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def log_strays() -> None:
    """Log what Python itself would print with its words: warnings, and exceptions that nobody can catch."""
    warnings.showwarning = _warned
    threading.excepthook = lambda stray: _stray("thread failed", stray.exc_type, stray.exc_value, stray.exc_traceback)
    sys.unraisablehook = lambda stray: _stray("not raised", stray.exc_type, stray.exc_value, stray.exc_traceback)


def _renderers(log: LogSettings, stream: TextIO) -> tuple[Processor, ...]:
    # tracebacks stay without local variables: these hold what people wrote
    if log.format == "json":
        return _JSON
    return (structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback),)


def _without_words(record: logging.LogRecord) -> logging.LogRecord:
    """A library's record as the place where it was made: also its message may be made of what people wrote."""
    bare = logging.makeLogRecord(record.__dict__)
    bare.msg, bare.args, bare.stack_info = f"{record.module}:{record.lineno} {record.funcName}", (), None
    return bare


def _kind_of_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    return {**event, **kind_of(error)} if isinstance(error, BaseException) else event


def _warned(
    message: Warning | str,  # noqa: ARG001 - it may quote
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    log.warning("python warns", kind=category.__name__, at=f"{Path(filename).name}:{lineno}")


def _stray(event: str, kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    log.error(event, error=kind.__name__, at=format_tb(traceback))
    log.debug(event, exc_info=error)
