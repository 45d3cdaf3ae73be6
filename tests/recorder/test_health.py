"""Health of a stream, from frames that are described by their times."""

import pytest

from vedette.recorder.health import Health

EPOCH_MS = 60_000 * 28_000_000


def play(health: Health, start_s: float, end_s: float, *, gop_s: float = 2.0, late_s: float = 0.0) -> None:
    """25 fps at 4 Mbps; every second frame comes `late_s` late."""
    for index in range(round(start_s * 25), round(end_s * 25)):
        at_s = index / 25
        late = late_s if index % 2 else 0.0
        health.frame(at_s + late, at_s, 20_000, key=at_s % gop_s < 1e-9)


def test_rates_are_those_of_the_window() -> None:
    health = Health()
    for second in range(30):
        health.sample(second, EPOCH_MS + second * 1000)
        play(health, second, second + 1)
    health.sample(30, EPOCH_MS + 30_000)
    assert health.fps == pytest.approx(25)
    assert health.bitrate == pytest.approx(4e6)
    assert health.key_interval_s == pytest.approx(2.0)
    assert health.jitter_s == pytest.approx(0.0, abs=1e-9)
    for second in range(31, 45):  # it stalls
        health.sample(second, EPOCH_MS + second * 1000)
    assert health.fps == 0


def test_nothing_is_known_at_first() -> None:
    health = Health()
    assert (health.fps, health.bitrate, health.key_interval_s) == (0.0, 0.0, None)
    health.sample(0, EPOCH_MS)
    assert health.fps == 0.0


def test_jitter_is_the_unevenness_of_arrival() -> None:
    health = Health()
    play(health, 0, 20, late_s=0.015)
    assert health.jitter_s == pytest.approx(0.015, rel=0.01)


def test_a_minute_is_told_once_with_what_happened_in_it() -> None:
    health = Health()
    assert health.sample(0, EPOCH_MS) is None
    health.connected(0)
    play(health, 0, 40)
    health.lost_packets += 7
    health.disconnected(40)
    health.reconnects += 1
    assert health.sample(59, EPOCH_MS + 59_000) is None
    minute = health.sample(60, EPOCH_MS + 60_000)
    assert minute is not None
    assert minute.minute == EPOCH_MS // 60_000
    assert minute.fps == pytest.approx(25 * 40 / 60, abs=0.01)
    assert minute.bitrate == pytest.approx(4e6 * 40 / 60, rel=0.001)
    assert (minute.lost_packets, minute.reconnects, minute.connected_s) == (7, 1, 40.0)
    health.connected(90)
    later = health.sample(120, EPOCH_MS + 120_000)
    assert later is not None
    assert (later.fps, later.lost_packets, later.reconnects, later.connected_s) == (0, 0, 0, 30.0)


def test_a_new_run_is_not_compared_with_the_one_before() -> None:
    health = Health()
    play(health, 100, 101)
    health.run_began()
    play(health, 0, 3)
    assert health.key_interval_s == pytest.approx(2.0)
    assert health.jitter_s == pytest.approx(0.0, abs=1e-9)
