"""Listening on the network: the product as it is started, asked by way of an address that is not loopback."""

import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.certificates import write_certificate
from tests.support.product import free_port, until

PASSWORD = "three random words"


def network_address() -> str | None:
    """An address of this machine that is not loopback. Nothing is sent: the kernel says which one it would use."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address


ADDRESS = network_address()
pytestmark = pytest.mark.skipif(ADDRESS is None, reason="this machine has no address but loopback")


def vedette(data: Path, *words: str, given: str = "") -> None:
    command = [sys.executable, "-m", "vedette.cli.main", *words, "--data", str(data)]
    subprocess.run(command, input=given, text=True, check=True, timeout=60, capture_output=True)


@contextmanager
def serving(data: Path, *arguments: str) -> Iterator[int]:
    """`vedette api` on every address; gives its port."""
    port = free_port()
    scheme = "https" if "--tls-cert" in arguments else "http"
    process = subprocess.Popen(
        [sys.executable, "-m", "vedette.cli.main", "api", "--data", str(data), "--port", str(port), *arguments],
        env={**os.environ, "VEDETTE_SUPERVISOR": str(os.getpid())},
    )
    try:
        until("it answers", lambda: httpx.get(f"{scheme}://127.0.0.1:{port}/healthz", verify=False).is_success)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """One with an administrator, made as the refusal to listen on the network without one says."""
    command = [sys.executable, "-m", "vedette.cli.main", "api", "--data", str(tmp_path), "--host", "0.0.0.0"]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (refused.returncode, "vedette user create" in refused.stderr) == (2, True)
    vedette(tmp_path, "user", "create", "ada", "--role", "admin", "--password-stdin", given=PASSWORD)
    return tmp_path


def log_in(client: httpx.Client) -> None:
    answer = client.post("/api/v1/auth/login", json={"username": "ada", "password": PASSWORD, "transport": "bearer"})
    assert answer.status_code == 200, answer.text
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"


def test_with_an_account_the_network_is_served(installation: Path) -> None:
    with (
        serving(installation, "--host", "0.0.0.0") as port,
        httpx.Client(base_url=f"http://{ADDRESS}:{port}") as client,
    ):
        assert client.get("/api/v1/system").status_code == 401
        assert client.get("/healthz", headers={"Host": "rebound.example"}).status_code == 421
        log_in(client)
        system = client.get("/api/v1/system").json()
        rtsp = system["bind"].pop("rtsp")  # none where something else has the port
        assert rtsp in ([], [8554])
        assert system["bind"] == {"host": "0.0.0.0", "port": port, "loopback_only": False, "tls": False}
        assert "system.clear_text" in {warning["code"] for warning in system["warnings"]}
        (own,) = client.get("/api/v1/auth/sessions").json()["items"]
        assert own["address"] == ADDRESS


def test_one_socket_takes_both_families(installation: Path) -> None:
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with serving(installation, "--host", "::") as port:
        assert httpx.get(f"http://[::1]:{port}/healthz").status_code == 200
        with httpx.Client(base_url=f"http://{ADDRESS}:{port}") as client:
            log_in(client)
            (own,) = client.get("/api/v1/auth/sessions").json()["items"]
            assert own["address"] == ADDRESS


def test_tls_with_a_certificate_that_is_renewed(installation: Path) -> None:
    certificate, key = write_certificate(installation)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving(installation, "--tls-cert", str(certificate), "--tls-key", str(key)) as port:
        with httpx.Client(base_url=f"https://localhost:{port}", verify=trusting) as client:
            answer = client.get("/healthz")
            assert answer.headers["strict-transport-security"] == "max-age=2592000"
            assert "server" not in answer.headers
            body = {"username": "ada", "password": PASSWORD, "transport": "cookie"}
            headers = {"X-Vedette-Client": "web", "Origin": f"https://localhost:{port}"}
            logged_in = client.post("/api/v1/auth/login", json=body, headers=headers)
            assert logged_in.status_code == 200, logged_in.text
            for cookie in logged_in.headers.get_list("set-cookie"):
                assert cookie.startswith("__Host-")
                assert {"secure", "httponly", "samesite=strict", "path=/"} <= set(cookie.lower().split("; "))
            assert client.get("/api/v1/system").json()["bind"]["tls"] is True
            in_clear = headers | {"Origin": f"http://localhost:{port}"}
            refused = client.post("/api/v1/auth/login", json=body, headers=in_clear)
            assert (refused.status_code, refused.json()["code"]) == (403, "request.origin_refused")
        with pytest.raises(httpx.TransportError):
            httpx.get(f"http://localhost:{port}/healthz")
        renewed, renewed_key = write_certificate(installation, name="renewed")
        trusting = ssl.create_default_context(cafile=str(renewed))
        renewed_key.replace(key)
        certificate.write_bytes(renewed.read_bytes())
        until(
            "the renewed certificate is in use",
            lambda: httpx.get(f"https://localhost:{port}/healthz", verify=trusting).is_success,
        )


def test_an_expired_certificate_is_served_and_told_of(installation: Path) -> None:
    certificate, key = write_certificate(installation, begins=-30, days=20)
    with (
        serving(installation, "--tls-cert", str(certificate), "--tls-key", str(key)) as port,
        httpx.Client(base_url=f"https://localhost:{port}", verify=False) as client,
    ):
        log_in(client)
        warnings = {one["code"]: one["message"] for one in client.get("/api/v1/system").json()["warnings"]}
        assert "expired on" in warnings["system.certificate"]


def test_a_certificate_that_can_not_work_is_told_at_the_start(installation: Path) -> None:
    certificate, _ = write_certificate(installation)
    _, other = write_certificate(installation, name="other")
    for command in ("serve", "api"):
        words = [command, "--data", str(installation), "--port", "0", "--tls-cert", str(certificate)]
        ended = subprocess.run(
            [sys.executable, "-m", "vedette.cli.main", *words, "--tls-key", str(other)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 2
        assert "does not belong to the certificate" in ended.stderr
        assert "Traceback" not in ended.stderr
