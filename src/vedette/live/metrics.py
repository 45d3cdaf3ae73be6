"""What the live side tells of itself."""

from vedette.live.hub import StreamHub
from vedette.metrics.families import Families


def add_live(families: Families, hub: StreamHub) -> None:
    """Viewers now, and what was left out for those that did not keep up."""
    families.gauge("vedette_live_viewers", "Viewers of live streams.", hub.viewer_count())
    about = "Parts left out for viewers that did not keep up, or because a recorder's message was lost."
    families.counter("vedette_live_parts_dropped", about, hub.dropped_parts())
