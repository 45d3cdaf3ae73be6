"""What routers take from the running app about volumes."""

from typing import Annotated

from starlette.requests import HTTPConnection

from vedette.http.deps import taken
from vedette.storage.objects import ObjectVolumes


def buckets_of(connection: HTTPConnection) -> ObjectVolumes:
    """The process's volumes in buckets."""
    buckets: ObjectVolumes = connection.app.state.buckets
    return buckets


BucketsDep = Annotated[ObjectVolumes, taken(buckets_of)]
