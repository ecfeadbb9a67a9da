"""The sample: complete, true to its facts, loaded once, and never over an editor's work."""

import datetime
import html
import re
import tempfile
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from conference.models import Conference, Image, Material, Organisation, Page, Theme
from conference.search.index import missing_documents
from projects_app.models import Partnership, Project, ProjectPlace
from sessions_app import sample_loader
from sessions_app.models import (
    Appearance,
    Chapter,
    Contribution,
    Event,
    GuidingQuestion,
    Involvement,
    MediaFile,
    Speaker,
    TextTrack,
    Video,
)
from sessions_app.sample_loader import PUBLISHED_AT, load_sample, read_sample
from tests import make

COUNTS = {
    Conference: 1,
    Event: 7,
    Theme: 6,
    Speaker: 51,
    Organisation: 134,
    Project: 30,
    Material: 51,
    Video: 7,
    Page: 4,
}
PARTS = {
    **{Contribution: 33, Appearance: 44, GuidingQuestion: 28, Partnership: 130, ProjectPlace: 62, Involvement: 15},
    **{MediaFile: 14, TextTrack: 14, Chapter: 28, Image: 7},
}
# Kept in the file as evidence or looked up by the loader, not a field of the record itself.
EVIDENCE = {
    "source", "sources", "documentation", "page_url", "programme_url", "members", "funding_amount_eur",
    "further_topics", "place_source", "title_source", "year_source", "affiliation_source", "given_name_source",
}  # fmt: skip
RELATIONS = {
    "organisers", "funder", "materials", "theme", "themes", "contributions", "videos", "organisations", "involvements",
    "places", "partnerships",
}  # fmt: skip


def dump():
    """Every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def everything():
    for model in (*COUNTS, *PARTS):
        yield from model._base_manager.all()


def prose(node):
    """Every text of `texte.yaml` as plain words."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        return [text for part in node for text in prose(part)]
    return [html.unescape(re.sub(r"<[^>]+>", "\n", node))] if isinstance(node, str) else []


def sentences(text):
    text = re.sub(r"(\d)\. ", "\\1.\u00a0", text)
    return [sentence for line in text.split("\n") for sentence in re.split(r"(?<=[.?!:]) +", line.strip()) if sentence]


class LoadedSampleTests(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.uploads = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_ROOT=cls.uploads))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        cls.made = load_sample()

    def event(self, slug):
        return Event.objects.published().with_relations().get(slug=slug)

    def people_of(self, event):
        return [
            (str(appearance.visible_speaker), appearance.role, appearance.affiliation)
            for contribution in event.visible_contributions
            for appearance in contribution.visible_appearances
        ]

    def test_all_of_it_is_there_and_public(self):
        assert self.made == Counter(COUNTS)
        assert {model: model.objects.published().count() for model in COUNTS} == COUNTS
        assert {model: model._base_manager.count() for model in PARTS} == PARTS

    def test_the_opening_shows_its_eight_people(self):
        event = self.event("auftakt")
        assert (event.date, event.start_time, event.end_time) == (
            datetime.date(2020, 10, 28), datetime.time(9, 30), datetime.time(12, 30)
        )  # fmt: skip
        komkomin = "Wissenschaftliches Begleit-, Vernetzungs- und Transfervorhaben KomKomIn"
        ils = "ILS – Institut für Landes- und Stadtentwicklungsforschung"
        assert self.people_of(event) == [
            (
                "Prof. Dr. Harald Welzer",
                "Keynote",
                "Futurzwei. Stiftung Zukunftsfähigkeit, Europa-Universität Flensburg",
            ),
            ("Prof. Dr. Gesine Schwan", "Reflexion", "HUMBOLDT-VIADRINA Governance Platform"),
            ("Prof. Dr. Dr. Ortwin Renn", "Reflexion", "IASS Potsdam"),
            ("Prof. Dr. Stefan Siedentop", "Reflexion", ils),
            ("Prof. Dr. Uwe Schneidewind", "Reflexion", "ehemals Wuppertal Institut"),
            ("Oda Keppler", "Einführung", "Ministerialdirigentin, Bundesministerium für Bildung und Forschung"),
            (
                "Dr. Stephanie Bock",
                "Überblick über die Fördermaßnahme",
                f"Deutsches Institut für Urbanistik gGmbH, {komkomin}",
            ),
            ("Katrin Fahrenkrug", "Moderation", f"Institut Raum & Energie GmbH, {komkomin}"),
        ]

    def test_offices_and_conflicting_facts_are_kept(self):
        event = self.event("interkommunal-agieren")
        people = self.people_of(event)
        assert ("Detlev Kohlmeier", "Projektvorstellung", "Landrat, Landkreis Nienburg/Weser") in people
        assert ("Alexander Heppe", "Projektvorstellung", "Bürgermeister, Stadt Eschwege") in people
        assert "Katrin Fahrenkrug" in event.remark and "Julia Reiß" in event.remark
        assert Project.objects.get(slug="coprogruen").remark.startswith("Zur Laufzeit gibt es abweichende Angaben.")
        assert Material.objects.exclude(remark="").count() == 7

    def test_the_fourth_event_has_a_date_and_no_programme(self):
        event = self.event("innen-entwickeln")
        assert (event.number, event.date) == (4, datetime.date(2020, 11, 17))
        assert (event.start_time, event.end_time, event.visible_contributions) == (None, None, [])

    def test_events_join_themes_questions_and_recordings(self):
        events = list(Event.objects.published().with_relations().chronological())
        assert [event.number for event in events] == [1, 2, 3, 4, 5, 6, 7]
        assert [event.kind for event in events] == ["opening"] + ["thematic"] * 6
        assert [event.theme and event.theme.slug for event in events] == [None, *(event.slug for event in events[1:])]
        assert [event.questions.count() for event in events] == [4] * 7
        for event in events:
            assert [video.slug for video in event.visible_videos] == [f"demonstrationsvideo-{event.slug}"]
            assert event.state == "held"
        with_documentation = ["auftakt", "experimente-wagen", "allianzen-bilden", "interkommunal-agieren"]
        assert [event.slug for event in events if event.visible_materials] == with_documentation

    def test_projects_are_linked_to_partners_events_and_people(self):
        project = Project.objects.published().with_relations().get(slug="koda-eg")
        partnerships = [(str(partnership), partnership.role) for partnership in project.visible_partnerships]
        assert partnerships[0] == ("Zentrum für zivilgesellschaftliche Entwicklung", "lead")
        assert partnerships[-1] == ("Amt Lützow-Lübstorf", "associated")
        assert len(partnerships) == 12
        shown = Event.objects.filter(contributions__projects=project).distinct()
        assert [event.slug for event in shown] == ["allianzen-bilden"]
        assert project.federal_states == ["DE-BW", "DE-TH"]
        assert "KoDa_eG" in project.other_names
        assert Project.objects.get(slug="nola").funding_code == "033L169A-B"
        involved = Involvement.objects.filter(project__slug="kommonitor").values_list("speaker__slug", "role")
        assert set(involved) == {("alexandra-lindner", "Verbundkoordination"), ("marcel-schonlau", "")}

    def test_themes_have_their_sign_and_their_text(self):
        themes = list(Theme.objects.published().in_order())
        assert [(theme.palette, theme.motif) for theme in themes] == [
            ("orange", "versuchsfeld"), ("blue", "leitungsnetz"), ("red", "ortskern"),
            ("green", "flechtwerk"), ("pink", "flurmosaik"), ("yellow", "gemeindegrenzen"),
        ]  # fmt: skip
        assert all(theme.subtitle and theme.summary and theme.background.count("<p>") >= 3 for theme in themes)

    def test_the_conference_is_the_featured_one(self):
        conference = Conference.objects.published().with_relations().featured().get()
        assert (conference.key_question, conference.participants_label) == ("Was macht Kommunen innovativ?", "über 800")
        assert [str(organiser.slug) for organiser in conference.visible_organisers] == ["komkomin"]
        assert conference.funder.slug == "bmbf"
        assert len(conference.visible_materials) == 8
        assert conference.introduction.count("<p>") == 4 and conference.closing_statement.count("<p>") == 2

    def test_every_record_is_valid(self):
        with self.settings(MEDIA_ROOT=self.uploads):
            for thing in everything():
                thing.full_clean()

    def test_the_search_knows_all_of_it(self):
        assert missing_documents() == 0

    def test_a_second_run_changes_nothing(self):
        before = dump()
        assert load_sample() == Counter()
        assert dump() == before

    def test_what_editors_changed_or_deleted_stays_so(self):
        Event.objects.filter(slug="auftakt").update(title="Der Auftakt")
        Video.objects.all().delete()
        GuidingQuestion.objects.filter(event__number=2).delete()
        Project.objects.get(slug="nola").withdraw()
        before = dump()
        assert load_sample() == Counter()
        assert dump() == before

    def test_without_its_conference_the_rest_is_left_alone(self):
        Video.objects.all().delete()
        Event.objects.all().delete()
        Theme.objects.update(conference=None)
        Conference.objects.all().delete()
        Organisation.objects.filter(slug="difu").update(name="Difu, umbenannt")
        Speaker.objects.get(slug="frank-othengrafen").involvements.all().delete()
        assert load_sample() == Counter({Conference: 1, Event: 7, Video: 7})
        assert Organisation.objects.get(slug="difu").name == "Difu, umbenannt"
        assert not Involvement.objects.filter(speaker__slug="frank-othengrafen").exists()
        assert Speaker.objects.count() == 51

    def test_the_command_says_that_nothing_was_to_do(self):
        assert self.output_of_the_command() == "Die Herbst-Konferenz 2020 ist schon da. Es wurde nichts geändert.\n"

    def output_of_the_command(self):
        output = StringIO()
        call_command("load_sample", stdout=output)
        return output.getvalue()


def test_a_page_and_a_front_page_of_the_editors_stay(db, capsys):
    page = make.page(title="Impressum", slug="impressum", body="<p>Unser Impressum</p>", status="draft")
    other = make.conference(title="Frühjahrs-Konferenz", is_featured=True)
    call_command("load_sample")
    assert capsys.readouterr().out == (
        "Die Herbst-Konferenz 2020 ist geladen: 134 Einrichtungen, 51 Materialien, 1 Konferenz, 6 Kernbotschaften, "
        "30 Verbundvorhaben, 51 Mitwirkende, 7 Veranstaltungen, 7 Videos, 3 Seiten.\n"
    )
    page.refresh_from_db()
    assert (page.body, page.status) == ("<p>Unser Impressum</p>", "draft")
    assert list(Conference.objects.featured()) == [other]
    assert set(Event.objects.values_list("published_at", flat=True)) == {PUBLISHED_AT}


def test_a_wrong_record_loads_nothing_and_is_named(db, monkeypatch):
    facts = read_sample("fakten")
    facts["people"][3]["family_name"] = ""
    monkeypatch.setattr(sample_loader, "read_sample", lambda name: facts if name == "fakten" else read_sample(name))
    with pytest.raises(ValidationError, match=r"Mitwirkende „Prof\. Dr\. Stefan“"):
        load_sample()
    with pytest.raises(CommandError, match="Nichts geladen"):
        call_command("load_sample")
    assert not Organisation.objects.exists()


def test_a_load_that_fails_leaves_no_file_behind(db, settings, monkeypatch):
    def fail(*things):
        raise RuntimeError

    monkeypatch.setattr(sample_loader, "update_index", fail)
    with pytest.raises(RuntimeError):
        load_sample()
    assert not MediaFile.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*.m*") if path.is_file()] == []


def test_every_fact_names_its_source_and_has_a_place_in_the_model():
    facts = read_sample("fakten")
    kinds = {"organisations": Organisation, "people": Speaker, "projects": Project, "themes": Theme, "events": Event}
    records = [(Conference, facts["conference"])]
    records += [(model, record) for name, model in kinds.items() for record in facts[name]]
    records += [(Material, material) for _model, record in records for material in record.get("materials", ())]
    for model, record in records:
        fields = {field.name for field in model._meta.concrete_fields}
        assert record.get("source", "").startswith("http"), record["slug"]
        assert set(record) <= fields | EVIDENCE | RELATIONS, record["slug"]
    assert all(conference["source"] for conference in facts["previous_conferences"])


def test_every_text_belongs_to_something_and_none_is_missing():
    facts, texts = read_sample("fakten"), read_sample("texte")
    assert list(texts["conferences"]) == [facts["conference"]["slug"]]
    assert list(texts["events"]) == [event["slug"] for event in facts["events"]]
    assert list(texts["themes"]) == [theme["slug"] for theme in facts["themes"]]
    for event in texts["events"].values():
        assert set(event) == {"summary", "introduction", "questions"}


def test_the_texts_are_plain_german():
    for text in prose(read_sample("texte")):
        for sentence in sentences(text):
            assert len(re.findall(r"\w[\w-]*", sentence)) <= 22, sentence
        assert not re.search(r"[!\"']|\w[*:_]\w", re.sub(r"„[^“]*“", "", text)), text
