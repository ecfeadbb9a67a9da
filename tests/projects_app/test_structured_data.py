"""A project as machines read it."""

import json

import pytest

from conference.structured_data import script
from projects_app.models import Project
from projects_app.structured_data import project_node
from tests import make

pytestmark = pytest.mark.django_db


def test_project_tells_partners_roles_and_funding(django_assert_num_queries):
    town = make.organisation("Stadt Köln", kind="municipality")
    made = make.project(
        "KoDa eG",
        title="Kommunale Daseinsvorsorge",
        headline="Genossenschaften",
        start="2017-03",
        end="2020",
        funding_code="033L180",
        federal_states=["DE-NW"],
        themes=[make.theme("Wagen"), make.theme("Geheim", status="draft")],
        places=[("Köln", "50.93000", "6.95000"), "Bonn"],
    )
    make.partnership(made, town, role="lead", funding_code="033L180A")
    make.partnership(made, organisation_text="Ein Verein", position=1, funding_code="033L180")
    make.partnership(made, make.organisation("Geheim", status="draft"), position=2)
    project = Project.objects.published().with_relations().get()
    with django_assert_num_queries(0):
        node = json.loads(script(project_node(project)))["@graph"][0]
    assert node["alternateName"] == ["Kommunale Daseinsvorsorge"]
    assert (node["foundingDate"], node["dissolutionDate"]) == ("2017-03", "2020")
    members = [(each["roleName"], each["member"]["@type"], each["member"]["name"]) for each in node["member"]]
    assert members == [
        ("Verbundkoordination", "GovernmentOrganization", "Stadt Köln"),
        ("Partner", "Organization", "Ein Verein"),
    ]
    assert [grant["identifier"] for grant in node["funding"]] == ["033L180", "033L180A"]
    assert [(place["name"], place.get("geo", {}).get("latitude")) for place in node["location"]] == [
        ("Köln", 50.93),
        ("Bonn", None),
    ]
    assert [theme["name"] for theme in node["subjectOf"]] == ["Wagen"]
    assert "eheim" not in json.dumps(node)
