"""Which optional processes the present cameras need."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import CameraRow, StreamRow


@dataclass(frozen=True, slots=True)
class CameraNeeds:
    """`libav`: a stream that the native client can't read. `simulator`: a simulated camera."""

    libav: bool
    simulator: bool


async def camera_needs(session: AsyncSession) -> CameraNeeds:
    """Looks at the enabled cameras only."""
    present = CameraRow.enabled & CameraRow.deleted_ms.is_(None)
    odd = or_(
        StreamRow.engine == "libav",
        (StreamRow.engine == "auto")
        & (
            StreamRow.fallback.is_not(None)
            | ~(StreamRow.url.startswith("rtsp://") | StreamRow.url.startswith("rtsps://"))
        ),
    )
    libav = select(StreamRow.id).join(CameraRow).where(present, odd).limit(1)
    simulated = select(CameraRow.id).where(present, CameraRow.simulated).limit(1)
    return CameraNeeds(
        libav=(await session.execute(libav)).first() is not None,
        simulator=(await session.execute(simulated)).first() is not None,
    )
