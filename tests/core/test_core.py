"""Identifiers, backoff, redaction, logs, process locks."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.core.backoff import Backoff
from vedette.core.errors import VedetteError
from vedette.core.ids import uuid7, uuid7_ms
from vedette.core.lifecycle import single_instance
from vedette.core.redaction import redact


@given(st.integers(min_value=0, max_value=2**48 - 1))
def test_uuid7_carries_its_time_version_and_variant(now_ms: int) -> None:
    value = uuid7(now_ms)
    assert uuid7_ms(value) == now_ms
    assert value.version == 7
    assert value.variant == "specified in RFC 4122"


def test_uuid7_sorts_in_the_order_of_time() -> None:
    values = [uuid7(ms) for ms in range(1000, 2000)]
    assert values == sorted(values)
    assert [value.bytes for value in values] == sorted(value.bytes for value in values)


def test_backoff_doubles_to_its_limit_and_starts_anew_after_reset() -> None:
    backoff = Backoff(first_s=1.0, limit_s=8.0, rng=random.Random(1))
    delays = [backoff.next_s() for _ in range(6)]
    for delay, ceiling in zip(delays, (1, 2, 4, 8, 8, 8), strict=True):
        assert ceiling / 2 <= delay <= ceiling
    backoff.reset()
    assert backoff.next_s() <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        "rtsp://admin:hunter2@10.0.0.5:554/stream",
        "GET http://admin:hunter2@camera/x failed",
        "rtsp://admin:p@hunter2@cam/",
        "Authorization: Basic hunter2",
        'authorization: Digest username="a", realm="r", response="hunter2"',
        "http://cam/cgi?user=a&password=hunter2&channel=1",
        "pwd=hunter2",
        "token='hunter2'",
    ],
)
def test_redaction_leaves_no_secret(text: str) -> None:
    assert "hunter2" not in redact(text)


def test_redaction_leaves_plain_text_alone() -> None:
    text = "Gate: connection to rtsp://10.0.0.5:554/stream refused after 3 s; 2 of 4 tracks"
    assert redact(text) == text


@given(st.text(max_size=200))
def test_redaction_never_fails(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_logs_hide_secrets_in_fields_and_exceptions() -> None:
    program = (
        "from vedette.core.logs import configure, get_logger\n"
        "configure('test', lines='json')\n"
        "log = get_logger('x')\n"
        "log.info('connecting', url='rtsp://admin:hunter2@cam/1')\n"
        "try:\n    raise ValueError('rtsp://admin:hunter2@cam/1')\n"
        "except ValueError:\n    log.exception('failed')\n"
        "import logging; logging.getLogger('lib').error('at http://u:hunter2@h/')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "hunter2" not in done.stderr
    assert done.stderr.count("***@") == 3


def test_one_process_per_name_and_directory(tmp_path: Path) -> None:
    with (
        single_instance(tmp_path / "run", "api"),
        pytest.raises(VedetteError, match="already running"),
        single_instance(tmp_path / "run", "api"),
    ):
        pass
    with single_instance(tmp_path / "run", "api"):
        pass
