"""Records as chance makes them: whole, half, empty, with neighbours that are drafts or bare."""

import datetime
import random

from django.utils import timezone

from conference.models import Material, OutgoingLink
from sessions_app.models import Video
from tests import make

TEXTS = ["", "", "<p></p>", "<p> </p>", "<p>Etwas.</p>", '<p><a href="https://tot.example/">hier</a></p>']
WORDS = ["", "   ", "Etwas."]
LINKS = ["", "https://tot.example/", "https://lebt.example/", "https://neu.example/"]


# ── Random records ───────────────────────────────────────────────────────────────────────────
class Dice(random.Random):
    def some(self, things, most=2):
        return self.sample(things, self.randint(0, min(most, len(things))))


def stock():
    """Neighbours to choose from; pictures are made once, they take long."""
    for address, health in (("tot", "dead"), ("lebt", "alive"), ("neu", "unknown")):
        OutgoingLink.objects.create(url=f"https://{address}.example/", health=health)
    bare, booklet = make.image(alt_text=""), make.material()
    Material.objects.filter(pk=booklet.pk).update(file="heft.pdf")
    return {
        "images": [None, make.image(), make.image(is_decorative=True), bare],
        "materials": [make.material(), make.material(license="CC-BY-4.0"), make.material(status="draft"), booklet],
        "organisations": [make.organisation(), make.organisation(status="draft")],
    }


def random_speaker(dice, stock):
    return make.speaker(
        given_name=dice.choice(["", "Ada"]),
        biography=dice.choice(TEXTS),
        portrait=dice.choice(stock["images"]),
        website=dice.choice(LINKS),
        orcid=dice.choice(["", "", "0000-0002-1825-0097"]),
        organisations=dice.some(stock["organisations"]),
        status=dice.choice(["draft", "published"]) if dice.random() < 0.3 else "published",
    )


def random_theme(dice, stock, conference):
    return make.theme(
        conference=conference,
        subtitle=dice.choice(WORDS),
        summary=dice.choice(WORDS),
        background=dice.choice(TEXTS),
        image=dice.choice(stock["images"]),
        materials=dice.some(stock["materials"]),
    )


def random_project(dice, stock, themes):
    made = make.project(
        title=dice.choice(WORDS),
        headline=dice.choice(WORDS),
        summary=dice.choice(WORDS),
        goals=dice.choice(TEXTS),
        results=dice.choice(TEXTS),
        themes=dice.some(themes),
        federal_states=dice.choice([[], ["DE-HE"]]),
        start=dice.choice(["", "2017"]),
        end=dice.choice(["", "2020-06"]),
        funding_code=dice.choice(["", "01LR"]),
        website=dice.choice(LINKS),
        image=dice.choice(stock["images"]),
        materials=dice.some(stock["materials"]),
        places=dice.choice([[], ["Kassel"], [("Kassel", "51.3", "9.5")], [("Kassel", "51.3", "9.5"), "Bonn"]]),
    )
    for role in dice.choice([[], ["partner"], ["lead"], ["partner", "lead"]]):
        make.partnership(project=made, organisation_text=f"Partner {role}", role=role)
    return made


def random_video(dice, stock, **of):
    video = make.video(
        kind=dice.choice(["whole_event", "contribution", "trailer", "interview"]),
        availability=dice.choice(["online", "online", "online", "planned", "not_recorded", "offline"]),
        poster=dice.choice(stock["images"]),
        license=dice.choice(["", "CC-BY-4.0"]),
        **of,
    )
    Video.objects.filter(pk=video.pk).update(url=dice.choice(LINKS))
    if dice.random() < 0.4:
        make.media_file(video=video)
    if dice.random() < 0.6:
        kind, origin = dice.choice(["captions", "captions", "subtitles"]), dice.choice(["person", "machine"])
        make.text_track(dice.choice([[], ["Ein Satz."]]), video=video, kind=kind, origin=origin)
    if dice.random() < 0.5:
        make.chapter(video=video)


def random_event(dice, stock, conference, themes, speakers, projects):
    event = make.event(
        conference=conference,
        kind=dice.choice(["thematic", "thematic", "opening"]),
        theme=dice.choice([None, *themes]),
        date=dice.choice([conference.starts_on, timezone.localdate(), conference.ends_on]),
        start_time=dice.choice([None, datetime.time(9, 30)]),
        summary=dice.choice(WORDS),
        introduction=dice.choice(TEXTS),
        findings=dice.choice(TEXTS),
        image=dice.choice(stock["images"]),
        is_cancelled=dice.random() < 0.15,
        questions=dice.choice([[], ["Warum?"]]),
        materials=dice.some(stock["materials"]),
        status=dice.choice(["draft", "published"]),
    )
    for position in range(dice.randint(0, 2)):
        part = make.contribution(
            event=event, position=position, projects=dice.some(projects, 1), materials=dice.some(stock["materials"], 1)
        )
        for person in dice.some(speakers):
            make.appearance(
                contribution=part,
                speaker=person,
                office=dice.choice(["", "", " ", "Landrat"]),
                affiliation_text=dice.choice(["", "", "Stadt"]),
                organisations=dice.some(stock["organisations"], 1),
            )
        if dice.random() < 0.4:
            random_video(dice, stock, contribution=part)
    for _number in range(dice.randint(0, 2)):
        random_video(dice, stock, event=event)
    return event


def random_conference(dice, stock, events=12):
    today = timezone.localdate()
    conference = make.conference(
        starts_on=today - datetime.timedelta(20),
        ends_on=today + datetime.timedelta(20),
        default_license=dice.choice(["", "", "CC-BY-4.0"]),
    )
    themes = [random_theme(dice, stock, conference) for _number in range(4)]
    speakers = [random_speaker(dice, stock) for _number in range(6)]
    projects = [random_project(dice, stock, themes) for _number in range(6)]
    for _number in range(events):
        random_event(dice, stock, conference, themes, speakers, projects)
    return conference
