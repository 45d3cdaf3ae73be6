"""What a body may be before it is parsed: how deep its JSON nests, and how much of all bodies is held at once."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from vedette.http.limits import MAX_VALUES, SMALL, BodyLimit, nested_deeper, too_involved, values_in

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=20,
)


def depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth_of, value), default=0)
    return 0


@given(VALUES, st.integers(0, 8), st.booleans())
def test_it_says_what_the_parser_would_see(value: object, most: int, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert nested_deeper(text, most) == (depth_of(value) > most)


@pytest.mark.parametrize(
    ("body", "deep"),
    [
        (b"", False),
        (b"[" * 32 + b"]" * 32, False),
        (b"[" * 33 + b"]" * 33, True),
        (b'{"a":' * 33 + b"1" + b"}" * 33, True),
        (b"[" * 100_000, True),
        (b'{"name":' * 100_000, True),
        (b"[]" * 300_000, False),
        (b'"' + b"[" * 1000 + b'"', False),
        (b'"\\"' + b"[" * 1000 + b'"', False),
        (b'"\\\\"' + b"[" * 1000, True),
        (b'{"a": [1, 2', False),
        (b"]" * 1000, False),
        (b'"' + b'\\"' * 500_000, False),
        (b'"' + b"\\" * 999_999, False),
    ],
)
def test_what_is_damaged_or_meant_to_hurt(body: bytes, deep: bool) -> None:
    assert nested_deeper(body) == deep


def count_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(count_of, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(count_of, value))
    return 1


@given(VALUES)
def test_no_value_is_left_out(value: object) -> None:
    assert values_in(json.dumps(value).encode("utf-8", "surrogatepass")) >= count_of(value)


@pytest.mark.parametrize(
    ("body", "too_many"),
    [
        (json.dumps(list(range(MAX_VALUES - 2))).encode(), False),
        (json.dumps(list(range(MAX_VALUES))).encode(), True),
        (json.dumps({str(number): {} for number in range(MAX_VALUES)}).encode(), True),
        (b"[" + b"[]," * 300_000, True),
        (b"," * 1_000_000, True),
        (b'"' + b'\\"' * 500_000 + b'"', True),
        (json.dumps("[{," * 100_000).encode(), False),
    ],
)
def test_more_values_than_anything_of_ours(body: bytes, too_many: bool) -> None:
    assert (too_involved(body) is not None) == too_many


class Upload:
    """A request whose body comes piece by piece."""

    def __init__(self, limit: BodyLimit) -> None:
        self.status = 0
        self._pieces: asyncio.Queue[Message] = asyncio.Queue()
        scope = {"type": "http", "headers": [(b"transfer-encoding", b"chunked")]}
        self.done = asyncio.create_task(limit(scope, self._pieces.get, self._send))

    async def _send(self, message: Message) -> None:
        self.status = message.get("status", self.status)

    async def give(self, size: int, *, more: bool = True) -> None:
        self._pieces.put_nowait({"type": "http.request", "body": b" " * size, "more_body": more})
        while not self._pieces.empty():
            await asyncio.sleep(0)
        await asyncio.sleep(0)


@pytest.mark.anyio
async def test_large_bodies_share_a_room_and_small_ones_always_find_some() -> None:
    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 204, "headers": []})

    limit = BodyLimit(app, room=100_000)
    first, second, small = Upload(limit), Upload(limit), Upload(limit)
    await first.give(SMALL + 90_000)
    await second.give(SMALL + 10_000)
    await second.give(1)
    await second.done
    assert second.status == 503
    await small.give(SMALL, more=False)
    await small.done
    assert small.status == 204
    await first.give(1, more=False)
    await first.done
    assert first.status == 204
    after = Upload(limit)
    await after.give(SMALL + 100_000, more=False)
    await after.done
    assert after.status == 204, "all of the room is back"
