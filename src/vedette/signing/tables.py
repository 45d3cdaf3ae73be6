"""The keys that this installation signs documents with."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, Millis


class SigningKeyRow(Base):
    """An Ed25519 key pair. The newest signs; the public parts of all stay, so that what was signed can be judged."""

    __tablename__ = "signing_key"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kid: Mapped[str] = mapped_column(unique=True)  # RFC 7638 thumbprint
    public: Mapped[str]  # 32 bytes, URL-safe base64 without padding
    private_sealed: Mapped[str]
    created_ms: Mapped[Millis]
