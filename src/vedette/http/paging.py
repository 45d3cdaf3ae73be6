"""Cursor-paged lists: `{"items": [...], "next": cursor | null}`. A cursor is opaque and says where to go on."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Generic, TypeVar

import orjson
from fastapi import Query
from pydantic import BaseModel

from vedette.core.errors import invalid

Item = TypeVar("Item")

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
MAX_CURSOR = 512

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="At most this many items.")]
CursorParam = Annotated[
    str | None, Query(max_length=MAX_CURSOR, description="`next` of the page before; leave it out for the first page.")
]


class Page(BaseModel, Generic[Item]):
    """One page of a list. `next` is the cursor of the page after it, null on the last."""

    items: list[Item]
    next: str | None


def encode_cursor(*key: str | int) -> str:
    """The cursor that stands for the sort key of a page's last item."""
    return urlsafe_b64encode(orjson.dumps(key)).rstrip(b"=").decode()


def decode_cursor(cursor: str, *kinds: type[str] | type[int]) -> tuple[str | int, ...]:
    """The sort key in `cursor`, whose parts are of `kinds`.

    Raises VedetteError `request.cursor` for what `encode_cursor` did not make.
    """
    try:
        key = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise _bad_cursor() from error
    if not isinstance(key, list) or len(key) != len(kinds):
        raise _bad_cursor()
    if any(type(part) is not kind for part, kind in zip(key, kinds, strict=True)):
        raise _bad_cursor()
    if any(isinstance(part, str) and not _is_storable(part) for part in key):
        raise _bad_cursor()
    return tuple(key)


def _is_storable(text: str) -> bool:
    """PostgreSQL's text holds no NUL, and half a surrogate pair is no text at all."""
    try:
        return "\x00" not in text and bool(text.encode() or True)
    except UnicodeEncodeError:
        return False


def _bad_cursor() -> Exception:
    return invalid("request.cursor", "This cursor is not one of ours. Begin again without it.", field="cursor")
