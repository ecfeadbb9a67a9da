"""Read a page as a visitor does: its words, its links, the number of its queries."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext


def html_of(client, address: str) -> str:
    """The main part of a page that must be there, no-break spaces and line ends as spaces."""
    response = client.get(address)
    assert response.status_code == 200, address
    page = response.content.decode().replace("\u00a0", " ")
    return " ".join(page[page.index("<main") : page.index("</main>")].split())


def text_of(client, address: str) -> str:
    """The words between the tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", html_of(client, address)).split())


def slugs_in(client, address: str, path: str) -> set[str]:
    """The slugs of the things of one kind the main part links to: `slugs_in(client, "/vorhaben/", "/vorhaben/")`."""
    return set(re.findall(rf'href="{path}([^"/?#]+)/', html_of(client, address)))


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)
