"""Log lines as data: a moment, an event and its facts, never a person's name or mail."""

from __future__ import annotations

import re
import traceback

import structlog

_PIPELINE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
_LINE = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)


# What PostgreSQL adds to an error: the row itself, with whatever stood in it.
_OF_THE_ROW = re.compile(r"^\s*(DETAIL|CONTEXT|QUERY|STATEMENT):.*$", re.MULTILINE)


# What an invitation's link opens with: whoever reads a log must not be able to use it.
_LINKS = re.compile(r"(/inbjudan/)[\w%-]+")


def render(logger, name, event_dict):
    """One line of text for one event, from structlog and from plain logging alike."""
    event_dict.pop("_from_structlog", None)
    record = event_dict.pop("_record", None)
    if record is not None:
        event_dict.setdefault("level", record.levelname.lower())
        event_dict.setdefault("logger", record.name)
    if failure := event_dict.pop("exc_info", None):
        event_dict["exception"] = "".join(traceback.format_exception(*failure))
    if "exception" in event_dict:
        event_dict["exception"] = without_rows(event_dict["exception"])
    return _LINKS.sub(r"\1…", _LINE(logger, name, event_dict))


def without_rows(told: str) -> str:
    """A traceback without what the database says of the row it refused: it may hold a name or a mail address."""
    return _OF_THE_ROW.sub("(what stood in the row is left out)", told)


def configure() -> None:
    """Let structlog hand its events to the standard logging, which the settings shape."""
    structlog.configure(
        processors=[*_PIPELINE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
