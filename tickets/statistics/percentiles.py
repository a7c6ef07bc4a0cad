"""Median and ninth decile, computed by the database: nothing is loaded but the result.

PostgreSQL has an aggregate for it. SQLite ranks the values of each group and gives back the two on each side
of the place wanted, between which we interpolate: the same value, the definition being the same.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor

from django.db import connections
from django.db.models import Aggregate, Count, F, Field, Q, Window
from django.db.models.functions import RowNumber

_TENTHS = (5, 9)


@dataclass(frozen=True)
class Spread:
    """How values spread: how many, the median, the ninth decile. Durations are in seconds."""

    count: int = 0
    median: float | None = None
    ninth: float | None = None


class _Percentiles(Aggregate):
    """The values below which those shares of the others stand (PostgreSQL), in one reading."""

    template = "percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = Field()  # a list, as the driver gives it


def spreads(rows, value, *keys):
    """Return {values of `keys`: Spread} of the annotation `value` of `rows`: one query.

    Without a key, the only one is the empty tuple. `value` is a duration or a whole number, never null.
    """
    read = _aggregated if connections[rows.db].vendor == "postgresql" else _ranked
    return read(rows.order_by(), value, keys)


def _aggregated(rows, value, keys):
    measures = {"size": Count("pk"), "tenths": _Percentiles(value)}
    found = rows.values_list(*keys).annotate(**measures) if keys else [rows.aggregate(**measures).values()]
    return {tuple(key): Spread(size, *map(_number, tenths)) for *key, size, tenths in found if size}


def _ranked(rows, value, keys):
    group = [F(key) for key in keys] or None
    ranked = rows.annotate(
        rank=Window(RowNumber(), partition_by=group, order_by=[value, "pk"]) - 1,
        size=Window(Count("pk"), partition_by=group),
    )
    near = Q()
    for tenth in _TENTHS:
        # The place wanted is tenth × (size - 1) / 10: keep what stands less than one rank away.
        ranked = ranked.annotate(**{f"gap{tenth}": F("rank") * 10 - (F("size") - 1) * tenth})
        near |= Q(**{f"gap{tenth}__gt": -10, f"gap{tenth}__lt": 10})
    groups: dict = defaultdict(dict)
    sizes = {}
    for *key, rank, size, found in ranked.filter(near).values_list(*keys, "rank", "size", value):
        groups[tuple(key)][rank] = _number(found)
        sizes[tuple(key)] = size
    return {key: _between(values, sizes[key]) for key, values in groups.items()}


def _between(values, size):
    return Spread(size, *(_interpolated(values, tenth * (size - 1) / 10) for tenth in _TENTHS))


def _interpolated(values, place):
    below, above = values[floor(place)], values[ceil(place)]
    return below + (above - below) * (place - floor(place))


def _number(value):
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
