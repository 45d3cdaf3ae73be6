"""Settings from the environment and the file, and what is refused."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import ValidationError

from vedette.settings import Settings


def test_lists_are_written_with_commas_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VEDETTE_TRUSTED_PROXIES", "10.0.0.1, 192.168.7.9/24 ::1")
    monkeypatch.setenv("VEDETTE_ALLOWED_HOSTS", "NVR.example,cameras.lan:7070")
    settings = Settings(data=tmp_path)
    assert settings.trusted_proxies == (ip_network("10.0.0.1/32"), ip_network("192.168.7.0/24"), ip_network("::1/128"))
    assert settings.allowed_hosts == ("nvr.example", "cameras.lan")


def test_lists_are_lists_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VEDETTE_RATE_ANONYMOUS", raising=False)  # the tests' own; the environment goes before the file
    (tmp_path / "vedette.toml").write_text(
        'trusted_proxies = ["10.0.0.0/8"]\ncors_origins = ["https://Wall.example:443/"]\nrate_anonymous = 20\n'
    )
    settings = Settings(data=tmp_path)
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"),)
    assert settings.cors_origins == ("https://wall.example",)
    assert settings.rate_anonymous == 20


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"trusted_proxies": ["nginx"]}, "neither an address nor a network"),
        ({"trusted_proxies": ["10.0.0.0/33"]}, "neither an address nor a network"),
        ({"public_url": "nvr.example"}, "not of the form"),
        ({"public_url": "https://nvr.example/vedette"}, "not of the form"),
        ({"public_url": "https://user@nvr.example"}, "not of the form"),
        ({"public_url": "ftp://nvr.example"}, "not of the form"),
        ({"cors_origins": ["*"]}, "not of the form"),
        ({"cors_origins": ["https://*.example"]}, "not of the form"),
        ({"cors_origins": ["null"]}, "not of the form"),
        ({"allowed_hosts": ["*"]}, "not of the form"),
        ({"tls_key": "key.pem"}, "without tls_cert"),
        ({"rate_anonymous": -1}, "greater than or equal to 0"),
    ],
)
def test_bad_ones_are_refused(tmp_path: Path, given: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words.replace("*", r"\*")):
        Settings(data=tmp_path, **given)  # type: ignore[arg-type] # that is the point
