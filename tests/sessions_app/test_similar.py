"""Somebody new who may be there already: while typing, and before saving."""

import pytest

from conference.models import EditorScope, Organisation
from sessions_app.models import Speaker
from tests import make
from tests.desk import posted, words

pytestmark = pytest.mark.django_db
ASK, NEW_SPEAKER, NEW_ORGANISATION = (
    "/admin/aehnliche/",
    "/admin/sessions_app/speaker/add/",
    "/admin/conference/organisation/add/",
)


def ask(client, **given):
    return client.get(ASK, given)


def test_similar_people_are_named(editor_client):
    anna = make.speaker(given_name="Anna", family_name="Müller", academic_title="Dr.", status="draft")
    make.speaker(given_name="Bernd", family_name="Müller")
    answer = ask(editor_client, art="person", vorname="Ana", nachname="Mueller").json()
    assert answer == {
        "words": "Ähnlich heißt schon:",
        "found": [
            {
                "name": "Dr. Anna Müller",
                "url": f"/admin/sessions_app/speaker/{anna.pk}/change/",
                "state": "Entwurf",
            }
        ],
        "consent": "Trotzdem neu anlegen",
    }


def test_similar_organisations_are_named(editor_client):
    make.organisation("Wuppertal Institut für Klima", short_name="WI", other_names="Klimainstitut Wuppertal")
    make.organisation("Stadt Celle")
    for name in ("Wuppertal Institut", "wi", "Klima-Institut Wuppertal"):
        found = ask(editor_client, art="einrichtung", name=name).json()["found"]
        assert [each["name"] for each in found] == ["Wuppertal Institut für Klima"], name


def test_nobody_similar(editor_client):
    make.speaker(given_name="Anna", family_name="Müller")
    assert ask(editor_client, art="person", vorname="Bernd", nachname="Schulze").json()["found"] == []
    assert ask(editor_client, art="person").json()["found"] == []
    assert ask(editor_client, art="person", nachname="x" * 100_000).json()["found"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_similar_costs_the_same_for_one_and_many(editor_client, django_assert_max_num_queries, count):
    for _number in range(count):
        make.speaker(given_name="Anna", family_name="Müller")
    with django_assert_max_num_queries(6):
        assert len(ask(editor_client, art="person", nachname="Müller").json()["found"]) == count


def test_similar_takes_the_right_to_view(client):
    make.speaker(given_name="Anna", family_name="Müller")
    given = {"art": "person", "nachname": "Müller"}
    assert ask(client, **given).status_code == 302
    client.force_login(make.analyst())
    assert ask(client, **given).status_code == 403
    client.force_login(make.user(permissions=["conference.view_organisation"]))
    assert ask(client, **given).status_code == 403
    assert ask(client, art="einrichtung", name="x").status_code == 200
    assert ask(client, art="user", name="x").status_code == 404


def test_similar_names_people_of_all_conferences(client):
    """People are shared: who edits one conference only must find them too."""
    make.speaker(given_name="Anna", family_name="Müller")
    person = make.editor()
    EditorScope.objects.create(user=person).conferences.set([make.conference()])
    client.force_login(person)
    assert len(ask(client, art="person", nachname="Müller").json()["found"]) == 1


# ── Without scripts ──────────────────────────────────────────────────────────────────────────
def add(client, address, **fields):
    return client.post(address, posted(client.get(address)) | fields)


def test_the_form_asks_before_it_saves_somebody_alike(editor_client):
    make.speaker(given_name="Anna", family_name="Müller")
    name = {"given_name": "Ana", "family_name": "Mueller"}
    response = add(editor_client, NEW_SPEAKER, **name)
    assert response.status_code == 200
    assert "Ähnlich heißt schon: Anna Müller Trotzdem neu anlegen" in " ".join(words(response).split())
    assert 'name="_anyway"' in response.content.decode()
    assert response.context["adminform"].form["given_name"].value() == "Ana"
    assert Speaker.objects.count() == 1
    assert add(editor_client, NEW_SPEAKER, **name, _anyway="on").status_code == 302
    assert Speaker.objects.count() == 2


def test_the_form_asks_for_organisations_too(editor_client):
    make.organisation("Stadt Celle")
    fields = {"name": "Stadt Zelle", "kind": Organisation.Kind.MUNICIPALITY}
    assert "Trotzdem neu anlegen" in words(add(editor_client, NEW_ORGANISATION, **fields))
    assert Organisation.objects.count() == 1


def test_the_form_asks_nothing_where_nobody_is_alike(editor_client):
    make.speaker(given_name="Anna", family_name="Müller")
    assert add(editor_client, NEW_SPEAKER, given_name="Bernd", family_name="Schulze").status_code == 302


def test_the_form_asks_nothing_about_somebody_known(editor_client):
    anna, _other = (make.speaker(given_name="Anna", family_name="Müller") for _number in range(2))
    address = f"/admin/sessions_app/speaker/{anna.pk}/change/"
    response = add(editor_client, address, given_name="Anne")
    assert "Trotzdem neu anlegen" not in words(response)


def test_names_never_become_markup(editor_client):
    make.speaker(given_name="<b>Anna</b>", family_name="<script>alert(1)</script>Müller")
    response = add(editor_client, NEW_SPEAKER, given_name="<b>Anna</b>", family_name="<script>alert(1)</script>Müller")
    assert "Trotzdem neu anlegen" in words(response)
    assert "<script>alert" not in response.content.decode()
