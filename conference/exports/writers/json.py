"""JSON: the records as they are, as they are read."""

from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder

from conference.exports.extract import Extract
from conference.exports.snapshot import snapshot

# Rows that leave together.
LINES = 200


def write_json(extract: Extract, delimiter: str = "") -> Iterator[bytes]:
    """People and partners as lists of their own."""
    encode = DjangoJSONEncoder(ensure_ascii=False).encode
    with snapshot():
        keys = extract.keys()
        head = encode({"listing": extract.dataset.name, "notes": dict(extract.notes(len(keys)))})
        lines, separator = [head[:-1], ', "records": ['], "\n"
        for record in extract.records(keys):
            lines.append(separator + encode(extract.plain(record)))
            separator = ",\n"
            if len(lines) >= LINES:
                yield "".join(lines).encode()
                lines.clear()
        yield ("".join(lines) + "\n]}\n").encode()
