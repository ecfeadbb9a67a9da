"""What no database can hold is taken out of a programme before anything else is done with it."""

import dataclasses
import re
from typing import Any

# NUL, and halves of signs that stand alone, as JSON can spell them.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """The same of texts, of what holds texts, and of the dataclasses of a programme."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value) if _UNSTORABLE.search(value) else value
    if dataclasses.is_dataclass(value):
        parts = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        clean = {name: storable(part) for name, part in parts.items()}
        return value if clean == parts else dataclasses.replace(value, **clean)
    if isinstance(value, dict):
        return {storable(name): storable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(storable(part) for part in value)
    return value
