"""RTSP messages: what cameras really send, and what they must not make us do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.media.rtsp.errors import RtspError
from vedette.media.rtsp.messages import (
    MAX_BODY_BYTES,
    MAX_HEADER_BYTES,
    Response,
    ServerRequest,
    read_message,
    write_request,
    write_response,
)
from vedette.media.units import EndReason

DESCRIBE = (
    b"RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nContent-Length: 4\r\n"
    b"WWW-Authenticate: Basic realm=a\r\nWww-authenticate: Digest realm=b\r\n\r\nv=0\n"
)


def test_a_response_with_a_body() -> None:
    message, end = read_message(b"..." + DESCRIBE + b"$rest", 3)
    assert isinstance(message, Response)
    assert (message.status, message.reason, message.cseq, message.body) == (200, "OK", 2, b"v=0\n")
    assert message.headers.get("CONTENT-TYPE") == "application/sdp"
    assert message.headers.all("WWW-Authenticate") == ["Basic realm=a", "Digest realm=b"]
    assert end == 3 + len(DESCRIBE)


@pytest.mark.parametrize("length", range(len(DESCRIBE)))
def test_every_cut_waits_for_more(length: int) -> None:
    assert read_message(DESCRIBE[:length], 0) == (None, 0)


@pytest.mark.parametrize(
    ("text", "status", "reason", "cseq"),
    [
        (b"RTSP/1.0 200\r\nCSeq: 1\r\n\r\n", 200, "", 1),
        (b"RTSP/1.0 200 OK\n\nCSeq: 1\n\n", 200, "OK", None),  # ends at the first blank line
        (b"RTSP/1.0 200 OK\nCSeq: 1\n\n", 200, "OK", 1),
        (b"RTSP/1.0 200 OK\r\ncseq:1\r\nnot a field\r\n\r\n", 200, "OK", 1),
        (b"RTSP/1.0 200 OK\r\nCSeq: one\r\n\r\n", 200, "OK", None),
        (b"RTSP/1.0 200 OK\r\nCSeq: 99999999999999999999\r\n\r\n", 200, "OK", None),
    ],
)
def test_sloppy_responses(text: bytes, status: int, reason: str, cseq: int | None) -> None:
    message, _ = read_message(text, 0)
    assert isinstance(message, Response)
    assert (message.status, message.reason, message.cseq) == (status, reason, cseq)


def test_folded_lines_are_joined() -> None:
    message, _ = read_message(b"RTSP/1.0 200 OK\r\nPublic: OPTIONS,\r\n PLAY\r\n\r\n", 0)
    assert isinstance(message, Response)
    assert message.headers.get("public") == "OPTIONS, PLAY"


def test_a_request_of_the_server_and_our_answer() -> None:
    message, _ = read_message(b"OPTIONS * RTSP/1.0\r\nCSeq: 7\r\n\r\n", 0)
    assert isinstance(message, ServerRequest)
    assert (message.method, message.url, message.cseq) == ("OPTIONS", "*", 7)
    answer, _ = read_message(write_response(message, 200, "OK"), 0)
    assert isinstance(answer, Response)
    assert (answer.status, answer.cseq) == (200, 7)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"RTSP/1.0 200 OK\r\nX: " + b"a" * MAX_HEADER_BYTES, "rtsp.header_too_long"),
        (b"RTSP/1.0 200 OK\r\n" + b"A: b\r\n" * 300 + b"\r\n", "rtsp.header_too_long"),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 1073741824\r\n\r\n", "rtsp.body_too_long"),
        (b"RTSP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % (MAX_BODY_BYTES + 1), "rtsp.body_too_long"),
        (b"RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n", "rtsp.body_too_long"),
        ("RTSP/1.0 200 OK\r\nContent-Length: ٣\r\n\r\n".encode(), "rtsp.body_too_long"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "rtsp.not_rtsp"),
        (b"\r\n\r\n", "rtsp.not_rtsp"),
    ],
)
def test_what_is_refused(text: bytes, code: str) -> None:
    with pytest.raises(RtspError) as caught:
        read_message(text, 0)
    assert (caught.value.reason, caught.value.code) == (EndReason.PROTOCOL, code)


def test_a_request_as_it_goes_out() -> None:
    assert write_request("PLAY", "rtsp://cam/a", 3, [("Session", "1")]) == (
        b"PLAY rtsp://cam/a RTSP/1.0\r\nCSeq: 3\r\nUser-Agent: Vedette\r\nSession: 1\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("url", "value"), [("rtsp://cam/a\r\nX: y", "1"), ("rtsp://cam/a", "1\r\nX: y"), ("rtsp://cam/a b", "1")]
)
def test_nothing_from_the_camera_can_add_lines_to_a_request(url: str, value: str) -> None:
    with pytest.raises(RtspError):
        write_request("PLAY", url, 3, [("Session", value)])


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda tail: b"RTSP/1.0 200 OK\r\n" + tail)))
def test_any_bytes_give_a_message_or_our_error(data: bytes) -> None:
    try:
        message, end = read_message(data, 0)
    except RtspError:
        return
    assert (message is None) == (end == 0)
    assert end <= len(data)
