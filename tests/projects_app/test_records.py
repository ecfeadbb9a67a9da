import datetime

import pytest

from conference.exports import Extract
from projects_app.records import PROJECTS
from tests import make

pytestmark = pytest.mark.django_db


def test_a_project_tells_partners_and_funding_codes():
    project = make.project(
        "KoDa eG",
        start="2017-03",
        end="2020-06-30",
        federal_states=["DE-NI", "DE-HE"],
        places=["Marklohe", ("Kassel", "51.3", "9.5")],
    )
    for position, (name, role, code) in enumerate(
        [("Landkreis", "lead", "033L178A"), ("Universität", "partner", "033L178B"), ("Land", "associated", "")]
    ):
        organisation = make.organisation(name)
        make.partnership(project=project, organisation=organisation, role=role, funding_code=code, position=position)
    make.partnership(project=project, organisation_text="Ein Büro", role="partner", position=9)
    extract = Extract(PROJECTS)
    (record,) = extract.records(extract.keys())
    cells = {column.key: column.value(record) for column in extract.columns}
    assert {
        key: cells[key] for key in ("lead", "partners", "associated", "funding_codes", "places", "start", "end")
    } == {
        "lead": "Landkreis",
        "partners": "Universität; Ein Büro",
        "associated": "Land",
        "funding_codes": "033L178A (Landkreis); 033L178B (Universität)",
        "places": "Marklohe; Kassel",
        "start": "2017-03",
        "end": datetime.date(2020, 6, 30),
    }
    assert cells["federal_states"] == "Hessen; Niedersachsen"
