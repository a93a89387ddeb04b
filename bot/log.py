"""Log lines: an event and key=value pairs of ids and codes. Never a name, a phone, an address, a text or a token."""

import logging
import sys

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger("doorstep")


def start_logging(*, verbose: bool = False) -> None:
    """Write lines to standard error; other libraries only from warnings up."""
    level = logging.DEBUG if verbose else logging.INFO
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
