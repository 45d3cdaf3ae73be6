"""What the live side tells of itself."""

from collections import Counter

from vedette.live.hub import StreamHub
from vedette.live.sessions.session import Transport
from vedette.live.sessions.watchers import Watchers
from vedette.metrics.families import Families


def add_sessions(families: Families, watchers: Watchers) -> None:
    """Who watches now, and what that cost, by transport. Of the views that this process serves."""
    now = Counter(session.transport for session in watchers.sessions())
    totals = watchers.totals()
    for transport in Transport:
        label = {"transport": transport.value}
        families.gauge("vedette_live_viewers", "Viewers of live streams.", now[transport], label)
        families.counter("vedette_live_sent_bytes", "Sent to viewers of live streams.", totals.bytes[transport], label)
        about = "How often the picture of a live stream stood still, as players report it."
        families.counter("vedette_live_stalls", about, totals.stalls[transport], label)


def add_live(families: Families, hub: StreamHub) -> None:
    """What was left out for viewers that did not keep up."""
    about = "Parts left out for viewers that did not keep up, or because a recorder's message was lost."
    families.counter("vedette_live_parts_dropped", about, hub.dropped_parts())
