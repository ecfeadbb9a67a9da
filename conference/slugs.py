"""Public names in addresses: from a title, in German transliteration."""

import re
import unicodedata

SLUG_LENGTH = 80
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS", "²": "2", "³": "3"}
)


def slugify_german(text: str, length: int = SLUG_LENGTH) -> str:
    """ä → ae, ß → ss, other accents dropped, the rest joined by hyphens. Empty when nothing is left."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "").translate(_GERMAN)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return text if len(text) <= length else text[:length].rsplit("-", 1)[0].strip("-")


def unique_slug(thing) -> str:
    """A slug for `thing` that nothing of its kind and scope has. Costs one query."""
    base = slugify_german(str(getattr(thing, thing.slug_from) or thing)) or str(thing.uuid)[:8]
    scope = {field: getattr(thing, field) for field in thing.slug_scope if getattr(thing, f"{field}_id", None)}
    others = type(thing).objects.filter(slug__startswith=base, **scope).exclude(pk=thing.pk)
    taken = set(others.values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base[: SLUG_LENGTH - 5]}-{number}" in taken:
        number += 1
    return f"{base[: SLUG_LENGTH - 5]}-{number}"
