"""The text of playlists: kept files in it make no difference, packed or not."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.playback.test_planner import footage
from vedette.core.ids import uuid7
from vedette.playback.cutting import Cut, cut
from vedette.playback.footage import Footage
from vedette.playback.kept import KeptText, Key
from vedette.playback.planner import Hole, Plan, Whole, entry_ms, plan
from vedette.playback.playlist import pack, render, whole

DAY = 86_400_000


def kept(piece: Footage, span_ms: int = DAY) -> Whole:
    entries = cut(piece, piece.start_ms, piece.end_ms + 1, entry_ms(span_ms))
    assert entries is not None
    return whole(entries)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["run", "other"]), st.integers(0, 2)), min_size=1, max_size=6))
def test_kept_text_is_what_would_be_made_anew(files: list[tuple[bool, str, int]]) -> None:
    pieces, at_ms = [], 0
    for number, (_, run, gap) in enumerate(files):
        at_ms += gap * 10_000
        pieces.append(footage(f"file-{number}", at_ms, 3 + number, run=run))
        at_ms = pieces[-1].end_ms
    made = plan(pieces, 0, DAY, ended=True)
    mixed = [kept(piece) if keep else piece for piece, (keep, _, _) in zip(pieces, files, strict=True)]
    with_kept = plan(mixed, 0, DAY, ended=True)
    for ticket in ("", "a b"):
        assert render(with_kept, ticket=ticket) == render(made, ticket=ticket)
    assert gzip.decompress(pack(with_kept, first_break=5)) == render(made, first_break=5)
    assert with_kept.target_s == made.target_s


def test_a_ticket_is_in_every_address() -> None:
    text = render(plan([kept(footage("a", 0, 4)), footage("b", 8_000, 4)], 0, DAY, ended=True), ticket="x/y").decode()
    addresses = [line for line in text.splitlines() if ".mp4" in line]
    assert len(addresses) == 3
    assert all("mp4?ticket=x/y" in line for line in addresses)


def test_what_can_not_be_had_is_named_with_its_cause() -> None:
    pieces = [
        footage("a", 0, 4),
        footage("b", 8_000, 4, readable=0, lack="volume.unreachable"),
        footage("c", 16_000, 4),
    ]
    lines = render(plan(pieces, 0, 60_000, ended=True)).decode().splitlines()
    named = [line for line in lines if line.startswith("#EXT-X-DATERANGE")]
    assert named == [
        '#EXT-X-DATERANGE:ID="b",CLASS="vedette.lacking",START-DATE="1970-01-01T00:00:08.000Z",DURATION=8.000'
        ',X-CODE="volume.unreachable"'
    ]
    assert lines.count("#EXT-X-GAP") == 2


@pytest.mark.parametrize(
    ("seconds", "lengths"), [(0.8, ["0.80000"]), (4, ["4.00000"]), (9.5, ["4.00000", "4.00000", "1.50000"])]
)
def test_a_hole_is_entries_that_nobody_loads(seconds: float, lengths: list[str]) -> None:
    piece = cut(footage("a", 0, 2), 0, 10_000, 3_500)
    assert isinstance(piece, Cut)
    text = render(Plan([Hole(seconds), piece])).decode()
    hole = text.split("#EXT-X-MAP")[0].split("PRECISE=YES\n")[1]
    assert hole == "".join(f"#EXT-X-GAP\n#EXTINF:{length},\nnothing.mp4\n" for length in lengths)
    assert "#EXT-X-TARGETDURATION:4\n" in text


def key(name: int = 0, length_ms: int = 3_500, *facts: object) -> Key:
    return Key(uuid7(name), length_ms, facts)


def test_what_is_kept_is_bounded_and_what_was_wanted_last_stays() -> None:
    text = kept(footage("a", 0, 50))
    shelf = KeptText(most_bytes=3 * (len(text.text) + len(text.packed) + 600))
    keys = [key(number) for number in range(4)]
    for one in keys[:3]:
        shelf.put(one, text)
    full = shelf.bytes
    assert shelf.get(keys[0]) is text
    shelf.put(keys[3], text)
    assert shelf.bytes == full
    assert [shelf.get(one) is not None for one in keys] == [True, False, True, True]
    shelf.put(keys[3], text)
    assert shelf.bytes == full


def test_a_row_that_was_mended_has_another_text() -> None:
    shelf, name = KeptText(), uuid7(1)
    shelf.put(Key(name, 3_500, (1,)), kept(footage("a", 0, 5)))
    assert shelf.get(Key(name, 3_500, (2,))) is None
    assert shelf.get(Key(name, 9_500, (1,))) is None
    assert shelf.get(Key(name, 3_500, (1,))) is not None
