"""Settings: environment (`VEDETTE_...`) over one TOML file (`vedette.toml` in the data directory) over defaults.

What the UI can edit is a database row instead; here is only what must be known before there is a database.
"""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from vedette.core.mappings import parse_mapping
from vedette.core.origins import host_of, origin_of


def _words(given: object) -> object:
    """In the environment a list is written with commas."""
    return tuple(word for word in given.replace(",", " ").split() if word) if isinstance(given, str) else given


def _network(given: object) -> object:
    if not isinstance(given, str):
        return given
    try:
        return ip_network(given, strict=False)
    except ValueError:
        raise ValueError(f"{given!r} is neither an address nor a network such as 192.168.1.0/24") from None


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]
Networks = Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_words)]


_ICE_SERVER = re.compile(
    r"(?:stun:|turns?:[^\s:@]{1,64}:[^\s@]{1,128}@)(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?"
    r"(?:\?transport=(?:udp|tcp))?"
)


class Settings(BaseSettings):
    """One node's settings."""

    model_config = SettingsConfigDict(env_prefix="VEDETTE_", extra="forbid", frozen=True)

    data: Path = Field(default=Path("var"), description="Data directory: database, keys, sockets, default volume.")
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL; by default SQLite in the data directory."
    )
    host: str = "127.0.0.1"
    port: int = Field(default=7070, ge=0, le=65535)
    rtsp_port: int = Field(
        default=8554, ge=0, le=65535, description="Port of the RTSP server that gives live streams on; 0 is none."
    )
    rtsps_port: int = Field(
        default=8322, ge=0, le=65535, description="The same by TLS, where there is a certificate; 0 is none."
    )
    node: str = Field(default="node-1", pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")
    recorders: int = Field(default=1, ge=1, le=16, description="Native recorder processes that share the cameras.")
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto", description="Lines of the log; auto is text on a terminal and JSON elsewhere."
    )
    metrics_open: bool = Field(
        default=False, description="Programs on this machine read /metrics without an account. Not behind a proxy."
    )
    simulator_port: int = Field(
        default=7554,
        ge=1,
        le=65535,
        description="RTSP port of the simulated cameras; another one is taken where it is not free.",
    )
    secret_key: SecretStr | None = Field(
        default=None, description="32 bytes in base64 that seal camera credentials; by default the key file."
    )
    part_ms: int = Field(default=500, ge=100, le=500, description="Longest part, milliseconds.")
    segment_seconds: int | None = Field(
        default=None, ge=2, le=3600, description="Length of all segments, in place of each camera's minutes."
    )

    previews_mb: int = Field(
        default=1024, ge=16, le=1_000_000, description="Disk space for previews of footage, in megabytes."
    )

    # Conversion of streams that a viewer can't play: docs/user-guide.md.
    transcodes: int | None = Field(
        default=None,
        ge=0,
        le=64,
        description="Streams converted at once at most; by default one for every two processors, 0 is never.",
    )
    transcode_height: Literal[360, 480, 720, 1080, 1440] = Field(
        default=1440, description="Converted pictures are no larger than this (their shorter side)."
    )
    transcode_encoder: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9_]{1,40}$",
        description="The encoder to prefer, as `h264_nvenc`; by default the first that works, hardware before x264.",
    )

    # The edge to the network: docs/network.md.
    tls_cert: Path | None = Field(default=None, description="PEM file with the certificate and its chain.")
    tls_key: Path | None = Field(default=None, description="PEM file with its key; by default in the same file.")
    hsts_days: int = Field(
        default=30, ge=0, le=730, description="How long browsers insist on TLS once they came by TLS; 0 is not at all."
    )
    public_url: str | None = Field(default=None, description="Where people find the server, as https://nvr.example.")
    allowed_hosts: Words = Field(default=(), description="Further names that the server is called by.")
    trusted_proxies: Networks = Field(
        default=(), description="Addresses and networks of proxies whose word on the caller's address counts."
    )
    proxy_header: Literal["x-forwarded-for", "forwarded"] = Field(
        default="x-forwarded-for", description="Which header those proxies set."
    )
    accel_redirect: Words = Field(
        default=(),
        description="Directories whose footage nginx sends by itself, as /srv/vedette/footage=/.footage/ (a location).",
    )
    cors_origins: Words = Field(
        default=(), description="Other sites whose pages may use the API, with tokens, never with cookies."
    )
    rate_anonymous: int = Field(
        default=100, ge=0, le=1_000_000, description="Requests a minute of an address without a login; 0 is no limit."
    )
    rate_signed_in: int = Field(
        default=3_000, ge=0, le=1_000_000, description="Requests a minute of a user or an API token; 0 is no limit."
    )
    rate_media: int = Field(
        default=12_000, ge=0, le=1_000_000, description="The same for footage, pictures and live streams, on top."
    )
    access_seconds: int = Field(default=600, ge=5, le=3600, description="How long an access token of a login is good.")
    ticket_seconds: int = Field(
        default=300,
        ge=5,
        le=3600,
        description="How long a media ticket (an address of footage or a live stream) is good.",
    )
    share_days: int = Field(default=30, ge=1, le=365, description="How long a share link can be good at most.")
    wall_tiles: int = Field(default=64, ge=1, le=256, description="Live tiles on one socket of a wall.")
    live_per_user: int = Field(
        default=200, ge=0, le=100_000, description="Live streams that a user watches at once; 0 is no limit."
    )
    live_per_camera: int = Field(
        default=200, ge=0, le=100_000, description="Live streams of a camera that are watched at once; 0 is no limit."
    )
    live_per_address: int = Field(
        default=500, ge=0, le=100_000, description="Live streams that go to one address at once; 0 is no limit."
    )
    live_history_days: int = Field(
        default=90, ge=1, le=3650, description="How long it is kept who watched live (the audit log keeps its own)."
    )
    max_connections: int = Field(default=2_000, ge=10, le=100_000, description="Open connections of the api process.")

    # Live view by WebRTC: docs/network.md.
    webrtc: bool = Field(default=True, description="Whether live view by WebRTC is there at all.")
    webrtc_ports: str | None = Field(
        default=None,
        pattern=r"^\d{1,5}-\d{1,5}$",
        description="UDP ports for WebRTC, as 50000-50199: one for each viewer and address; by default any.",
    )
    webrtc_addresses: Words = Field(
        default=(), description="Further addresses that reach those ports, as of a router or a container's host."
    )
    webrtc_servers: Words = Field(
        default=(),
        description="STUN and TURN servers, as stun:host:3478 or turn:user:password@host:3478. None by default.",
    )

    @field_validator("webrtc_addresses")
    @classmethod
    def _webrtc_addresses(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        try:
            return tuple(str(ip_address(one)) for one in given)
        except ValueError as error:
            raise ValueError(f"{error}: give addresses, not names") from None

    @field_validator("webrtc_servers")
    @classmethod
    def _webrtc_servers(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for number, one in enumerate(given, start=1):
            if not _ICE_SERVER.fullmatch(one):  # it may hold a password, so it is not repeated
                raise ValueError(f"number {number} is neither stun:host:port nor turn:user:password@host:port")
        return given

    @property
    def webrtc_port_range(self) -> range | None:
        """`webrtc_ports`, both ends included."""
        if self.webrtc_ports is None:
            return None
        first, last = (int(one) for one in self.webrtc_ports.split("-"))
        return range(first, last + 1)

    @field_validator("webrtc_ports")
    @classmethod
    def _webrtc_ports(cls, given: str | None) -> str | None:
        if given is not None:
            first, last = (int(one) for one in given.split("-"))
            if not 1024 <= first <= last <= 65535:
                raise ValueError("the ports must lie between 1024 and 65535, the lower one first")
        return given

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, given: str | None) -> str | None:
        return origin_of(given) if given else None

    @field_validator("cors_origins")
    @classmethod
    def _cors_origins(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(origin_of(origin) for origin in given)

    @field_validator("accel_redirect")
    @classmethod
    def _accel_redirect(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for mapping in given:
            parse_mapping(mapping)
        return given

    @field_validator("allowed_hosts")
    @classmethod
    def _allowed_hosts(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(host_of(origin_of(f"https://{name}")) for name in given)

    @model_validator(mode="after")
    def _tls(self) -> Self:
        if self.tls_key is not None and self.tls_cert is None:
            raise ValueError("tls_key is given without tls_cert")
        return self

    @property
    def scheme(self) -> str:
        """What the api process itself speaks."""
        return "https" if self.tls_cert else "http"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        data = init_settings().get("data") or env_settings().get("data") or cls.model_fields["data"].default
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, toml_file=Path(data) / "vedette.toml"),
        )

    @property
    def sqlalchemy_url(self) -> str:
        """Where the database is."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data.resolve() / 'vedette.sqlite'}"

    @property
    def run_dir(self) -> Path:
        """Sockets and pid files of the running processes."""
        return self.data / "run"

    @property
    def previews(self) -> Path:
        """Small pictures of footage; may be deleted at any time."""
        return self.data / "previews"

    @property
    def default_volume(self) -> Path:
        """Where footage goes until another volume is made."""
        return self.data / "footage"

    @property
    def backups(self) -> Path:
        """Copies of the database: before each migration, and daily ones of SQLite."""
        return self.data / "backups"

    @property
    def key_file(self) -> Path:
        """The key that camera credentials are encrypted with."""
        return self.data / "secret.key"
