import csv
import io

import pytest
from django.urls import reverse

from conference.exports import FORMATS
from tests import make

pytestmark = pytest.mark.django_db
LISTS = [
    "sessions_app_event",
    "sessions_app_contribution",
    "sessions_app_speaker",
    "sessions_app_video",
    "projects_app_project",
    "conference_organisation",
    "conference_material",
    "conference_image",
]


def rows(answer) -> list[dict]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def names():
    for name in ("Universität Kassel", "Stadt Kassel", "Wuppertal Institut"):
        kind = "municipality" if name.startswith("Stadt") else "research"
        make.organisation(name, kind=kind, status="draft" if name.startswith("Wupp") else "published")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_offers_its_files_to_those_with_the_right(name, client):
    changelist, download = reverse(f"admin:{name}_changelist"), reverse(f"admin:{name}_export", args=["csv"])
    client.force_login(make.administrator())
    page = client.get(f"{changelist}?q=Kassel")
    assert [address for _words, address in page.context["export_links"]] == [
        f"{download.removesuffix('csv')}{file_format}?q=Kassel" for file_format in FORMATS
    ]
    assert f'href="{download}?q=Kassel"' in page.content.decode()
    assert client.get(download).status_code == 200
    client.force_login(make.editor())
    assert download not in client.get(changelist).content.decode()
    assert client.get(download).status_code == 403
    client.force_login(make.analyst())
    assert client.get(download).status_code == 403
    client.logout()
    assert client.get(download)["Location"].startswith(reverse("admin:login"))


def test_a_list_is_taken_with_its_search_filters_and_order(client, names):
    client.force_login(make.administrator())
    address = reverse("admin:conference_organisation_export", args=["csv"])
    for query, found in (
        ("", ["Stadt Kassel", "Universität Kassel", "Wuppertal Institut"]),
        ("?q=Kassel", ["Stadt Kassel", "Universität Kassel"]),
        ("?q=Kassel&kind__exact=research", ["Universität Kassel"]),
        ("?stand=entwurf", ["Wuppertal Institut"]),
        ("?o=-1", ["Wuppertal Institut", "Universität Kassel", "Stadt Kassel"]),
    ):
        assert [row["Name"] for row in rows(client.get(address + query))] == found


def test_a_nonsensical_filter_leads_back_to_the_list(client):
    client.force_login(make.administrator())
    answer = client.get(reverse("admin:conference_organisation_export", args=["csv"]) + "?gibt__es__nicht=1")
    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:conference_organisation_changelist"))
    assert client.get(reverse("admin:conference_organisation_export", args=["exe"])).status_code == 404


def test_chosen_rows_are_taken_alone(client, names):
    from conference.models import Organisation

    changelist = reverse("admin:conference_organisation_changelist")
    chosen = list(Organisation.objects.filter(name__endswith="Kassel").values_list("pk", flat=True))
    client.force_login(make.administrator())
    answer = client.post(changelist, {"action": "export_csv", "_selected_action": chosen})
    assert [row["Name"] for row in rows(answer)] == ["Stadt Kassel", "Universität Kassel"]
    answer = client.post(changelist, {"action": "export_xlsx", "_selected_action": chosen})
    assert b"".join(answer.streaming_content).startswith(b"PK")
    client.force_login(make.editor())
    answer = client.post(changelist, {"action": "export_csv", "_selected_action": chosen})
    assert (answer.status_code, answer.streaming) == (302, False)
