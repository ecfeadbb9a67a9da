"""Two conferences, and in one of them something of every kind that not everybody may see: for `test_rights.py`.

Each hidden thing carries a marker word of its own. Addresses are built of numbers and plain slugs, so that a marker in
an answer was put there by the site.
"""

import datetime
import uuid

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone

from conference.accounts.own_sessions import digest
from conference.accounts.record import Kind, note
from conference.editing.copies import current, store
from conference.editing.revisions import keep
from conference.editing.snapshot import take
from conference.exports.jobs import path_of
from conference.models import (
    ExportJob,
    FieldComment,
    FormPreview,
    Gap,
    GateOverride,
    Notice,
    OutgoingLink,
    OwnSession,
    Passkey,
    ReviewRequest,
    Revision,
    UnsavedInput,
)
from conference.runs.running import change
from conference.search import rebuild_index
from conference.sharing.links import make_link, signature
from conference.trash import trash
from tests import make
from tests.desk import url
from tests.two_conferences import limited_to

# In the order of the letters in the table.
ROLES = {"n": "anonymous", "x": "exporter", "e": "editor", "o": "other_editor", "p": "publisher", "a": "administrator"}
# Not in the table, but reads along: who may publish and delete, in another conference.
OTHER = "q"
WORD = "xqz{}q"
# What is planted where, and who sees it somewhere.
MARKERS = {
    "draft": "--e-pa",
    "contribution": "--e-pa",
    "sentence": "--e-pa",
    "shared_draft": "--eopa",
    "picture": "--eopa",
    "page": "----pa",
    "copy_title": "--e-pa",
    "copy_row": "--e-pa",
    "earlier": "--e-pa",
    "form_preview": "--e---",
    "review_note": "--e-pa",
    "comment": "--e-pa",
    "gap": "--e-pa",
    "override": "--e-pa",
    "run": "--e-pa",
    "recipient": "--e-pa",
    "trash_title": "----pa",
    "trash_text": "----pa",
    "unsaved": "--e---",
    "notice": "--e---",
    "log": "-----a",
}


def marker(name: str) -> str:
    return WORD.format(name.replace("_", "").replace("-", ""))


class World:
    def __init__(self):
        self.open = make.conference("Alpha", slug="alpha")
        self.elsewhere = make.conference("Beta", slug="beta")
        self.plant_programme()
        self.plant_shared()
        self.people()
        self.plant_editing()
        self.plant_notes()
        self.plant_trash()
        self.plant_accounts()
        rebuild_index()

    def people(self):
        self.editor = limited_to(self.open, make.editor(username="edda"))
        self.editor.editor_scope.conferences.add(self.draft)
        self.users = {
            "n": None,
            "x": make.analyst(username="auswertung"),
            "e": self.editor,
            "o": limited_to(self.elsewhere, make.editor(username="otto")),
            "p": make.publisher(username="petra"),
            "a": make.administrator(username="ada"),
        }
        self.other_publisher = limited_to(self.elsewhere, make.publisher(username="orla"))

    def plant_programme(self):
        word = marker("draft")
        self.image = make.image("Bild", alt_text=marker("picture"), file=make.picture_file())
        given = {"status": "draft", "summary": word}
        self.draft = make.conference(f"{word} Konferenz", slug="entwurf", image=self.image, **given)
        self.theme = make.theme(f"{word} Thema", conference=self.open, slug="thema", **given)
        self.event = make.event(
            f"{word} Abend", conference=self.open, slug="abend", questions=[f"{word}?"], theme=self.theme, **given
        )
        self.contribution = make.contribution(marker("contribution"), event=self.event)
        self.video = make.video(f"{word} Film", event=self.event, slug="film", url="https://tot.example.org/v", **given)
        self.track = make.text_track([marker("sentence")], video=self.video)
        make.chapter(word, video=self.video)
        self.cue = self.track.cues.get()
        self.public_event = make.event("Offener Abend", conference=self.open, slug="offen", questions=["Warum?"])
        make.contribution("Offener Vortrag", event=self.public_event)
        self.public_video = make.video("Offener Film", event=self.public_event, slug="offener-film")
        make.media_file(video=self.public_video)
        make.media_file(video=self.public_video, role="audio", media_type="audio/mpeg")

    def plant_shared(self):
        word = marker("shared_draft")
        given = {"status": "draft"}
        pdf = SimpleUploadedFile("heft.pdf", b"%PDF-1.7")
        self.material = make.material(f"{word} Heft", slug="heft", file=pdf, **given)
        self.organisation = make.organisation(f"{word} Amt", slug="amt", **given)
        self.project = make.project(word, slug="vorhaben", **given)
        self.public_project = make.project("Offenes Vorhaben", slug="offenes-vorhaben")
        self.speaker = make.speaker(word, slug="person", **given)
        self.double = make.speaker("Renner", slug="renner", **given)
        self.portrait = make.image("Porträt", file=make.picture_file(colour="orange"))
        self.shared_by_link = make.speaker("Renn", slug="renn", portrait=self.portrait, **given)
        self.page = make.page(f"{marker('page')} Seite", slug="seite", **given)

    def plant_editing(self):
        """A working copy with a row of its own, an earlier revision, a preview, a run."""
        for record in self.records.values():
            if hasattr(record, "status"):
                keep(record, Revision.Kind.CREATED, self.editor)
                keep(record, Revision.Kind.SAVED, self.editor)
        earlier = take(self.event)
        earlier["fields"]["summary"] = marker("earlier")
        self.revision = keep(self.event, Revision.Kind.SAVED, self.editor, data=earlier)
        keep(self.event, Revision.Kind.SAVED, self.editor)
        copy = take(self.public_event)
        copy["fields"]["title"] = marker("copy_title")
        for row in copy["parts"]["questions"]:
            row["fields"]["text"] = marker("copy_row")
        self.copy = store(self.public_event, copy, self.editor)
        keep(self.public_event, Revision.Kind.SAVED, self.editor)
        typed = take(self.public_event)
        typed["fields"]["title"] = marker("form_preview")
        self.form_preview = FormPreview.objects.create(user=self.editor, form="/admin/", data=typed)
        self.plant_runs()

    def plant_runs(self):
        """One within the conference; one of something shared, that now names a draft of the conference."""
        after = current(self.event)
        after["fields"]["place"] = "Celle"
        self.run = change(marker("run"), self.editor, [(self.event, after)])
        self.event.refresh_from_db()
        keep(self.project, Revision.Kind.RETURNED, self.editor)
        after = current(self.project)
        after["links"]["themes"] = [self.theme.pk]
        self.shared_run = change("Botschaften", self.editor, [(self.project, after)])

    def plant_notes(self):
        keys = ReviewRequest.keys(self.event)
        ReviewRequest.objects.create(**keys, author=self.editor, note=marker("review_note"))
        FieldComment.objects.create(**keys, field="title", text=marker("comment"), author=self.editor)
        due = datetime.date(2020, 1, 1)
        Gap.objects.create(**keys, requirement="event.projects", note=marker("gap"), due_on=due, owner=self.editor)
        published = GateOverride.keys(self.public_event)
        GateOverride.objects.create(**published, reason=marker("override"), user=self.editor, lacks=["Termin"])
        self.link = make_link(self.shared_by_link, self.editor, "Frau Renn", 14)
        make_link(self.event, self.editor, marker("recipient"), 14)
        self.outgoing = OutgoingLink.objects.create(
            url="https://tot.example.org/v", health="dead", checked_at=timezone.now()
        )
        self.notice = Notice.objects.create(user=self.editor, text=marker("notice"), url="/admin/")
        self.form = url(type(self.event), "change", self.event.pk)
        typed = QueryDict(mutable=True)
        typed["summary"] = marker("unsaved")
        self.tab = "c5b4a6d2-0c8a-4c9e-8e5f-5d7b7b4f0f11"
        self.unsaved = UnsavedInput.objects.create(
            user=self.editor, form=self.form, tab=self.tab, data=typed.urlencode()
        )

    def plant_trash(self):
        gone = make.event(
            marker("trash_title"), conference=self.open, slug="weg", summary=marker("trash_text"), status="draft"
        )
        self.trashed = trash(gone, self.users["p"])

    def plant_accounts(self):
        note(Kind.RIGHTS, self.editor, marker("log"), user=self.users["a"])
        self.group = Group.objects.get(name="Redaktion")
        self.person = User.objects.get(username="auswertung")
        self.passkey = Passkey.objects.create(user=self.editor, name="Handy", credential_id="x", credential="x")
        now = timezone.now()
        self.session = OwnSession.objects.create(
            user=self.editor, digest=digest("anderswo"), created_at=now, last_seen_at=now, uuid=uuid.uuid4()
        )

        self.job = ExportJob.objects.create(
            user=self.users["x"],
            listing="veranstaltungen",
            file_format="xlsx",
            options={"rechte": ""},
            state=ExportJob.State.DONE,
            path="liste.xlsx",
        )
        path_of(self.job).write_bytes(b"PK")

    @property
    def records(self) -> dict:
        """One of each kind that has a form, by the beginning of the names of its addresses."""
        things = [self.draft, self.theme, self.event, self.video, self.contribution, self.cue, self.image, self.page]
        things += [self.material, self.organisation, self.project, self.speaker]
        things += [self.person, self.group] if hasattr(self, "group") else []
        return {f"{thing._meta.app_label}_{thing._meta.model_name}": thing for thing in things}

    def kind(self, record) -> int:
        return ContentType.objects.get_for_model(record).pk

    @property
    def signed(self) -> dict:
        return {"uuid": self.link.uuid, "signed": signature(self.link.uuid)}
