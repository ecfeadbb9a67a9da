"""A recording of which everything is known that a library asks for, with a hidden neighbour wherever one can be."""

import datetime

from tests import make

SECRET = "Geheimsache"
HIDDEN = {"status": "draft"}
ORCID = "0000-0002-1825-0097"


def whole_recording(**fields):
    """The video of a keynote; `fields` of the video."""
    conference = make.conference(
        "Herbst-Konferenz",
        key_question="Was nun?",
        place="Berlin",
        format="hybrid",
        programme="Kommunen innovativ",
        organisers=[make.organisation("Difu"), make.organisation(SECRET, **HIDDEN)],
        funder=make.organisation("BMBF", kind="ministry"),
        default_license="CC-BY-4.0",
    )
    theme = make.theme("Experimente wagen", conference=conference)
    material = make.material("Folien", kind="slides", url="https://ablage.example.org/folien.pdf")
    hidden_material = make.material(SECRET, url=f"https://{SECRET}.example.org/", **HIDDEN)
    event = make.event("Auftakt", conference=conference, theme=theme, materials=[hidden_material])
    project = make.project("KoDa eG", title="Kommunale Daseinsvorsorge", funding_code="033L180")
    make.partnership(project, make.organisation("Stadt Köln"), funding_code="033L180A")
    make.partnership(project, make.organisation(SECRET, **HIDDEN), funding_code=SECRET, position=1)
    part = make.contribution(
        "Warum <jetzt> & hier?",
        event=event,
        kind="keynote",
        projects=[project, make.project(SECRET, funding_code=SECRET, **HIDDEN)],
        materials=[material, hidden_material],
    )
    person = make.speaker("Schneidewind", given_name="Uwe", academic_title="Prof. Dr.", orcid=ORCID)
    institutes = [make.organisation("Wuppertal Institut"), make.organisation(f"{SECRET} GmbH", **HIDDEN)]
    make.appearance(contribution=part, speaker=person, organisations=institutes, is_former=True)
    make.appearance(contribution=part, speaker=make.speaker(SECRET, **HIDDEN), position=1)
    make.contribution("Anderes", event=event, speakers=[make.speaker("Andere")], position=1)
    video = make.video(
        "Die Keynote",
        contribution=part,
        kind="contribution",
        summary="Ein Anfang.",
        recorded_on=datetime.date(2020, 10, 28),
        duration=datetime.timedelta(minutes=12, seconds=34),
        rights_holder="Filmstudio",
        **fields,
    )
    make.media_file(video=video, size=4_000_000)
    make.media_file(video=video, role="sign_language", url="https://videos.example.org/dgs.mp4")
    make.text_track(["Guten Tag."], video=video)
    make.chapter("Begrüßung", video=video, start_ms=0)
    make.chapter("Vortrag", video=video, start_ms=61_000)
    return video
