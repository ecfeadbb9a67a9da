"""A public world, and what must stay hidden in it: for `test_visibility.py`."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests import make

MARK = "xqzgeheim"
# Words that a search finds in hidden and in public things alike, and one that stands in hidden ones alone.
SHARED, SECRET = "Zitronenbaum", "Quittenmarmelade"
WORDS = f"{MARK} {SHARED} {SECRET}"
NOW = timezone.now()
DAY = datetime.timedelta(days=1)
STATES = {
    "draft": {"status": "draft"},
    "review": {"status": "in_review"},
    "withdrawn": {"status": "withdrawn"},
    "scheduled": {"published_at": NOW + DAY},
    "expired": {"published_at": NOW - 2 * DAY, "expires_at": NOW - DAY},
}


class Public:
    """One of each kind, for all to see, every relation filled."""

    def __init__(self):
        self.organisation = make.organisation("Stadtwerke Öffentlich", kind="company", summary=SHARED)
        self.image = make.image(alt_text="Marktplatz", file=make.picture_file(colour="orange"))
        self.material = make.material(
            "Offenes Heft", file=SimpleUploadedFile("offen.pdf", b"%PDF-1.7 offen"), year=2020
        )
        shown = {"image": self.image, "materials": [self.material]}
        self.conference = make.conference("Offene Konferenz", organisers=[self.organisation], is_featured=True, **shown)
        self.theme = make.theme("Offenes Thema", conference=self.conference, summary=SHARED, **shown)
        self.project = make.project("OffenesVorhaben", themes=[self.theme], federal_states=["DE-NI"], places=["Celle"])
        self.speaker = make.speaker("Offenherz", organisations=[self.organisation], portrait=self.image)
        self.event = make.event("Offener Abend", conference=self.conference, theme=self.theme, summary=SHARED, **shown)
        self.contribution = make.contribution("Offener Vortrag", event=self.event, projects=[self.project])
        self.appearance = make.appearance(
            contribution=self.contribution, speaker=self.speaker, organisations=[self.organisation]
        )
        make.partnership(self.project, self.organisation)
        make.involvement(speaker=self.speaker, project=self.project)
        self.video = make.video("Offener Film", event=self.event, poster=self.image)
        make.media_file(video=self.video)
        make.media_file(video=self.video, role="audio", media_type="audio/mpeg")
        make.text_track(["Guten Tag."], video=self.video)
        make.chapter("Beginn", video=self.video)
        self.page = make.page("Impressum", summary=SHARED)
        # Nothing hides behind these two, but something will: they have no theme and no funder yet.
        self.plain_event = make.event("Schlichter Abend", conference=self.conference, summary="Ohne Thema.")
        self.plain_project = make.project("Schlicht")

    @property
    def things(self):
        return [
            *(self.conference, self.theme, self.organisation, self.material, self.page),
            *(self.project, self.event, self.speaker, self.video),
        ]


class Hidden:
    """One of each kind in one state, in reach of everything public."""

    def __init__(self, public, state, colour):
        self.state = STATES[state]
        self.name = f"{MARK}-{state}"
        self.texts = {"summary": WORDS, **self.state}
        picture = make.picture_file(f"{self.name}.png", size=(300 + colour, 300))
        self.image = make.image(title=WORDS, alt_text=WORDS, caption=WORDS, credit=WORDS, file=picture)
        self.plant_ground(public)
        self.plant_people(public)
        self.plant_programme(public)
        self.plant_within_hidden(public)

    def plant_ground(self, public):
        self.organisation = make.organisation(self.name, kind="ministry", place=WORDS, other_names=WORDS, **self.texts)
        upload = SimpleUploadedFile(f"{self.name}.pdf", b"%PDF-1.7 geheim")
        self.material = make.material(self.name, file=upload, authors=WORDS, year=1999, kind="tool", **self.texts)
        self.page = make.page(self.name, body=f"<p>{WORDS}</p>", **self.texts)
        self.conference = make.conference(
            *(self.name, [public.organisation], [public.material]),
            **(self.texts | {"key_question": WORDS, "introduction": f"<p>{WORDS}</p>", "image": self.image}),
            starts_on=datetime.date(2031, 1, 1),
            ends_on=datetime.date(2031, 12, 31),
        )
        self.theme = make.theme(
            *(self.name, [self.material, public.material]),
            **(self.texts | {"subtitle": WORDS, "conference": public.conference, "image": self.image}),
        )
        public.conference.organisers.add(self.organisation)
        for thing in (public.conference, public.theme, public.event, public.project, public.contribution):
            thing.materials.add(self.material)

    def plant_people(self, public):
        self.speaker = make.speaker(
            *(self.name, [public.organisation, self.organisation]),
            **(self.state | {"biography": f"<p>{WORDS}</p>", "other_names": WORDS, "portrait": self.image}),
        )
        self.project = make.project(
            *(self.name, [public.theme, self.theme], [public.material], [self.name]),
            **(self.texts | {"headline": WORDS, "goals": f"<p>{WORDS}</p>", "region": WORDS, "image": self.image}),
            focus_topic=WORDS,
            federal_states=["DE-SH"],
        )
        public.plain_project.themes.add(self.theme)
        public.speaker.organisations.add(self.organisation)
        public.appearance.organisations.add(self.organisation)
        public.contribution.projects.add(self.project)
        make.partnership(public.project, self.organisation, funding_code=WORDS[:40])
        make.partnership(self.project, public.organisation)
        make.involvement(speaker=self.speaker, project=public.project, role=WORDS)
        make.involvement(speaker=public.speaker, project=self.project, role=WORDS)
        make.appearance(contribution=public.contribution, speaker=self.speaker, role=WORDS, office=WORDS)

    def plant_programme(self, public):
        self.event = self.make_event(conference=public.conference, **self.texts)
        self.video = make.video(self.name, event=public.event, rights_holder=WORDS, poster=self.image, **self.texts)
        self.contribution = self.make_contribution(public, self.event)
        self.make_playable(self.video)

    def make_playable(self, *videos):
        for video in videos:
            make.media_file(video=video)
            make.media_file(video=video, role="audio", media_type="audio/mpeg")
            make.text_track([(MARK, WORDS)], video=video)
            make.chapter(WORDS, video=video)

    def make_event(self, **fields):
        fields = {"image": self.image, "findings": f"<p>{WORDS}</p>", "place": WORDS} | fields
        return make.event(self.name, [self.material], [WORDS], remark=WORDS, **fields)

    def make_contribution(self, public, event):
        made = make.contribution(
            WORDS, [public.speaker], [public.project], [public.material], event=event, abstract=f"<p>{WORDS}</p>"
        )
        make.appearance(contribution=made, speaker=make.speaker(f"Fast{made.pk}", status="draft"), role=WORDS)
        return made

    def plant_within_hidden(self, public):
        """Published themselves, but not what they lie in."""
        texts = {"summary": WORDS}
        day = datetime.date(2031, 5, 5)
        inner = self.make_event(conference=self.conference, theme=public.theme, date=day, **texts)
        self.within = [
            inner,
            make.theme(f"{self.name} innen", conference=self.conference, **texts),
            make.video(f"{self.name} innen", event=inner, **texts),
            make.video(f"{self.name} Abend", event=self.event, **texts),
            make.video(f"{self.name} Beitrag", contribution=self.make_contribution(public, inner), **texts),
        ]
        self.make_playable(*self.within[2:])

    @property
    def things(self):
        return [
            *(self.conference, self.theme, self.organisation, self.material, self.page),
            *(self.project, self.event, self.speaker, self.video, *self.within),
        ]
