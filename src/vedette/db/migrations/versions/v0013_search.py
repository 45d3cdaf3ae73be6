"""What searches of recordings and gaps read: sums of bytes from the timeline's index, gaps by their beginning."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.drop_index("ix_segment_timeline", "segment")
    op.create_index("ix_segment_timeline", "segment", ["stream_id", "start_ms", "end_ms", "bytes"])
    op.create_index("ix_gap_stream_id_start_ms", "gap", ["stream_id", "start_ms"])
    op.create_index("ix_gap_start_ms", "gap", ["start_ms"])
