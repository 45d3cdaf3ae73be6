"""Logs are events: a constant text and fields, JSON lines or, on a terminal, aligned text. Every string is redacted."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from vedette.core.redaction import redact


def _redact_fields(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
    return event


def is_text(wanted: str) -> bool:
    """Whether lines are for a person, by the setting `auto`, `text` or `json`: `auto` is a person on a terminal, and a
    program where standard error goes anywhere else."""
    return sys.stderr.isatty() if wanted == "auto" else wanted == "text"


def configure(process: str, *, level: str = "info", lines: str = "auto") -> None:
    """Sets up logging for one process, to standard error; `lines` is `auto`, `text` or `json`. Called once, by a
    composition root."""
    renderer: Any = structlog.processors.JSONRenderer()
    if is_text(lines):
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact_fields,
    ]
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose events carry `source=name`."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(source=name)
    return logger
