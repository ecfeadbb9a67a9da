"""Every address of the site with something to put in it, and who got in: for `test_rights.py`."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import get_resolver, reverse

from conference.joining.plan import GOES, STAYS
from conference.links.desk import FILTERS
from sessions_app.records import LISTINGS
from tests.rights_world import MARKERS, OTHER, ROLES, World, marker

# What answers, and lets nobody in.
ELSEWHERE = {"/admin/login/", "/admin/"}


def patterns(found=None, before="", namespace=""):
    """(name, route) of every address there is; those without a name are named by their route."""
    for pattern in get_resolver().url_patterns if found is None else found:
        route = f"{before}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern.url_patterns, route, inner)
        else:
            yield (f"{namespace}{pattern.name}" if pattern.name else route), route


def arguments(world: World) -> dict[str, list]:
    """What stands in the addresses, by name; those of the content's own forms are made from their records."""
    event, video = world.event, world.video
    draft = {"conference": world.open.slug, "slug": event.slug}
    gap = {"conference": "alpha", "noun": "veranstaltungen", "number": event.pk, "key": "event.projects"}
    found = {
        "admin:account_passkey_rename": [world.passkey.uuid],
        "admin:account_passkey_remove": [world.passkey.uuid],
        "admin:account_session_end": [world.session.uuid],
        "admin:account_factor_reset": [world.person.pk],
        "admin:log_export": ["csv"],
        "admin:view_on_site": [world.kind(event), event.pk],
        "admin:board_gap": gap,
        "admin:event_copy": [event.pk],
        "admin:conference_copy": [world.draft.pk],
        "admin:join": [world.kind(world.speaker)],
        "admin:link_detail": [world.outgoing.pk],
        "admin:link_check": [world.outgoing.pk],
        "admin:bulk_change": [world.kind(event)],
        "admin:run_detail": [world.run.uuid],
        "admin:share_list": [world.kind(event), event.pk],
        "admin:trash_entry": [world.trashed.uuid],
        "admin:trash_purge": [world.trashed.uuid],
        "admin:known_organisations": [world.speaker.pk],
        "admin:unsaved_drop": [world.unsaved.pk],
        "admin:auth_user_password_change": [world.person.pk],
        "track_file": [world.track.uuid, "vtt"],
        "chapter_file": [video.uuid, "vtt"],
        "media": [world.material.file.name],
        "shared_page": world.signed,
        "shared_file": {**world.signed, "path": world.portrait.file.name},
        "export_detail": ["veranstaltungen"],
        "export_download": ["veranstaltungen", "csv"],
        "export_job": [world.job.uuid],
        "export_job_file": [world.job.uuid],
        "statement_detail": [world.project.slug],
        "statement_download": [world.project.slug, "csv"],
        "admin:table_preview": ["veranstaltungen", "x"],
        "conference_feed": [world.draft.slug],
        "theme_feed": [world.theme.slug],
        "speaker_feed": [world.speaker.slug],
        "project_feed": [world.project.slug],
        "conference_programme": [world.draft.slug, "schedule.xml"],
        "conference_datacite": [world.draft.slug, "xml"],
        "conference_datacite_zip": [world.draft.slug],
        "video_datacite": [video.slug, "xml"],
        "conference_dump": [world.draft.slug],
        "api_collection": ["events"],
        "api_record": ["events", event.uuid],
        "api_cues": [video.uuid],
        "theme_calendar": [world.theme.slug],
        "speaker_calendar": [world.speaker.slug],
        "material_citation": [world.material.slug, "bib"],
        "page_detail": [world.page.slug],
        "conference_detail": [world.draft.slug],
        "conference_calendar": [world.draft.slug],
        "event_detail": draft,
        "event_calendar": draft,
        "event_citation": {**draft, "file_format": "bib"},
        "contribution_citation": {**draft, "anchor": world.contribution.anchor, "file_format": "bib"},
        "theme_detail": [world.theme.slug],
        "speaker_detail": [world.speaker.slug],
        "organisation_detail": [world.organisation.slug],
        "project_detail": [world.project.slug],
        "video_detail": [video.slug],
        "video_embed": [video.slug],
        "video_citation": [video.slug, "bib"],
        "conference_podcast_audio": [world.draft.slug],
        "conference_podcast_video": [world.draft.slug],
    }
    more = {"revision": [1], "export": ["csv"]}
    whole = {"changelist", "add", "export"}
    for kind, record in world.records.items():
        for view in ("changelist", "add", "export", "change", "delete", "history", "revision", "compare", "review"):
            found[f"admin:{kind}_{view}"] = [*([] if view in whole else [record.pk]), *more.get(view, [])]
    return found


def unnamed(world: World, route: str) -> str:
    kinds = {}
    for record in world.records.values():
        meta = record._meta
        kinds[f"admin/{meta.app_label}/{meta.model_name}/<path:object_id>/"] = record
    return f"/{route.replace('<path:object_id>', str(kinds[route].pk))}" if route in kinds else "/admin/gibt-es-nicht"


def queries(world: World) -> dict[str, dict]:
    """What an address needs to be asked, for GET and POST alike."""
    compared = {f"admin:{kind}_compare": {"a": 1, "b": 2} for kind in world.records}
    return compared | {
        "admin:autocomplete": {"app_label": "sessions_app", "model_name": "video", "field_name": "event", "term": ""},
        "admin:bulk_change": {"nr": world.event.pk, "field": "place"},
        "admin:similar": {"art": "person", "nachname": world.speaker.family_name[:-1]},
        "admin:unsaved_input": {"form": world.form, "tab": world.tab, "tun": "offen"},
        "admin:board": {"konferenz": world.open.slug},
        "admin:board_list": {"konferenz": world.open.slug},
        "admin:table_download": {"liste": "veranstaltungen", "form": "csv"},
        "oai": {"verb": "Identify"},
        "admin:join": {STAYS: world.shared_by_link.pk, GOES: world.double.pk},
        "oembed": {"url": f"{settings.SITE_URL}{world.public_video.get_absolute_url()}"},
    }


def sent(world: World) -> dict[str, dict]:
    """What is posted where an empty form would not be the thing itself."""
    made = {f"admin:{kind}_delete": {"post": "yes"} for kind in world.records}
    return made | {
        "admin:trash_restore": {"uuid": world.trashed.uuid},
        "admin:trash_purge": {"post": "yes"},
        "admin:run_detail": {"_undo": "x"},
        "admin:bulk_change": {"value": "Bremen", "_apply": "x"},
        "admin:board_gap": {"note": "x"},
        "admin:share_list": {"_make": "x", "recipient": "Frau R.", "days": 3},
        "admin:event_copy": {"conference": world.open.pk, "date": "2020-11-01"},
        "admin:conference_copy": {"title": "Kopie", "date": "2021-11-01"},
    }


def variants(world: World) -> dict[str, str]:
    """Addresses whose answer depends on what is asked."""
    shared = reverse("shared_page", kwargs=world.signed)
    form = f"/admin/sessions_app/event/{world.public_event.pk}"
    offen = world.public_event.get_absolute_url()
    found = {
        "event_detail ?vorschau=working copy": f"{offen}?vorschau=k{world.copy.pk}",
        "event_list ?vorschau=working copy": f"/veranstaltungen/?vorschau=k{world.copy.pk}",
        "search ?vorschau=working copy": f"/suche/?q=Abend&vorschau=k{world.copy.pk}",
        "event_detail ?vorschau=revision": f"{world.event.get_absolute_url()}?vorschau=r{world.revision.pk}",
        "home ?vorschau=revision": f"/?vorschau=r{world.revision.pk}",
        "event_detail ?vorschau=form": f"{offen}?vorschau=e{world.form_preview.pk}",
        "oembed of a draft": f"/oembed?url={settings.SITE_URL}{world.video.get_absolute_url()}",
        "media of a picture": f"/medien/{world.image.file.name}",
        "admin:sessions_app_event_change with working copy": f"{form}/change/",
        "admin:sessions_app_event_review with working copy": f"{form}/freigabe/",
        "admin:sessions_app_event_change as typed": f"{world.form}?eingaben={world.unsaved.pk}",
        "admin:sessions_app_event_compare earlier": (
            f"/admin/sessions_app/event/{world.event.pk}/history/vergleich/?a=2&b={world.revision.number}"
        ),
        "admin:sessions_app_event_revision earlier": (
            f"/admin/sessions_app/event/{world.event.pk}/history/{world.revision.number}/"
        ),
        "admin:similar organisation": "/admin/aehnliche/?art=einrichtung&name=Amt",
        "admin:run_detail of a project": f"/admin/laeufe/{world.shared_run.uuid}/",
        "admin:board of all": "/admin/tafel/",
        "admin:board_list of all": "/admin/tafel/liste/",
        "shared_page with another signature": f"/vorschau/{world.link.uuid}/{'x' * 43}/",
        "shared_file of another record": f"{shared}medien/{world.material.file.name}",
        "conference_podcast_audio of a public conference": "/feeds/alpha/podcast-ton.xml",
        "conference_podcast_video of a public conference": "/feeds/alpha/podcast-video.xml",
        "video_embed of a public recording": "/videos/offener-film/einbetten/",
        "admin:trash search": f"/admin/papierkorb/?q={marker('trash_title')[:6]}",
        "search for drafts": f"/suche/?q={marker('draft')[:8]}",
    }
    for befund in FILTERS:
        found[f"admin:links {befund}"] = f"/admin/links/?befund={befund}"
    for listing in LISTINGS:
        for suffix in ("csv", "json"):
            found[f"export_download {listing.name} {suffix}"] = f"/exporte/{listing.name}.{suffix}?status=alle"
    found["statement_detail of a public project"] = f"/exporte/nachweise/{world.public_project.slug}/"
    found["export_download vollstaendigkeit"] = "/exporte/vollstaendigkeit.csv?status=alle"
    for model, field in autocompletes():
        asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field.name}
        found[f"admin:autocomplete {model._meta.model_name}.{field.name}"] = (
            f"/admin/autocomplete/?{urlencode(asked | {'term': ''})}"
        )
    for noun in ("kernbotschaften", "vorhaben", "mitwirkende"):
        found[f"admin:board {noun}"] = f"/admin/tafel/?konferenz=alpha&art={noun}"
    found["admin:board of a draft"] = "/admin/tafel/?konferenz=entwurf"
    return found


def autocompletes() -> list:
    """The fields whose choices are asked for while somebody types, in forms and in their rows."""
    forms = [*admin.site._registry.values()]
    forms += [inline(each.model, admin.site) for each in forms for inline in each.inlines]
    fields = {(each.model, name) for each in forms for name in each.autocomplete_fields}
    return [(model, model._meta.get_field(name)) for model, name in sorted(fields, key=str)]


def address_of(world: World, name: str, route: str, known: dict) -> str:
    if "/" in name or "(" in name:
        return unnamed(world, route)
    given = known.get(name, [])
    if name == "admin:app_list":
        given = {"app_label": "sessions_app"}
    return reverse(name, kwargs=given) if isinstance(given, dict) else reverse(name, args=given)


def lets_in(name: str, response) -> bool:
    if response.status_code in (301, 302):
        path = urlsplit(response["Location"]).path
        return path not in ELSEWHERE and not (name == "admin:trash_restore" and path == "/admin/papierkorb/")
    assert response.status_code < 500, response.status_code
    return response.status_code < 400


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers}{content.decode('utf-8', 'replace')}"


class Reader(RequestFactory):
    """Asks the site itself. Django's test client also copies the context of every template, for thousands of pages."""

    def __init__(self):
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **request):
        return self.handler(self._base_environ(**request))


class Walk:
    """All answers: who got in where, and which markers each role read, with one address for each."""

    def __init__(self, world: World):
        self.world, self.entered, self.read = world, {}, {role: {} for role in [*ROLES, OTHER]}
        users = world.users | {OTHER: world.other_publisher}
        self.reader = Reader()
        self.cookies = {role: self._log_in(user) for role, user in users.items()}
        known, asked, given = arguments(world), queries(world), sent(world)
        for name, route in dict(patterns()).items():
            address = address_of(world, name, route, known)
            query = f"?{urlencode(asked[name])}" if name in asked else ""
            self._try(name, "GET", f"{address}{query}")
            self._try(name, "POST", f"{address}{query}", given.get(name, {}))
        for name, address in variants(world).items():
            self._try(name, "GET", address)

    @staticmethod
    def _log_in(user):
        client = Client()
        if user:
            client.force_login(user)
        return client.cookies.output(header="", sep=";").split(";")[0].strip() if user else ""

    def answer(self, role: str, method: str, address: str, data=None):
        headers = {"cookie": self.cookies[role]} if self.cookies[role] else {}
        if method == "POST":
            return self.reader.post(address, data or {}, headers=headers)
        return self.reader.get(address, headers=headers)

    def _try(self, name, method, address, data=None):
        who = ""
        for role in [*ROLES, OTHER] if method == "GET" else ROLES:
            with transaction.atomic():
                response = self.answer(role, method, address, data)
                if method == "GET":
                    self._note(role, name, text_of(response))
                if role != OTHER:
                    who += role if lets_in(name, response) else "-"
                transaction.set_rollback(True)
        self.entered.setdefault(name, {})[method] = who

    def _note(self, role, name, text):
        for word in MARKERS:
            if marker(word) in text:
                self.read[role].setdefault(word, set()).add(name)
