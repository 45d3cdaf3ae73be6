"""What the doctor says of the way to the network."""

import time
from pathlib import Path

import pytest

from tests.support.certificates import write_certificate
from vedette.cli.exposure import look
from vedette.settings import Settings


def found(settings: Settings, *, has_accounts: bool = True) -> dict[str, tuple[str, str]]:
    """By subject."""
    now_ms = time.time_ns() // 1_000_000
    return {one.subject: (one.level, one.message) for one in look(settings, now_ms, has_accounts=has_accounts)}


@pytest.mark.parametrize(
    ("settings", "has_accounts", "level", "words"),
    [
        (Settings(), False, "ok", "this machine only"),
        (Settings(host="0.0.0.0"), False, "problem", "vedette user create"),
        (Settings(host="0.0.0.0"), True, "note", "without TLS"),
        (Settings(host="0.0.0.0", trusted_proxies=("10.0.0.1",)), True, "ok", "0.0.0.0:7070"),
    ],
)
def test_who_can_reach_it(settings: Settings, has_accounts: bool, level: str, words: str) -> None:
    said = found(settings, has_accounts=has_accounts)["network"]
    assert said[0] == level
    assert words in said[1]


def test_the_certificate(tmp_path: Path) -> None:
    good, good_key = write_certificate(tmp_path)
    said = found(Settings(host="0.0.0.0", tls_cert=good, tls_key=good_key))
    assert said["network"][0] == said["certificate"][0] == "ok"
    assert "nvr.example" in said["certificate"][1]
    assert "88 more days" in said["certificate"][1]
    assert "certificate's key" not in said
    good_key.chmod(0o644)
    assert found(Settings(tls_cert=good, tls_key=good_key))["certificate's key"][0] == "problem"
    old, old_key = write_certificate(tmp_path, name="old", days=10)
    for given, words in (
        (Settings(tls_cert=old, tls_key=old_key), "expires on"),
        (Settings(tls_cert=old, tls_key=good_key), "does not belong"),
        (Settings(tls_cert=tmp_path / "absent.pem"), "can't be read"),
    ):
        level, message = found(given)["certificate"]
        assert level == "problem"
        assert words in message


def test_proxies_and_limits() -> None:
    everybody = Settings(trusted_proxies=("0.0.0.0/0",))
    assert found(everybody)["proxies"][0] == "problem"
    unlimited = Settings(host="0.0.0.0", rate_anonymous=0, rate_signed_in=1, rate_media=1)
    assert found(unlimited)["limits"] == ("note", "switched off: rate_anonymous")
