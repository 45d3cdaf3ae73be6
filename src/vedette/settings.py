"""Settings: environment (`VEDETTE_...`) over one TOML file (`vedette.toml` in the data directory) over defaults.

What the UI can edit is a database row instead; here is only what must be known before there is a database.
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
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
    node: str = Field(default="node-1", pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")
    recorders: int = Field(default=1, ge=1, le=16, description="Native recorder processes that share the cameras.")
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
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
