"""Two that are one: everything moves, nothing stands twice, the old addresses lead on."""

import uuid

import pytest

from conference.editing.copies import copy_of, store
from conference.editing.restoring import restore as restore_revision
from conference.editing.revisions import keep
from conference.editing.snapshot import take
from conference.joining.carrying import join
from conference.joining.plan import GOES, Plan
from conference.joining.references import find
from conference.models import FormerSlug, Organisation, Revision, TrashedRecord
from conference.search import rebuild_index
from conference.trash.belonging import relations_to
from projects_app.models import Partnership
from sessions_app.models import Appearance, Event, Speaker
from tests import make
from tests.joined import fieldsets, joined

pytestmark = pytest.mark.django_db


def people(contribution):
    return [each.speaker.pk for each in contribution.appearances.order_by("position", "pk")]


def test_everything_that_names_a_person_names_the_other():
    stays, goes = make.speaker("Rost", given_name="Ada"), make.speaker("Röst", given_name="Ada")
    first, last = make.speaker("Erste"), make.speaker("Letzte")
    contribution = make.contribution(speakers=[first, goes, last])
    project, video = make.project(), make.video()
    involvement = make.involvement(speaker=goes, project=project, role="Koordination", position=3)
    track = make.text_track(["Guten Abend.", "Danke."], video=video)
    track.cues.update(speaker=goes)
    joined(stays, goes)
    assert people(contribution) == [first.pk, stays.pk, last.pk]
    involvement.refresh_from_db()
    assert (involvement.speaker, involvement.role, involvement.position) == (stays, "Koordination", 3)
    assert set(track.cues.values_list("speaker", flat=True)) == {stays.pk}
    assert not Speaker.objects.filter(pk=goes.pk).exists()
    assert TrashedRecord.objects.of(goes).count() == 1
    for record in (contribution.event, video, stays):
        assert Revision.objects.of(record).filter(kind="run").count() == 1


def test_everything_that_names_an_organisation_names_the_other():
    stays, goes, other = make.organisation("Kreis"), make.organisation("Landkreis"), make.organisation()
    conference = make.conference(organisers=[goes, other], funder=goes)
    speaker = make.speaker(organisations=[goes, stays])
    appearance = make.appearance(speaker=speaker, organisations=[other, goes])
    partnership = make.partnership(organisation=goes)
    through = Appearance.organisations.through.objects.get(organisation=goes)
    joined(stays, goes)
    conference.refresh_from_db()
    assert conference.funder == stays
    assert set(conference.organisers.all()) == {stays, other}
    assert list(speaker.organisations.all()) == [stays]
    assert set(appearance.organisations.all()) == {stays, other}
    assert Appearance.organisations.through.objects.get(organisation=stays).pk == through.pk
    assert Partnership.objects.get(pk=partnership.pk).organisation == stays


def test_of_two_rows_for_the_same_one_is_left_with_the_words_it_lacked():
    stays, goes, town = make.speaker("Rost"), make.speaker("Röst"), make.organisation("Celle")
    contribution, project = make.contribution(), make.project()
    kept = make.appearance(contribution=contribution, speaker=stays, role="Vortrag")
    make.appearance(contribution=contribution, speaker=goes, role="Rede", office="Landrat", organisations=[town])
    involved = make.involvement(speaker=stays, project=project)
    make.involvement(speaker=goes, project=project, role="Koordination")
    joined(stays, goes)
    kept.refresh_from_db()
    assert list(contribution.appearances.all()) == [kept]
    assert (kept.role, kept.office, list(kept.organisations.all())) == ("Vortrag", "Landrat", [town])
    involved.refresh_from_db()
    assert (involved.role, project.involvements.count()) == ("Koordination", 1)


def test_a_mark_comes_with_the_words_it_belongs_to():
    stays, goes, town = make.speaker(), make.speaker(), make.organisation()
    bare, said = make.contribution(), make.contribution()
    for contribution, words in ((bare, {}), (said, {"organisations": [town]})):
        make.appearance(contribution=contribution, speaker=stays, **words)
        make.appearance(contribution=contribution, speaker=goes, is_former=True, organisations=[town])
    joined(stays, goes)
    assert [each.appearances.get().is_former for each in (bare, said)] == [True, False]


def test_what_would_stand_twice_has_nothing_hanging_on_it():
    """Rows that are taken out for being double are not asked who points at them."""
    for model in (Speaker, Organisation):
        for relation in relations_to(model):
            row = relation.related_model
            unique = any(relation.field.name in getattr(rule, "fields", ()) for rule in row._meta.constraints)
            if unique and not row._meta.auto_created:
                assert [each for each in relations_to(row) if not each.related_model._meta.auto_created] == []


def test_fields_are_filled_and_conflicts_chosen():
    stays = make.speaker("Rost", given_name="Ada", website="https://eins.example/")
    goes = make.speaker("Röst", given_name="Ada", academic_title="Dr.", website="https://zwei.example/")
    Speaker.objects.filter(pk=goes.pk).update(biography="<p>Forscht.</p>", other_names="A. Röst\nAda Rost")
    goes.refresh_from_db()
    plan = Plan(stays, goes, fieldsets(Speaker))
    assert [unit.name for unit in plan.conflicts] == ["academic_title", "website"]
    joined(stays, goes, website=GOES)
    stays.refresh_from_db()
    assert (stays.name, stays.biography, stays.website) == ("Dr. Ada Rost", "<p>Forscht.</p>", "https://zwei.example/")
    assert stays.other_names.splitlines() == ["A. Röst", "Ada Röst"]


def test_the_name_that_is_not_chosen_stays_as_another_spelling():
    stays, goes = make.organisation("LK Celle", short_name="LK"), make.organisation("Landkreis Celle", short_name="LKC")
    joined(stays, goes, name=GOES)
    stays.refresh_from_db()
    assert (stays.name, stays.other_names.splitlines()) == ("Landkreis Celle", ["LK Celle", "LKC"])
    assert stays.sort_name == "landkreis celle"


def test_coordinates_are_chosen_together():
    stays = make.organisation("Eins", latitude="52.6", longitude="9.2")
    goes = make.organisation("Zwei", latitude="51.3", longitude="9.2")
    joined(stays, goes, latitude=GOES)
    stays.refresh_from_db()
    assert (float(stays.latitude), float(stays.longitude)) == (51.3, 9.2)


@pytest.mark.parametrize("kind", ["speaker", "organisation"])
def test_old_addresses_lead_to_the_one_that_stays(client, kind):
    stays, goes = getattr(make, kind)("Rost"), getattr(make, kind)("Röst")
    make.former_slug(goes, "ganz-frueher")
    old = goes.get_absolute_url()
    joined(stays, goes)
    for address in (old, old.replace(goes.slug, "ganz-frueher")):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, stays.get_absolute_url())
    assert client.get(stays.get_absolute_url()).status_code == 200
    assert set(FormerSlug.objects.filter(object_id=stays.pk).values_list("slug", flat=True)) == {
        "roest",
        "ganz-frueher",
    }


def test_a_public_one_does_not_end_in_a_draft():
    draft, public = make.speaker(status="draft"), make.speaker()
    assert Plan(draft, public, fieldsets(Speaker)).obstacles
    with pytest.raises(Exception, match="öffentlich oder geplant"):
        joined(draft, public)
    assert Plan(public, draft, fieldsets(Speaker)).obstacles == []


def test_nothing_is_joined_that_was_not_shown():
    stays, goes = make.speaker("Rost"), make.speaker("Röst")
    plan = Plan(stays, goes, fieldsets(Speaker))
    make.contribution(speakers=[goes])
    with pytest.raises(Exception, match="Inzwischen hat sich etwas geändert"):
        join(Plan(stays, goes, fieldsets(Speaker)), None, plan.mark, {})
    assert Speaker.objects.count() == 2


# ── Working copies ───────────────────────────────────────────────────────────────────────────
def test_working_copies_name_the_one_that_stays():
    stays, goes, other = make.speaker("Rost"), make.speaker("Röst"), make.speaker("Andere")
    event = make.event()
    contribution = make.contribution(event=event, speakers=[goes, other])
    data = take(event)
    row = data["parts"]["contributions"][0]["parts"]["appearances"][0]
    row["fields"]["role"] = "Einführung"
    new = row | {"uuid": str(uuid.uuid4()), "pk": None}
    new["fields"] = row["fields"] | {"speaker_id": stays.pk, "role": "", "office": "Landrätin"}
    data["parts"]["contributions"][0]["parts"]["appearances"].append(new)
    data["fields"]["title"] = "Neuer Titel"
    store(event, data)
    joined(stays, goes)
    working_copy = copy_of(event)
    rows = working_copy.data["parts"]["contributions"][0]["parts"]["appearances"]
    said = [(each["fields"]["speaker_id"], each["fields"]["role"], each["fields"]["office"]) for each in rows]
    assert said == [(other.pk, "", ""), (stays.pk, "Einführung", "Landrätin")]
    assert str(goes.pk) not in [str(each["fields"]["speaker_id"]) for each in rows]
    assert Event.objects.get().title == event.title
    assert people(contribution) == [stays.pk, other.pk]


def test_the_working_copy_of_the_one_that_stays_shows_what_has_moved():
    stays, goes, project = make.speaker("Rost"), make.speaker("Röst"), make.project()
    make.involvement(speaker=goes, project=project)
    data = take(stays)
    data["fields"]["remark"] = "In Arbeit"
    store(stays, data)
    joined(stays, goes)
    after = copy_of(stays).data
    assert (after["fields"]["remark"], len(after["parts"]["involvements"])) == ("In Arbeit", 1)
    assert Speaker.objects.get(pk=stays.pk).remark == ""


def test_an_old_revision_comes_back_with_the_one_that_stays():
    stays, goes = make.speaker("Rost"), make.speaker("Röst")
    event = make.event(status="draft")
    contribution = make.contribution(event=event, speakers=[goes])
    old = keep(event, Revision.Kind.SAVED)
    joined(stays, goes)
    contribution.appearances.all().delete()
    restore_revision(event, Revision.objects.get(pk=old.pk), make.publisher())
    assert people(contribution) == [stays.pk]
    assert Revision.objects.get(pk=old.pk).data["parts"] == old.data["parts"]


# ── Cost ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("number", [1, 3])
def test_finding_what_points_costs_the_same_for_one_and_for_three(django_assert_max_num_queries, number):
    stays, goes = make.speaker(), make.speaker()
    for _each in range(number):
        make.contribution(speakers=[goes])
        make.contribution(speakers=[goes, stays])
        make.involvement(speaker=goes)
    with django_assert_max_num_queries(10):
        find(stays, goes)


def test_a_search_for_the_old_name_finds_the_one_that_stays(client):
    stays, goes = make.speaker("Rost"), make.speaker("Röst")
    make.contribution("Leerstand", event=make.event("Leerstand"), speakers=[goes])
    make.event("Leerstand anderswo")
    rebuild_index()
    joined(stays, goes)
    answers = [client.get("/suche/", {"q": "Leerstand", "person": slug}) for slug in ("rost", "roest")]
    chosen = [answer.context["results"].filters["person"].chosen.label for answer in answers]
    totals = [answer.context["results"].total for answer in answers]
    assert (chosen, totals) == (["Rost", "Rost"], [1, 1])
