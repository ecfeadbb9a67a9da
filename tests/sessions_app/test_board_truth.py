"""The board against the plain truth: every cell of random records, told again one record and one query at a time.

What follows is written from the sentences editors read, and knows nothing of how the board loads.
"""

import pytest
from django.utils import timezone

from conference.board import State, examine
from conference.models import Gap
from projects_app.models import Partnership
from sessions_app.board import CHECKLISTS
from sessions_app.models import Appearance, Chapter, Cue, MediaFile, TextTrack, Video
from tests.chance import Dice, random_conference
from tests.chance import stock as make_stock

pytestmark = pytest.mark.django_db
YES, NO, NOT_NEEDED = State.COMPLETE, State.INCOMPLETE, State.NOT_NEEDED


@pytest.fixture
def stock(db):
    return make_stock()


# ── The plain truth ──────────────────────────────────────────────────────────────────────────
def said(text):
    for tag in ("<p>", "</p>"):
        text = text.replace(tag, "")
    return bool(text.strip())


def seen(image):
    return image is not None and (image.is_decorative or image.alt_text.strip() != "")


def truth(is_met, is_needed=True):
    return NOT_NEEDED if not is_needed else YES if is_met else NO


def link_truth(*texts):
    tried = [name for text in texts for name in ("tot", "lebt") if f"https://{name}.example/" in text]
    return truth("tot" not in tried, tried)


def theme_truth(theme):
    return {
        "theme.subtitle": truth(said(theme.subtitle)),
        "theme.summary": truth(said(theme.summary)),
        "theme.background": truth(said(theme.background)),
        "theme.image": truth(seen(theme.image)),
        "theme.materials": truth(theme.materials.count() > 0),
        "theme.links": link_truth(theme.background),
    }


def speaker_truth(speaker):
    return {
        "speaker.given_name": truth(said(speaker.given_name)),
        "speaker.affiliation": truth(speaker.organisations.count() > 0),
        "speaker.biography": truth(said(speaker.biography)),
        "speaker.portrait": truth(seen(speaker.portrait)),
        "speaker.address": truth(said(speaker.website) or said(speaker.orcid)),
        "speaker.links": link_truth(speaker.biography, speaker.website),
    }


def project_truth(project):
    places = project.places.all()
    partners = Partnership.objects.filter(project=project)
    return {
        **{f"project.{name}": truth(said(getattr(project, name))) for name in ("title", "headline", "summary")},
        **{f"project.{name}": truth(said(getattr(project, name))) for name in ("goals", "results", "website")},
        "project.themes": truth(project.themes.count() > 0),
        "project.states": truth(len(project.federal_states) > 0),
        "project.places": truth(len(places) > 0 and all(place.latitude is not None for place in places)),
        "project.term": truth(project.start != "" and project.end != ""),
        "project.funding": truth(said(project.funding_code)),
        "project.partners": truth(partners.filter(role="lead").exists()),
        "project.image": truth(seen(project.image)),
        "project.materials": truth(project.materials.count() > 0),
        "project.links": link_truth(project.goals, project.results, project.website),
    }


def event_truth(event):
    parts = list(event.contributions.all())
    videos = [*Video.objects.filter(event=event), *Video.objects.filter(contribution__event=event)]
    recordings = [video for video in videos if video.kind in ("whole_event", "contribution")]
    shown = [v for v in recordings if v.availability == "online" and (v.url or MediaFile.objects.filter(video=v))]
    whole = [video for video in shown if video.kind == "whole_event"]
    people = list(Appearance.objects.filter(contribution__event=event))
    placed = [p.organisations.count() or p.office.strip() or p.affiliation_text.strip() for p in people]
    materials = [*event.materials.all(), *(material for part in parts for material in part.materials.all())]
    takes_place, thematic = not event.is_cancelled, event.kind == "thematic"
    held = takes_place and event.date < timezone.localdate()
    unrecorded = bool(recordings) and all(video.availability == "not_recorded" for video in recordings)
    usable = [*shown, *(material for material in materials if material.file)]
    links = [video.url for video in recordings]
    links += [file.url for video in recordings for file in MediaFile.objects.filter(video=video)]
    return {
        "event.date": truth(event.start_time is not None, takes_place),
        "event.theme": truth(event.theme is not None, thematic),
        "event.summary": truth(said(event.summary)),
        "event.questions": truth(event.questions.count() > 0, thematic),
        "event.introduction": truth(said(event.introduction)),
        "event.contributions": truth(parts != [], takes_place),
        "event.people": truth(people != [] and all(placed), takes_place),
        "event.projects": truth(any(part.projects.count() for part in parts), thematic and takes_place),
        "event.image": truth(seen(event.image)),
        "event.video": truth(shown != [], held and not unrecorded),
        "event.poster": truth(all(seen(video.poster) for video in shown), shown),
        "event.captions": truth(all(checked_captions(video) for video in shown), shown),
        "event.chapters": truth(all(Chapter.objects.filter(video=video).exists() for video in whole), whole),
        "event.license": truth(all(thing.license for thing in usable), usable and not event.conference.default_license),
        "event.materials": truth(materials != [], held),
        "event.findings": truth(said(event.findings), held),
        "event.links": link_truth(event.introduction, event.findings, *links),
    }


def checked_captions(video):
    tracks = TextTrack.objects.filter(video=video, kind="captions")
    return any(track.origin != "machine" and Cue.objects.filter(track=track).exists() for track in tracks)


TRUTHS = {
    "veranstaltungen": event_truth,
    "kernbotschaften": theme_truth,
    "vorhaben": project_truth,
    "mitwirkende": speaker_truth,
}


# ── Both must agree ──────────────────────────────────────────────────────────────────────────
def told(matrix):
    return {row.record: {cell.requirement.key: cell.state for cell in row.cells} for row in matrix.rows}


@pytest.mark.parametrize("seed", range(12))
def test_the_board_equals_the_truth_about_random_records(seed, stock):
    dice = Dice(seed)
    conference = random_conference(dice, stock)
    seen_states = set()
    for checklist in CHECKLISTS:
        matrix = examine(checklist, checklist.of_conference(conference))
        expected = {record: TRUTHS[checklist.name](record) for record in checklist.of_conference(conference)}
        assert told(matrix) == expected
        seen_states |= {cell.state for row in matrix.rows for cell in row.cells}
        for cell in (cell for row in matrix.rows for cell in row.cells):
            assert bool(cell.lacks) == cell.is_missing
            assert all(
                lack.sentence.endswith(".") and ("/change/#" in lack.url or "/video/add/" in lack.url)
                for lack in cell.lacks
            )
    assert seen_states == set(State)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_noted_as_not_needed_is_not_missing_and_never_green(seed, stock):
    dice = Dice(100 + seed)
    conference = random_conference(dice, stock, events=4)
    for checklist in CHECKLISTS:
        rows = checklist.of_conference(conference)
        noted = set()
        for cell in examine(checklist, rows).missing:
            is_waived = dice.random() < 0.5
            Gap.objects.create(
                **Gap.keys(cell.record), requirement=cell.requirement.key, is_not_needed=is_waived, note="Hier nicht."
            )
            noted |= {(cell.record, cell.requirement.key)} if is_waived else set()
        expected = {
            record: {
                key: NOT_NEEDED if (record, key) in noted else state
                for key, state in TRUTHS[checklist.name](record).items()
            }
            for record in rows
        }
        assert told(examine(checklist, rows)) == expected


def test_who_belongs_to_a_conference(stock):
    conference, other = (random_conference(Dice(seed), stock, events=6) for seed in (7, 8))
    for each in (conference, other):
        appearing = {a.speaker for a in Appearance.objects.all() if a.contribution.event.conference == each}
        presented = {p for e in each.events.all() for part in e.contributions.all() for p in part.projects.all()}
        events, themes, projects, speakers = (set(checklist.of_conference(each)) for checklist in CHECKLISTS)
        assert (events, themes) == (set(each.events.all()), set(each.themes.all()))
        assert (projects, speakers) == (presented, appearing)
