"""A listing out and back again, without a browser."""

import io

from django.contrib.auth.models import User

from conference.exports import FORMATS
from conference.roundtrip.comparing import compare
from conference.roundtrip.exporting import EditExtract
from conference.roundtrip.reading import read_table
from conference.tables import read_book
from sessions_app.roundtrip import EDITABLE

# Every way a listing can go out to be edited: (format, what stands between the cells).
WAYS = [("csv", ";"), ("csv", ","), *((name, "") for name in FORMATS if name not in ("csv", "pdf"))]
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
