"""A listing out and back again, without a browser and at its desk."""

import csv
import io

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from conference.editing.saving import save_as
from conference.editing.snapshot import take
from conference.exports import FORMATS
from conference.roundtrip.comparing import compare
from conference.roundtrip.exporting import EditExtract
from conference.roundtrip.reading import read_table
from conference.tables import read_book
from sessions_app.roundtrip import EDITABLE

# Every way a listing can go out to be edited: (format, what stands between the cells).
WAYS = [("csv", ";"), ("csv", ","), *((name, "") for name in FORMATS if name not in ("csv", "pdf"))]
DESK = "/admin/tabellen/"
OPERATOR = User(username="operator", is_staff=True, is_superuser=True)
LISTINGS = {listing.name: listing for listing in EDITABLE}


def sent(listing, file_format="csv", delimiter=";", user=OPERATOR, conference=None) -> bytes:
    """The file as it goes out."""
    extract = EditExtract.of(listing, user, conference, file_format)
    return b"".join(FORMATS[file_format].write(extract, delimiter))


def came_back(content: bytes, listing, file_format="csv", user=OPERATOR):
    """What a file would do."""
    book = read_book(io.BytesIO(content), f"liste.{file_format}")
    return compare(read_table(book, listing, EDITABLE), listing, user)


def rows_of(content: bytes) -> list[dict]:
    """The rows of a CSV file, by the names of its columns."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def file_of(rows: list[dict]) -> bytes:
    """Such rows as a CSV file again."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return ("\ufeff" + target.getvalue()).encode()


def edited(name: str, change, user=OPERATOR) -> bytes:
    """A listing after somebody has changed its rows: `change(rows)` in place, or what it returns."""
    rows = rows_of(sent(LISTINGS[name], user=user))
    return file_of(change(rows) or rows)


def planned(name: str, change, user=OPERATOR):
    """What an edited listing would do."""
    return came_back(edited(name, change, user), LISTINGS[name], user=user)


def set_to(column: str, value: str, number: int = 0):
    """A change of one cell."""

    def change(rows):
        rows[number][column] = value

    return change


def changed_since(record, **fields):
    """Somebody saves the record with other values."""
    data = take(record)
    save_as(record, data | {"fields": data["fields"] | fields}, None)


def changes(plan) -> list[tuple]:
    """(title, column, before, after) of all that would change."""
    return [
        (row.title, field.key, field.of(row.before), field.of(row.after))
        for row in plan.changed
        for field in plan.listing.edited
        if not field.same(field.of(row.after), field.of(row.before))
    ]


def refusals(plan) -> list[str]:
    return [f"{place}: {sentence}" for row in plan.refused for place, sentence in row.places]


# ── At the desk ──────────────────────────────────────────────────────────────────────────────
def upload(client, name: str, content: bytes, file_name="liste.csv"):
    """The page that says what the file would do."""
    file = SimpleUploadedFile(file_name, content)
    return client.post(DESK, {"liste": name, "datei": file}, follow=True)


def apply(client, response, **more):
    address = response.redirect_chain[-1][0]
    return client.post(address, {"stand": response.context["plan"].mark} | more, follow=True)
