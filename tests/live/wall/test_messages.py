"""What a wall may ask for, and what it is told otherwise."""

from typing import Any

import orjson
import pytest

from vedette.live.wall.messages import MAX_BYTES, BadMessage, Hide, Mode, Report, SetMode, Show, parse
from vedette.live.wall.numbers import Budget
from vedette.live.wall.tile import due_at
from vedette.media.transcode.rungs import Rung


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (
            {"type": "show", "tile": 0, "camera": "gate", "stream": "sub", "mode": "keys", "batch_ms": 200},
            Show(0, "gate", "sub", Mode.KEYS, 200),
        ),
        ({"type": "show", "tile": 65535, "camera": "gate"}, Show(65535, "gate", "sub", Mode.ALL, 0)),
        (
            {"type": "show", "tile": 1, "camera": "gate", "stream": "main", "quality": "720p"},
            Show(1, "gate", "main", Mode.ALL, 0, Rung.P720),
        ),
        ({"type": "show", "tile": 1, "camera": "gate", "quality": None}, Show(1, "gate", "sub", Mode.ALL, 0)),
        ({"type": "mode", "tile": 1, "mode": "all"}, SetMode(1, Mode.ALL, None)),
        ({"type": "mode", "tile": 1, "mode": "keys", "batch_ms": 0}, SetMode(1, Mode.KEYS, 0)),
        ({"type": "hide", "tile": 1, "more": "is not looked at"}, Hide(1)),
        ({"type": "hide", "tile": 1, "back_in_s": 40}, Hide(1, 40)),
        ({"type": "report", "tile": 1, "stalls": 2, "dropped": 3, "latency_ms": 400}, Report(1, 2, 3, 400)),
        ({"type": "report", "tile": 1, "latency_ms": None}, Report(1, 0, 0, None)),
    ],
)
def test_what_may_be_asked(given: dict[str, Any], asked: object) -> None:
    assert parse(orjson.dumps(given)) == asked
    assert parse(orjson.dumps(given).decode()) == asked


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (b"", "JSON"),
        (b"hello", "JSON"),
        (b"\x00\xff\xfe", "JSON"),
        (b"[" * 2000, "JSON"),
        (b"[]", "JSON"),
        (b"17", "JSON"),
        (b" " * (MAX_BYTES + 1), "bytes"),
        (b"{}", "tile"),
        (b'{"type":"show","tile":70000,"camera":"gate"}', "tile"),
        (b'{"type":"show","tile":-1,"camera":"gate"}', "tile"),
        (b'{"type":"show","tile":true,"camera":"gate"}', "tile"),
        (b'{"type":"show","tile":1.0,"camera":"gate"}', "tile"),
        (b'{"type":"show","tile":"1","camera":"gate"}', "tile"),
        (b'{"type":"show","tile":1}', "camera"),
        (b'{"type":"show","tile":1,"camera":""}', "camera"),
        (b'{"type":"show","tile":1,"camera":["gate"]}', "camera"),
        (b'{"type":"show","tile":1,"camera":"' + b"x" * 101 + b'"}', "camera"),
        (b'{"type":"show","tile":1,"camera":"gate","stream":"third"}', "stream"),
        (b'{"type":"show","tile":1,"camera":"gate","stream":null}', "stream"),
        (b'{"type":"show","tile":1,"camera":"gate","mode":"none"}', "mode"),
        (b'{"type":"show","tile":1,"camera":"gate","quality":"721p"}', "quality"),
        (b'{"type":"show","tile":1,"camera":"gate","quality":{}}', "quality"),
        (b'{"type":"show","tile":1,"camera":"gate","mode":{}}', "mode"),
        (b'{"type":"show","tile":1,"camera":"gate","batch_ms":1001}', "batch_ms"),
        (b'{"type":"hide","tile":1,"back_in_s":901}', "back_in_s"),
        (b'{"type":"hide","tile":1,"back_in_s":"soon"}', "back_in_s"),
        (b'{"type":"report","tile":1,"stalls":-1}', "stalls"),
        (b'{"type":"report","tile":1,"latency_ms":1e300}', "latency_ms"),
        (b'{"type":"dance","tile":1}', "type"),
        (b'{"type":null,"tile":1}', "type"),
    ],
)
def test_what_is_refused_and_by_what_name(given: bytes, word: str) -> None:
    with pytest.raises(BadMessage, match=word):
        parse(given)


def test_batches_of_all_tiles_end_together() -> None:
    assert due_at(10.0, 0) == 10.0
    ends = {due_at(10.0 + came / 1000, 200) for came in range(1, 50)}
    assert {round(end, 3) for end in ends} == {10.25}


def test_who_asks_on_and_on_is_let_for_a_while() -> None:
    now = [0.0]
    budget = Budget(3, 2.0, lambda: now[0])
    assert [budget.take() for _ in range(5)] == [True, True, True, False, False]
    now[0] = 1.0
    assert [budget.take() for _ in range(3)] == [True, True, False]
    now[0] = 1000.0
    assert [budget.take() for _ in range(4)] == [True, True, True, False]
