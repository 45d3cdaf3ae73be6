"""Declarative base and the column types that SQLite and PostgreSQL share."""

from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine


class Id(TypeDecorator[UUID]):
    """A UUID: native on PostgreSQL, 16 bytes on SQLite (SQLAlchemy's own choice there is 32 characters)."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        if value is None or isinstance(value, UUID):
            return value
        return UUID(bytes=bytes(value))


# SQLite makes a rowid alias only of INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")

Millis = Annotated[int, mapped_column(BigInteger)]
BigCount = Annotated[int, mapped_column(BigInteger)]
SerialKey = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]


class Base(DeclarativeBase):
    """Constraint names are fixed, so that migrations can name them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {UUID: Id, dict[str, Any]: JSON(none_as_null=True)}  # noqa: RUF012 - SQLAlchemy's own form
