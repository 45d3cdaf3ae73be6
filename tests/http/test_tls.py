"""TLS of our own: what is refused at the start, what is told, and that a renewed certificate is taken up."""

import asyncio
import shutil
import socket
import ssl
import time
from pathlib import Path

import pytest
from cryptography import x509

from tests.support.certificates import write_certificate
from vedette.core.clock import SystemClock
from vedette.core.errors import VedetteError
from vedette.http.tls import Certificate, Renewing, certificate_of, context_of
from vedette.settings import Settings

DAY = 86_400_000


def settings(certificate: Path, key: Path | None = None) -> Settings:
    return Settings(tls_cert=certificate, tls_key=key)


def test_a_good_one_is_read(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    found = certificate_of(settings(certificate, key))
    assert found is not None
    assert set(found.names) == {"localhost", "nvr.example", "127.0.0.1"}
    assert found.trouble(time.time_ns() // 1_000_000) is None
    assert context_of(settings(certificate, key)).minimum_version == ssl.TLSVersion.TLSv1_2


def test_both_may_be_in_one_file(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    certificate.write_bytes(certificate.read_bytes() + key.read_bytes())
    context_of(settings(certificate))


@pytest.mark.parametrize(
    ("now_ms", "words"),
    [
        (9 * DAY, "not valid before 1970-01-11"),
        (10 * DAY, None),
        (86 * DAY - 1, None),
        (86 * DAY, "expires on 1970-04-11"),
        (100 * DAY, "expired on 1970-04-11"),
    ],
)
def test_its_time(now_ms: int, words: str | None) -> None:
    trouble = Certificate((), 10 * DAY, 100 * DAY).trouble(now_ms)
    assert trouble is None if words is None else words in (trouble or "")


def test_what_can_not_work_is_told_in_words(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    _, other = write_certificate(tmp_path, name="other")
    _, locked = write_certificate(tmp_path, name="locked", password="open sesame")
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")
    for given, words in (
        (settings(tmp_path / "absent.pem"), "absent.pem can't be read: No such file"),
        (settings(certificate, tmp_path / "absent.key"), "absent.key can't be read: No such file"),
        (settings(certificate, tmp_path), "can't be read: Is a directory"),
        (settings(nonsense, key), "holds no certificate"),
        (settings(key, key), "holds no certificate"),
        (settings(certificate, other), "does not belong to the certificate"),
        (settings(certificate, locked), "protected by a passphrase"),
        (settings(certificate), "holds no private key"),
    ):
        with pytest.raises(VedetteError) as refused:
            context_of(given)
        assert refused.value.code == "tls.certificate"
        assert words in refused.value.message


async def _serial(port: int) -> int:
    """The serial number of the certificate that a server shows."""

    def ask() -> bytes:
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            ssl._create_unverified_context().wrap_socket(plain) as secured,
        ):
            return secured.getpeercert(binary_form=True) or b""

    return x509.load_der_x509_certificate(await asyncio.to_thread(ask)).serial_number


@pytest.mark.anyio
async def test_a_renewed_one_is_taken_up_and_a_broken_one_is_not(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    renewing = Renewing(settings(certificate, key), SystemClock())
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0, ssl=renewing.context)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert await _serial(port) == 1
        assert not renewing.look()
        new_certificate, new_key = write_certificate(tmp_path, name="new", serial=2)
        shutil.move(new_certificate, certificate)
        assert not renewing.look()  # the key is still the old one's
        assert await _serial(port) == 1
        shutil.move(new_key, key)
        assert renewing.look()
        assert await _serial(port) == 2
        key.unlink()
        assert not renewing.look()
        assert await _serial(port) == 2
