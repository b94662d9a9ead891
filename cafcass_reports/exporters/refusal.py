"""A refusal on nbconvert's command line: what is wrong and what to do, without a traceback around it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException

from cafcass_reports.errors import ExportError


class RefusedError(ExportError, ConversionException):
    """An :class:`ExportError` that nbconvert's command line reports, and then ends with status 1."""


@contextmanager
def in_words(exporter: Exporter) -> Iterator[None]:
    """Let nbconvert report an error of ours in words: it would log a traceback, which says nothing to an author."""
    try:
        yield
    except ExportError as error:
        if _without_traceback not in exporter.log.filters:
            exporter.log.addFilter(_without_traceback)
        raise RefusedError(error.given, valid=error.valid, next_step=error.next_step) from error


def _without_traceback(record: logging.LogRecord) -> bool:
    refused = record.exc_info[1] if record.exc_info else None
    if isinstance(refused, RefusedError):
        record.msg, record.args, record.exc_info = f"{record.getMessage()}: {refused}", (), None
    return True
