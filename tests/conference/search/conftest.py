"""A small library: one page each, so that every query has an exact set of hits."""

import pytest

from conference.search import rebuild_index
from tests import make


@pytest.fixture
def library(db):
    texts = {
        "Häuser im Ort": "<p>Viele Häuser stehen leer. Die Kommune kauft sie.</p>",
        "Straßen": "<p>Die Öffentlichkeit diskutiert über neue Straßen. Leerstand und offene Daten.</p>",
        "KoDa_eG": "<p>Eine Genossenschaft für die Daseinsvorsorge.</p>",
        "Kommunen handeln": "<p>Die Entwicklung der Ortskerne. Daten sind nicht offen.</p>",
        "Bürger*innen": "<p>E-Mail an Frau Müller im Wuppertal-Institut, Förderkennzeichen 033L187A.</p>",
        "Anderes": "<p>KoDa eG trifft andere. Wir sind viele; das Leerstandskataster hilft.</p>",
    }
    for title, body in texts.items():
        make.page(title, body=body)
    rebuild_index()
