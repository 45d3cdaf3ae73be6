from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.retention.planner import (
    DAY_MS,
    CameraPolicy,
    Candidate,
    Demand,
    Reason,
    VolumePolicy,
    by_age,
    by_camera_bytes,
    by_volume,
    choose,
    megabytes,
    pressure_bytes,
    unmet,
)

A, B = UUID(int=1), UUID(int=2)
NOW = 100 * DAY_MS


def test_days_of_cameras_and_volumes() -> None:
    cameras = [CameraPolicy(A, keep_days=7), CameraPolicy(B, keep_bytes=5), CameraPolicy(UUID(int=3), 1, discard=True)]
    volumes = [VolumePolicy(1, keep_days=30), VolumePolicy(2)]
    assert by_age(cameras, volumes, NOW) == [
        Demand(Reason.DAYS, camera_id=A, before_ms=NOW - 7 * DAY_MS),
        Demand(Reason.DISCARDED, camera_id=UUID(int=3), before_ms=NOW),
        Demand(Reason.DAYS, volume_id=1, before_ms=NOW - 30 * DAY_MS),
    ]


def test_bytes_of_a_camera_count_on_all_volumes() -> None:
    usage = {(1, A): 60, (2, A): 50, (1, B): 500}
    cameras = [
        CameraPolicy(A, keep_bytes=100),
        CameraPolicy(B, keep_bytes=500),
        CameraPolicy(UUID(int=3), keep_bytes=1),
    ]
    assert by_camera_bytes(cameras, usage) == [Demand(Reason.CAMERA_BYTES, camera_id=A, bytes=10)]


@pytest.mark.parametrize(
    ("free", "pending", "wanted"),
    [
        (100, 0, 0),  # exactly the headroom
        (99, 0, 11),  # one byte less: up to the headroom and 1 %
        (50, 0, 60),
        (50, 40, 20),  # what is about to be unlinked counts
        (50, 50, 0),
        (0, 0, 110),
    ],
)
def test_pressure(free: int, pending: int, wanted: int) -> None:
    volume = VolumePolicy(1, headroom_percent=10, free_bytes=free, total_bytes=1000, pending_bytes=pending)
    assert pressure_bytes(volume) == wanted
    assert by_volume([volume], {}) == ([Demand(Reason.HEADROOM, volume_id=1, bytes=wanted)] if wanted else [])


def test_the_larger_of_bytes_and_headroom_counts() -> None:
    usage = {(1, A): 300, (1, B): 200}
    volume = VolumePolicy(1, keep_bytes=480, headroom_percent=10, free_bytes=95, total_bytes=1000)
    assert by_volume([volume], usage) == [Demand(Reason.VOLUME_BYTES, volume_id=1, bytes=20)]
    volume = VolumePolicy(1, keep_bytes=480, headroom_percent=10, free_bytes=0, total_bytes=1000)
    assert by_volume([volume], usage) == [Demand(Reason.HEADROOM, volume_id=1, bytes=110)]
    assert by_volume([VolumePolicy(1, keep_bytes=500)], usage) == []


def piece(number: int, size: int = 10, camera: UUID = A) -> Candidate:
    return Candidate(UUID(int=100 + number), camera, number * DAY_MS, (number + 1) * DAY_MS, size)


def test_the_oldest_go_first_and_no_more_than_asked() -> None:
    pieces = [piece(number) for number in range(5)]
    assert choose(Demand(Reason.HEADROOM, volume_id=1, bytes=25), pieces) == pieces[:3]
    assert choose(Demand(Reason.HEADROOM, volume_id=1, bytes=25), pieces, freed_bytes=20) == pieces[:1]
    assert choose(Demand(Reason.HEADROOM, volume_id=1, bytes=25), pieces, freed_bytes=25) == []
    # A day is kept to its last moment.
    assert choose(Demand(Reason.DAYS, camera_id=A, before_ms=3 * DAY_MS), pieces) == pieces[:3]
    assert choose(Demand(Reason.DAYS, camera_id=A, before_ms=3 * DAY_MS - 1), pieces) == pieces[:2]


def test_words() -> None:
    assert [megabytes(size) for size in (0, 999, 1500, 2_500_000, 10**9, 3 * 10**12, 10**16)] == [
        "0 bytes",
        "999 bytes",
        "1.5 kB",
        "2.5 MB",
        "1.0 GB",
        "3.0 TB",
        "10000.0 TB",
    ]
    for demand, key in (
        (Demand(Reason.CAMERA_BYTES, camera_id=A, bytes=5), f"camera:{A}:bytes"),
        (Demand(Reason.VOLUME_BYTES, volume_id=3, bytes=5), "volume:3:bytes"),
        (Demand(Reason.HEADROOM, volume_id=3, bytes=5), "volume:3:headroom"),
    ):
        assert unmet(demand, 5).key == key


@dataclass
class Piece:
    """A segment of the simulated world."""

    id: UUID
    camera: UUID
    volume: int
    start: int
    size: int
    kept: bool  # open or held

    @property
    def end(self) -> int:
        return self.start + DAY_MS // 2


@dataclass
class World:
    """Footage and limits in memory; a sweep takes the same three phases as the service."""

    pieces: list[Piece]
    cameras: list[CameraPolicy]
    volumes: list[VolumePolicy]
    gone: list[tuple[Demand, Piece]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at_first = {item.volume: 0 for item in self.pieces}
        for item in self.pieces:
            self.at_first[item.volume] += item.size

    def disk(self, volume: VolumePolicy) -> int:
        """A disk holds what was there at first and some more (`total_bytes` of the generated policy)."""
        return self.at_first.get(volume.volume_id, 0) + volume.total_bytes

    def usage(self) -> dict[tuple[int, UUID], int]:
        sums: dict[tuple[int, UUID], int] = {}
        for item in self.pieces:
            sums[item.volume, item.camera] = sums.get((item.volume, item.camera), 0) + item.size
        return sums

    def free(self, volume: VolumePolicy) -> VolumePolicy:
        used = sum(item.size for item in self.pieces if item.volume == volume.volume_id)
        return VolumePolicy(
            volume.volume_id,
            volume.keep_days,
            volume.keep_bytes,
            volume.headroom_percent,
            self.disk(volume) - used,
            self.disk(volume),
        )

    def meet(self, demands: list[Demand], batch: int) -> None:
        for demand in demands:
            freed = 0
            while True:
                mine = [
                    item
                    for item in sorted(self.pieces, key=lambda item: item.start)
                    if not item.kept
                    and (demand.camera_id in (None, item.camera))
                    and (demand.volume_id in (None, item.volume))
                ][:batch]
                candidates = [Candidate(item.id, item.camera, item.start, item.end, item.size) for item in mine]
                chosen = {candidate.id for candidate in choose(demand, candidates, freed)}
                if not chosen:
                    break
                for item in [item for item in self.pieces if item.id in chosen]:
                    self.pieces.remove(item)
                    self.gone.append((demand, item))
                    freed += item.size

    def sweep(self, batch: int) -> None:
        self.meet(by_age(self.cameras, self.volumes, NOW), batch)
        self.meet(by_camera_bytes(self.cameras, self.usage()), batch)
        self.meet(by_volume([self.free(volume) for volume in self.volumes], self.usage()), batch)


limits = st.none() | st.integers(min_value=1, max_value=60)
pieces_strategy = st.lists(
    st.builds(
        Piece,
        st.uuids(),
        st.sampled_from([A, B]),
        st.sampled_from([1, 2]),
        st.integers(min_value=0, max_value=198).map(lambda halves: halves * DAY_MS // 2),
        st.integers(min_value=1, max_value=30),
        st.booleans(),
    ),
    max_size=40,
    unique_by=lambda item: item.id,
)
worlds = st.builds(
    World,
    pieces_strategy,
    st.tuples(limits, limits, limits, limits).map(
        lambda four: [CameraPolicy(A, four[0], four[1]), CameraPolicy(B, four[2], four[3])]
    ),
    st.tuples(limits, limits, st.integers(min_value=0, max_value=90), st.integers(min_value=1, max_value=800)).map(
        lambda four: [VolumePolicy(1, four[0], four[1], four[2], 0, four[3]), VolumePolicy(2, None, None, 0, 0, 10**6)]
    ),
)


@given(worlds, st.integers(min_value=1, max_value=10))
def test_after_a_sweep_every_limit_holds_as_far_as_it_can(world: World, batch: int) -> None:
    before = list(world.pieces)
    world.sweep(batch)
    assert [item for item in before if item.kept] == [item for item in world.pieces if item.kept]
    for camera in world.cameras:
        mine = [item for item in world.pieces if item.camera == camera.camera_id]
        free = [item for item in mine if not item.kept]
        if camera.keep_days is not None:
            assert all(item.end > NOW - camera.keep_days * DAY_MS for item in free)
        if camera.keep_bytes is not None and free:
            assert sum(item.size for item in mine) <= camera.keep_bytes
    volume = world.free(world.volumes[0])
    mine = [item for item in world.pieces if item.volume == 1]
    if any(not item.kept for item in mine):
        assert volume.keep_bytes is None or sum(item.size for item in mine) <= volume.keep_bytes
        assert not volume.under_pressure


@given(worlds, st.integers(min_value=1, max_value=10))
def test_nothing_goes_without_need_and_the_oldest_goes_first(world: World, batch: int) -> None:
    before = list(world.pieces)
    world.sweep(batch)
    taken: dict[Demand, list[Piece]] = {}
    for demand, item in world.gone:
        taken.setdefault(demand, []).append(item)
    for demand, items in taken.items():
        if demand.before_ms is not None:
            assert all(item.end <= demand.before_ms for item in items)
        if demand.bytes is not None:
            assert sum(item.size for item in items) - items[-1].size < demand.bytes
        youngest = max(item.start for item in items)
        left = [item for item in world.pieces if not item.kept]
        left = [item for item in left if demand.camera_id in (None, item.camera)]
        left = [item for item in left if demand.volume_id in (None, item.volume)]
        assert all(item.start >= youngest or demand.before_ms is not None for item in left)
    if not taken:
        assert world.pieces == before
    # A second sweep finds nothing: the first did not stop half-way.
    world.gone.clear()
    world.sweep(batch)
    assert world.gone == []
