"""The page that makes one of two: from the list, from the form, shown, done, taken back; and who may."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from conference.models import ChangeRun, EditorScope, Organisation
from sessions_app.models import Speaker
from tests import make
from tests.desk import url
from tests.trashed import text

pytestmark = pytest.mark.django_db


def address(stays, goes=None):
    kind = ContentType.objects.get_for_model(stays).pk
    return f"{reverse('admin:join', args=[kind])}?bleibt={stays.pk}" + (f"&geht={goes.pk}" if goes else "")


def sent(client, stays, goes, **fields):
    """The form as the page shows it, sent."""
    mark = re.search(r'name="stand" value="(\w+)"', client.get(address(stays, goes)).content.decode())
    return client.post(address(stays, goes), {"stand": mark[1] if mark else "", **fields}, follow=True)


@pytest.fixture
def pair():
    return make.speaker("Rost", given_name="Ada"), make.speaker("Röst", given_name="Ada", website="https://r.example/")


def test_from_the_list_to_the_end_and_back(publisher_client, pair):
    stays, goes = pair
    contribution = make.contribution("Vortrag", event=make.event("Abend"))
    make.appearance(contribution=contribution, speaker=goes, role="Eröffnung")
    chosen = {"action": "join_selected", "_selected_action": [stays.pk, goes.pk]}
    first = publisher_client.post(url(Speaker, "changelist"), chosen, follow=True)
    seen = text(first)
    assert first.redirect_chain[-1][0] == address(stays, goes)
    assert "Bleibt: Ada Rost" in seen and "Geht in den Papierkorb: Ada Röst" in seen
    assert "Auftritt (1) Beitrag „Vortrag“ in „Abend“ Eröffnung" in seen
    assert "Website: https://r.example/ aus dem anderen Eintrag" in seen
    assert "Alte Adressen, die hierher führen: /ada-roest/" in seen
    assert Speaker.objects.count() == 2
    done = sent(publisher_client, stays, goes, **{"feld-academic_title": "geht"})
    assert "„Ada Röst“ und „Ada Röst“ sind zusammengeführt." in text(done)
    assert Speaker.objects.get().other_names == "Ada Rost"
    assert contribution.appearances.get().speaker == stays
    run = ChangeRun.objects.get()
    detail = reverse("admin:run_detail", args=[run.uuid])
    assert "Umgezogen: 1 Auftritt." in text(publisher_client.get(detail))
    assert "zurückgenommen" in text(publisher_client.post(detail, {"_undo": "x"}, follow=True))
    assert contribution.appearances.get().speaker == goes
    assert Speaker.objects.get(pk=goes.pk).website == "https://r.example/"


def test_the_list_asks_for_exactly_two(publisher_client, pair):
    third = make.speaker()
    for chosen in ([pair[0].pk], [pair[0].pk, pair[1].pk, third.pk]):
        answer = publisher_client.post(
            url(Speaker, "changelist"), {"action": "join_selected", "_selected_action": chosen}, follow=True
        )
        assert "genau zwei" in text(answer)


def test_the_public_one_is_the_one_to_stay(publisher_client):
    draft, public = make.speaker(status="draft"), make.speaker()
    chosen = {"action": "join_selected", "_selected_action": [draft.pk, public.pk]}
    answer = publisher_client.post(url(Speaker, "changelist"), chosen)
    assert answer["Location"] == address(public, draft)
    refused = publisher_client.get(address(draft, public))
    assert "Bitte behalten Sie den ersten" in text(refused)
    assert 'name="_join"' not in refused.content.decode()
    sent(publisher_client, draft, public)
    assert Speaker.objects.count() == 2


def test_from_the_form_by_similar_names_or_by_search(publisher_client, pair):
    stays, goes = pair
    form = publisher_client.get(url(Speaker, "change", stays.pk)).content.decode()
    assert f'href="{address(stays)}"' in form
    page = publisher_client.get(address(stays))
    assert [each for each, *_urls in page.context["similar"]] == [goes]
    assert "admin-autocomplete" in page.content.decode()
    assert list(page.context["form"].fields["geht"].queryset) == [goes]


def test_what_is_double_is_said_before(publisher_client, pair):
    stays, goes = pair
    contribution = make.contribution("Vortrag")
    make.appearance(contribution=contribution, speaker=stays, role="Vortrag")
    make.appearance(contribution=contribution, speaker=goes, role="Rede", office="Landrat", is_former=True)
    seen = text(publisher_client.get(address(stays, goes)))
    assert "Bleibt: Vortrag Übernommen: Landrat Fällt weg: Rede, ehemals" in seen


def test_sentences_are_counted_by_the_video(publisher_client, pair):
    stays, goes = pair
    track = make.text_track(["Guten Abend.", "Danke."], video=make.video("Mitschnitt"))
    track.cues.update(speaker=goes)
    seen = text(publisher_client.get(address(stays, goes)))
    assert "Textstellen (2) Video „Mitschnitt“ 2 Textstellen" in seen


def test_an_organisation_names_what_it_moves(publisher_client):
    stays, goes = make.organisation("Kreis"), make.organisation("Landkreis")
    make.conference("Herbst", organisers=[goes], funder=goes)
    make.partnership(make.project("KoDa"), goes, funding_code="01LR")
    make.speaker("Rost", organisations=[goes])
    seen = text(publisher_client.get(address(stays, goes)))
    for words in (
        "Konferenz: Gefördert von (1) Konferenz „Herbst“",
        "Konferenz: Veranstaltet von (1) Konferenz „Herbst“",
        "Partnerschaft (1) Verbundvorhaben „KoDa“ Partner, 01LR",
        "Mitwirkende: Einrichtungen (1) Mitwirkende „Rost“",
    ):
        assert words in seen
    sent(publisher_client, stays, goes)
    assert Organisation.objects.count() == 1


def test_what_has_changed_since_is_shown_again(publisher_client, pair):
    stays, goes = pair
    publisher_client.get(address(stays, goes))
    old = re.search(r'name="stand" value="(\w+)"', publisher_client.get(address(stays, goes)).content.decode())[1]
    make.contribution(speakers=[goes])
    answer = publisher_client.post(address(stays, goes), {"stand": old})
    assert "Inzwischen hat sich etwas geändert" in text(answer)
    assert Speaker.objects.count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(publisher_client, django_assert_max_num_queries, pair, number):
    stays, goes = pair
    for _each in range(number):
        make.contribution(speakers=[goes])
        make.contribution(speakers=[goes, stays])
        make.involvement(speaker=goes)
        make.text_track(["Danke."]).cues.update(speaker=goes)
    publisher_client.get(address(stays, goes))
    with django_assert_max_num_queries(60):
        publisher_client.get(address(stays, goes))


# ── Rights ───────────────────────────────────────────────────────────────────────────────────
def test_nobody_joins_without_the_rights_to_publish_and_to_delete(client, pair):
    stays, goes = pair
    everything = address(stays, goes)
    assert "/admin/login/" in client.get(everything)["Location"]
    assert "/admin/login/" in client.post(everything)["Location"]
    rights = [f"sessions_app.{action}_speaker" for action in ("view", "change", "delete", "publish")]
    for lacking in rights[1:]:
        client.force_login(make.user(permissions=[right for right in rights if right != lacking]))
        assert client.get(everything).status_code == client.post(everything, {"stand": "x"}).status_code == 403
        assert client.get(address(stays)).status_code == 403
        assert "Zusammenführen" not in text(client.get(url(Speaker, "changelist")))
        if lacking != rights[1]:
            assert "Zusammenführen" not in text(client.get(url(Speaker, "change", stays.pk)))
    client.force_login(make.user(permissions=rights))
    assert client.get(everything).status_code == 200
    assert Speaker.objects.count() == 2


def test_who_works_on_some_conferences_joins_nobody(client, pair):
    person = make.publisher()
    EditorScope.objects.create(user=person).conferences.set([make.conference()])
    client.force_login(person)
    assert client.get(address(*pair)).status_code == client.post(address(*pair)).status_code == 403


def test_names_that_somebody_may_not_see_are_only_counted(client, pair):
    stays, goes = pair
    contribution = make.contribution("Geheimer Beitrag", event=make.event("Geheime Sitzung", status="draft"))
    make.appearance(contribution=contribution, speaker=goes, role="Geheime Rolle")
    both = make.contribution("Geheimer Beitrag", event=make.event("Geheime Sitzung", status="draft"))
    for speaker in pair:
        make.appearance(contribution=both, speaker=speaker, role="Geheime Rolle")
    rights = [f"sessions_app.{action}_speaker" for action in ("view", "change", "delete", "publish")]
    client.force_login(make.user(permissions=rights))
    seen = text(client.get(address(stays, goes)))
    assert "1 Stelle, die Sie nicht einsehen dürfen" in seen
    assert "Geheime" not in seen


def test_a_run_is_taken_back_only_by_those_who_may_join(client, pair, publisher_client):
    sent(publisher_client, *pair)
    detail = reverse("admin:run_detail", args=[ChangeRun.objects.get().uuid])
    client.force_login(make.editor())
    assert client.get(detail).status_code == client.post(detail, {"_undo": "x"}).status_code == 403
    assert ChangeRun.objects.get().undone_at is None


@pytest.mark.parametrize("query", ["", "?bleibt=x", "?bleibt=99999", "?bleibt={0}&geht=99999", "?bleibt={0}&geht=²"])
def test_what_is_not_there_is_not_found(publisher_client, pair, query):
    kind = ContentType.objects.get_for_model(Speaker).pk
    assert publisher_client.get(f"/admin/zusammenfuehren/{kind}/{query.format(pair[0].pk)}").status_code == 404


def test_only_people_and_organisations_are_joined(publisher_client, pair):
    event = make.event()
    assert publisher_client.get(address(event)).status_code == 404
    assert "zweimal derselbe" in text(publisher_client.get(address(pair[0], pair[0])))
    answer = sent(publisher_client, pair[0], pair[0])
    assert "zweimal derselbe" in text(answer)
