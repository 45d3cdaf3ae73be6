"""Metrics that are read off the state of things when they are scraped, instead of being counted along the way."""

from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest


class Families:
    """Collects values into families. Labels are a mapping, whose keys must be the same for a whole family."""

    def __init__(self) -> None:
        self._families: dict[str, GaugeMetricFamily | CounterMetricFamily] = {}

    def gauge(self, name: str, about: str, value: float | None, labels: Mapping[str, str] | None = None) -> None:
        """Adds a value to the gauge `name`; None adds nothing."""
        if value is not None:
            family = self._families.get(name) or self._families.setdefault(
                name, GaugeMetricFamily(name, about, labels=list(labels or {}))
            )
            family.add_metric(list((labels or {}).values()), value)

    def counter(self, name: str, about: str, value: float | None, labels: Mapping[str, str] | None = None) -> None:
        """Adds a value to the counter `name`, whose samples are called `{name}_total`."""
        if value is not None:
            family = self._families.get(name) or self._families.setdefault(
                name, CounterMetricFamily(name, about, labels=list(labels or {}))
            )
            family.add_metric(list((labels or {}).values()), value)

    def __iter__(self) -> Iterator[Metric]:
        return iter(self._families.values())


class _Given:
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def exposition(counted: CollectorRegistry, families: Iterable[Metric]) -> bytes:
    """The text that Prometheus reads: what `counted` holds, then `families`."""
    read = CollectorRegistry(auto_describe=False)
    read.register(_Given(families))
    return generate_latest(counted) + generate_latest(read)
