"""The status of a stream, as it is told."""

from dataclasses import replace

from vedette.core.clock import Clock, ManualClock
from vedette.events.announcements import StreamStatus
from vedette.recorder.board import StatusBoard
from vedette.recorder.states import Shown
from vedette.recordings.standing import LastRun, Standing


class Speaker:
    def __init__(self) -> None:
        self.hands = ManualClock(1000)
        self.clock: Clock = self.hands
        self.told: list[StreamStatus] = []

    def announce(self, message: StreamStatus) -> None:
        self.told.append(replace(message))


def test_a_camera_is_away_since_it_first_was() -> None:
    speaker = Speaker()
    board = StatusBoard(1, "camera", "main", "auto", speaker)
    refused = ("refused", "The camera refused the connection.")
    story = [
        (Shown("connecting"), 1000),
        (Shown("recording"), 2000),
        (Shown("waiting", *refused), 3000),
        (Shown("connecting", *refused), 3000),
        (Shown("waiting", "timeout", "No answer."), 3000),
        (Shown("connecting", "", "Connected. Waiting for a key frame."), 3000),
        (Shown("recording"), 7000),
        (Shown("blocked", "no_disk", "Full."), 8000),
        (Shown("stopped"), 9000),
    ]
    for shown, _ in story:
        board.show(shown, None)
        speaker.hands.advance(1)
    assert [(told.state, told.since_ms) for told in speaker.told] == [(shown.state, since) for shown, since in story]


def test_what_went_on_while_the_recorder_was_started_again_has_lasted_since_before() -> None:
    speaker = Speaker()
    board = StatusBoard(1, "camera", "main", "auto", speaker, Standing(LastRun(400, "timeout", "No answer.")))
    refused = ("refused", "The camera refused the connection.")
    story = [
        (Shown("connecting"), 400),
        (Shown("waiting", *refused), 400),
        (Shown("recording"), 1002),
        (Shown("waiting", *refused), 1003),  # it has been back in between
    ]
    for shown, _ in story:
        board.show(shown, None)
        speaker.hands.advance(0.001)
    assert [(told.state, told.since_ms) for told in speaker.told] == [(shown.state, since) for shown, since in story]


def test_a_clock_that_was_set_back_puts_nothing_into_the_future() -> None:
    speaker = Speaker()
    board = StatusBoard(1, "camera", "main", "auto", speaker, Standing(LastRun(5000, "timeout", "No answer.")))
    board.show(Shown("connecting"), None)
    assert speaker.told[-1].since_ms == 1000
