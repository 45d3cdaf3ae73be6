"""The account of what is missing."""

import pytest

from vedette.recorder.gaps import GapKeeper
from vedette.recordings.model import GapCause

OFFLINE, NETWORK, STOPPED, NO_DISK = (
    GapCause.CAMERA_OFFLINE,
    GapCause.NETWORK,
    GapCause.STOPPED,
    GapCause.NO_DISK,
)


class Account:
    """A keeper that began at 1000 ms, and what it told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, GapCause]] = []
        self.keeper = GapKeeper(7, self, 1000)

    def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str) -> None:
        assert stream_id == 7
        self.told.append((start_ms, cause))


@pytest.fixture
def account() -> Account:
    return Account()


def test_a_gap_begins_where_the_footage_ended(account: Account) -> None:
    account.keeper.footage(2000)
    account.keeper.covered(9500)
    account.keeper.missing(OFFLINE, "", 10_200)
    account.keeper.look(10_400)
    assert account.told == []
    account.keeper.look(10_500)
    account.keeper.look(12_000)
    assert account.told == [(9500, OFFLINE)]


def test_the_last_part_may_be_written_late(account: Account) -> None:
    account.keeper.footage(2000)
    account.keeper.covered(9500)
    account.keeper.missing(OFFLINE, "", 9900)
    account.keeper.covered(9900)
    account.keeper.look(11_000)
    assert account.told == [(9900, OFFLINE)]


def test_a_seam_is_no_gap(account: Account) -> None:
    account.keeper.footage(2000)
    account.keeper.covered(9500)
    account.keeper.missing(OFFLINE, "", 9600)
    account.keeper.look(10_000)
    account.keeper.footage(10_400)
    account.keeper.look(20_000)
    assert account.told == []


def test_a_short_gap_is_told_before_the_footage_that_ends_it(account: Account) -> None:
    account.keeper.footage(2000)
    account.keeper.covered(9500)
    account.keeper.missing(NETWORK, "", 9600)
    account.keeper.footage(10_700)
    assert account.told == [(9500, NETWORK)]


def test_causes_follow_each_other_without_a_hole(account: Account) -> None:
    account.keeper.footage(2000)
    account.keeper.covered(9500)
    for now_ms in range(10_000, 20_000, 1000):
        account.keeper.missing(OFFLINE, "", now_ms)
        account.keeper.look(now_ms)
    account.keeper.missing(STOPPED, "", 20_000)
    account.keeper.look(22_000)
    account.keeper.missing(OFFLINE, "", 30_000)
    account.keeper.look(32_000)
    assert account.told == [(9500, OFFLINE), (20_000, STOPPED), (30_000, OFFLINE)]


def test_a_cause_that_did_not_last_leaves_its_start_to_the_next(account: Account) -> None:
    account.keeper.footage(2000)
    account.keeper.covered(9500)
    account.keeper.missing(OFFLINE, "", 9700)
    account.keeper.missing(NO_DISK, "", 9900)
    account.keeper.look(11_000)
    assert account.told == [(9500, NO_DISK)]


def test_an_unreachable_camera_is_one_gap(account: Account) -> None:
    account.keeper.footage(2000)
    account.keeper.covered(9500)
    for now_ms, cause in ((10_000, NETWORK), (12_000, OFFLINE), (14_000, NETWORK)):
        account.keeper.missing(cause, "", now_ms)
        account.keeper.look(now_ms + 1000)
    assert account.told == [(9500, NETWORK)]


def test_before_the_first_footage_a_gap_begins_with_the_account(account: Account) -> None:
    account.keeper.missing(OFFLINE, "", 6000)
    account.keeper.look(6000)
    assert account.told == [(1000, OFFLINE)]


def test_a_clock_that_was_set_back_hides_no_gap(account: Account) -> None:
    account.keeper.footage(3_600_000)
    account.keeper.covered(3_700_000)
    account.keeper.missing(OFFLINE, "", 100_000)
    account.keeper.look(100_500)
    assert account.told == [(100_500, OFFLINE)]


def test_the_end_of_the_recorder_is_told_at_once(account: Account) -> None:
    account.keeper.footage(2000)
    account.keeper.covered(9500)
    account.keeper.stop("", 9600)
    assert account.told == [(9500, STOPPED)]


def test_the_end_of_the_recorder_leaves_a_gap_its_cause(account: Account) -> None:
    account.keeper.missing(OFFLINE, "", 5000)
    account.keeper.look(6000)
    account.keeper.stop("", 9600)
    assert account.told == [(1000, OFFLINE)]
