"""Whether somebody sorted one column and left the others as they were."""

import json
from collections import Counter, defaultdict
from typing import Any

from conference.roundtrip.fields import EditField

# From so many rows with a changed value on; and so much of what went must have come back elsewhere.
LEAST, SHARE = 3, 0.8
# Of columns that hold a few values over and over, it takes more rows to be no chance.
LEAST_OF_FEW, FEW = 12, 3


class Sorting:
    """Notes what changed in each column; the same values in other rows mean that it was sorted by mistake."""

    def __init__(self):
        self._went: dict[EditField, Counter] = defaultdict(Counter)
        self._came: dict[EditField, Counter] = defaultdict(Counter)

    def note(self, field: EditField, before: Any, after: Any):
        if not field.same(after, before):
            self._went[field][_word(before)] += 1
            self._came[field][_word(after)] += 1

    def columns(self) -> list[str]:
        return [str(field.header) for field in self._went if self._is_sorted(field)]

    def _is_sorted(self, field: EditField) -> bool:
        went, came = self._went[field], self._came[field]
        stayed = sum((went & came).values())
        least = LEAST if len(went) >= FEW else LEAST_OF_FEW
        return went.total() >= least and stayed >= SHARE * went.total()


def _word(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = [row["fields"] for row in value]
    return json.dumps(value, sort_keys=True, default=str)
