"""The log: structlog over the standard library's, so that the libraries' lines look like ours.

What people write is logged at debug at most; a bot's token is never logged, whoever logs it.
"""

import logging
import re
import sys
from typing import TextIO

import structlog
from structlog.typing import Processor
from typing_extensions import override

from bot.config import Log

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_TALKATIVE = ("httpx", "httpcore", "asyncio")
"""Libraries that log every step."""


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Hides tokens in the finished line, so that no address or traceback can carry one out."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))


def set_up_logging(log: Log, *, stream: TextIO = sys.stderr) -> None:
    """Send every logger of the process to `stream`, at the settings' level and in their format."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        _Formatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(log, stream)],
        )
    )
    logging.basicConfig(level=log.level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _renderers(log: Log, stream: TextIO) -> list[Processor]:
    # tracebacks stay without local variables: these hold what people wrote
    if log.format == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)]
