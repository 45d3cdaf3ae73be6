"""The options that say where and how the api process listens: of `vedette serve`, which passes them on, and of
`vedette api`. All of them are settings, too, and there are more of those: docs/network.md."""

import argparse
from typing import Any

from vedette.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds them. None has a default: what is not given is up to the settings."""
    group = parser.add_argument_group("network", "see docs/network.md; the settings have more")
    group.add_argument("--host", help="address to listen on (default 127.0.0.1; 0.0.0.0 or :: is every one)")
    group.add_argument("--port", type=int, help="port to listen on (default 7070)")
    group.add_argument("--rtsp-port", type=int, help="port for live streams by RTSP (default 8554; 0 is none)")
    group.add_argument("--tls-cert", metavar="FILE", help="serve TLS with this certificate and its chain (PEM)")
    group.add_argument("--tls-key", metavar="FILE", help="the certificate's key (PEM), when it is in another file")
    group.add_argument("--public-url", metavar="URL", help="where people find it, such as https://nvr.example")
    group.add_argument(
        "--trusted-proxy",
        action="append",
        metavar="NETWORK",
        help="address or network of a proxy that says where callers are; can be given again",
    )


def given(arguments: argparse.Namespace) -> dict[str, Any]:
    """What was said, by the names of the settings."""
    return {
        "host": arguments.host,
        "port": arguments.port,
        "rtsp_port": arguments.rtsp_port,
        "tls_cert": arguments.tls_cert,
        "tls_key": arguments.tls_key,
        "public_url": arguments.public_url,
        "trusted_proxies": arguments.trusted_proxy,
    }


def passed_on(arguments: argparse.Namespace, settings: Settings) -> tuple[str, ...]:
    """The words that make `vedette api` listen as these arguments say."""
    words = ["--host", settings.host, "--port", str(settings.port)]
    for option in ("rtsp_port", "tls_cert", "tls_key", "public_url"):
        if (value := getattr(arguments, option)) is not None:
            words += [f"--{option.replace('_', '-')}", str(value)]
    for proxy in arguments.trusted_proxy or ():
        words += ["--trusted-proxy", proxy]
    return tuple(words)
