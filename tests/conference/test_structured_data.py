"""The words machines read, and the nouns of the ground floor in them."""

import json
import re

import pytest
from django.utils.translation import override

from conference.models import Conference
from conference.structured_data import conference_node, organisation_node, script, summary_of
from tests import make

pytestmark = pytest.mark.django_db


def test_organisation_has_its_kind_and_place():
    organisation = make.organisation("Stadt Köln", kind="municipality", place="Köln", federal_state="DE-NW")
    node = json.loads(script(organisation_node(organisation)))["@graph"][0]
    assert node["@type"] == "GovernmentOrganization"
    assert node["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Köln",
        "addressRegion": "Nordrhein-Westfalen",
    }
    bare = json.loads(script(organisation_node(make.organisation("Difu"))))["@graph"][0]
    assert set(bare) == {"@type", "@id", "name", "url", "identifier"}


def test_place_and_network_of_a_hybrid_conference():
    made = make.conference(format="hybrid", place="Berlin")
    node = conference_node(Conference.objects.with_relations().get(pk=made.pk))
    assert node["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in node["location"]] == ["VirtualLocation", "Place"]


def test_identity_is_the_same_in_every_language():
    organisation = make.organisation("Difu")
    german = organisation_node(organisation)
    with override("en"):
        english = organisation_node(organisation)
    assert german["@id"] == english["@id"]
    assert german["url"] != english["url"]


def test_script_cannot_be_left():
    text = "</script><script>alert(1)</script>&amp;\u2028\u2029<!--"
    written = script({"@type": "Thing", "name": text, "empty": "", "none": None, "nothing": []})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written)["@graph"] == [{"@type": "Thing", "name": text}]


def test_summary_is_plain_and_short():
    page = make.page(body=f"<p>Ein <strong>Anfang</strong> &amp; mehr.</p><p>{'Wort ' * 100}</p>")
    summary = summary_of(page)
    assert summary.startswith("Ein Anfang & mehr. Wort Wort")
    assert len(summary) <= 240
    assert summary.endswith(" …")
    assert summary_of(make.project(headline="Worum es geht", goals="<p>Ziele</p>")) == "Worum es geht"
    assert summary_of(make.page()) == ""
