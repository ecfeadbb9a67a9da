"""Who gets in where: the table that `test_rights.py` walks.

Each letter is a role that gets in, in this order; a hyphen is one that does not:
n anonymous · x export-only · e editor of this conference · o editor of another · p publisher · a administrator.
The first word is for GET, the second for POST. What is asked for is something nobody has published, in the conference
of `e` where it belongs to one. A way on to the proof of who one is counts as getting in.
"""

EVERYBODY, NOBODY, STAFF = "nxeopa", "------", "-xeopa"

# ── The forms of the admin: the kinds, and for each group of them its views ──────────────────
OF_CONFERENCE = ("conference_theme", "sessions_app_event", "sessions_app_video")
SHARED = ("conference_material", "conference_organisation", "projects_app_project", "sessions_app_speaker")
ACCOUNTS = ("auth_user", "auth_group")
HOME = ("changelist", "add", "change", "delete", "history")
REVISED = ("revision", "compare", "review")

FORMS = {
    # kinds: {views: (GET, POST)}
    (*OF_CONFERENCE, "conference_conference"): {
        ("changelist",): ("--eopa", "--eopa"),
        ("change", "history", *REVISED): ("--e-pa", "--e-pa"),
        ("delete",): ("----pa", "----pa"),
    },
    OF_CONFERENCE: {("add",): ("--eopa", "--eopa")},
    ("conference_conference",): {("add",): ("----pa", "----pa")},
    SHARED: {
        ("changelist", "add", "change", "history", *REVISED): ("--eopa", "--eopa"),
        ("delete",): ("----pa", "----pa"),
    },
    ("conference_image",): {
        ("changelist", "add", "change", "history"): ("--eopa", "--eopa"),
        ("delete",): ("----pa", "----pa"),
    },
    ("conference_page",): {(*HOME, *REVISED): ("----pa", "----pa")},
    # Rows with a form of their own: added in the form of their record.
    ("sessions_app_contribution",): {
        ("changelist",): ("--eopa", "--eopa"),
        ("change", "history", "delete"): ("--e-pa", "--e-pa"),
        ("add",): (NOBODY, NOBODY),
    },
    ("sessions_app_cue",): {
        ("changelist",): ("--eopa", "--eopa"),
        ("change", "history"): ("--e-pa", "--e-pa"),
        ("delete",): ("----pa", "----pa"),
        ("add",): (NOBODY, NOBODY),
    },
    ACCOUNTS: {HOME: ("-----a", "-----a")},
    ("auth_user",): {("password_change",): ("-----a", "-----a")},
    # Editors take no lists away.
    ("sessions_app_event", "sessions_app_video", "sessions_app_contribution", "conference_image", *SHARED): {
        ("export",): ("----pa", "----pa"),
    },
    # Of these there is no list.
    ("conference_conference", "conference_theme", "conference_page"): {("export",): (NOBODY, NOBODY)},
}

# ── Everything else by its name, those without one by their route ────────────────────────────
OTHERS = {
    # The admin itself.
    "admin:index": (STAFF, STAFF),
    "admin:login": ("n-----", EVERYBODY),
    "admin:logout": (NOBODY, STAFF),
    "admin:password_change": (STAFF, STAFF),
    "admin:password_change_done": (STAFF, NOBODY),
    "admin:jsi18n": (STAFF, NOBODY),
    "admin:app_list": ("--eopa", "--eopa"),
    "admin:autocomplete": ("--eopa", NOBODY),
    "admin:view_on_site": ("--e-pa", "--e-pa"),
    "admin/(?P<url>.*)$": (NOBODY, NOBODY),
    # One's own account. The second step is for those who gave their password just now.
    "admin:second_step": (NOBODY, NOBODY),
    "admin:second_step_setup": (NOBODY, NOBODY),
    "admin:second_step_done": (NOBODY, NOBODY),
    "admin:account": (STAFF, STAFF),
    "admin:account_confirm": (STAFF, STAFF),
    "admin:account_app_add": (STAFF, STAFF),
    "admin:account_app_remove": (NOBODY, STAFF),
    "admin:account_passkey_add": (STAFF, STAFF),
    "admin:account_passkey_rename": (NOBODY, "--e---"),
    "admin:account_passkey_remove": (NOBODY, STAFF),
    "admin:account_codes_renew": (NOBODY, STAFF),
    "admin:account_sessions": (STAFF, STAFF),
    "admin:account_sessions_end": (NOBODY, STAFF),
    "admin:account_session_end": (NOBODY, "--e---"),
    # Other people's accounts, and who did what.
    "admin:account_factor_reset": ("-----a", "-----a"),
    "admin:log_list": ("-----a", "-----a"),
    "admin:log_export": ("-----a", "-----a"),
    # The board.
    "admin:board": ("--e-pa", "--e-pa"),
    "admin:board_list": ("--e-pa", "--e-pa"),
    "admin:board_gap": ("--e-pa", "--e-pa"),
    "admin:board_requirements": ("-----a", "-----a"),
    # Many at once, copies, two that are one.
    "admin:bulk_change": ("--e-pa", "--e-pa"),
    "admin:event_copy": ("--e-pa", "--e-pa"),
    "admin:conference_copy": ("----pa", "----pa"),
    "admin:join": ("----pa", "----pa"),
    "admin:run_list": ("--eopa", "--eopa"),
    "admin:run_detail": ("--e-pa", "--e-pa"),
    # Links to elsewhere, people who are there already.
    "admin:links": ("--eopa", "--eopa"),
    "admin:links_check": ("--eopa", "--eopa"),
    "admin:link_detail": ("--e-pa", "--e-pa"),
    "admin:link_check": (NOBODY, "--e-pa"),
    "admin:similar": ("--eopa", "--eopa"),
    "admin:known_organisations": ("--eopa", "--eopa"),
    # Review and previews for others.
    "admin:review_list": ("--eopa", "--eopa"),
    "admin:notice_list": (STAFF, STAFF),
    "admin:share_list": ("--e-pa", "--e-pa"),
    "shared_page": (EVERYBODY, NOBODY),
    "shared_file": (EVERYBODY, NOBODY),
    # The trash: editors delete contributions, which they also add.
    "admin:trash": ("--eopa", "--eopa"),
    "admin:trash_entry": ("----pa", "----pa"),
    "admin:trash_restore": (NOBODY, "----pa"),
    "admin:trash_purge": ("-----a", "-----a"),
    # What was typed.
    "admin:unsaved_input": (STAFF, "--e-pa"),
    "admin:unsaved_back": (STAFF, STAFF),
    "admin:unsaved_drop": (NOBODY, "--e---"),
    # Listings.
    "export_list": ("-x--pa", "-x--pa"),
    "export_detail": ("-x--pa", "-x--pa"),
    "export_download": ("-x--pa", "-x--pa"),
    # One's own.
    "export_job": ("-x----", "-x----"),
    "export_job_file": ("-x----", "-x----"),
    # Of a project that nobody has published: what is public alone is accounted for.
    "statement_list": ("-x--pa", "-x--pa"),
    "statement_detail": (NOBODY, NOBODY),
    "statement_download": (NOBODY, NOBODY),
    # In: edited listings, programmes.
    "admin:table_list": ("--eopa", "--eopa"),
    "admin:table_download": ("--eopa", "--eopa"),
    "admin:table_preview": ("--eopa", "--eopa"),
    "admin:programme_import": ("--eopa", "--eopa"),
    # For machines.
    "health_live": (EVERYBODY, EVERYBODY),
    "health_ready": (EVERYBODY, EVERYBODY),
    "robots": (EVERYBODY, NOBODY),
    "sitemap": (EVERYBODY, NOBODY),
    "video_sitemap": (EVERYBODY, NOBODY),
    "oembed": (EVERYBODY, NOBODY),
    "feed_new": (EVERYBODY, EVERYBODY),
    "conference_feed": (NOBODY, NOBODY),
    "theme_feed": (NOBODY, NOBODY),
    "speaker_feed": (NOBODY, NOBODY),
    "project_feed": (NOBODY, NOBODY),
    "conference_programme": (NOBODY, NOBODY),
    "conference_datacite": (NOBODY, NOBODY),
    "conference_datacite_zip": (NOBODY, NOBODY),
    "video_datacite": (NOBODY, NOBODY),
    "conference_dump": (NOBODY, NOBODY),
    "oai": (EVERYBODY, EVERYBODY),
    "api_index": (EVERYBODY, NOBODY),
    "api_openapi": (EVERYBODY, NOBODY),
    "api_documentation": (EVERYBODY, NOBODY),
    "api_collection": (EVERYBODY, NOBODY),
    "api_record": (NOBODY, NOBODY),
    "api_cues": (NOBODY, NOBODY),
    # What begins like this and is nothing else is 404; its beginning alone is the index.
    "api_missing": (EVERYBODY, NOBODY),
    "conference_podcast_audio": (NOBODY, NOBODY),
    "conference_podcast_video": (NOBODY, NOBODY),
    # Pages, where of a draft; staff who may view a kind see its drafts.
    "home": (EVERYBODY, EVERYBODY),
    "search": (EVERYBODY, EVERYBODY),
    "conference_list": (EVERYBODY, EVERYBODY),
    "event_list": (EVERYBODY, EVERYBODY),
    "theme_list": (EVERYBODY, EVERYBODY),
    "speaker_list": (EVERYBODY, EVERYBODY),
    "organisation_list": (EVERYBODY, EVERYBODY),
    "material_list": (EVERYBODY, EVERYBODY),
    "video_list": (EVERYBODY, EVERYBODY),
    "project_list": (EVERYBODY, EVERYBODY),
    "page_detail": ("----pa", "----pa"),
    "conference_detail": ("--e-pa", "--e-pa"),
    "conference_calendar": ("--e-pa", NOBODY),
    "event_detail": ("--e-pa", "--e-pa"),
    "event_calendar": ("--e-pa", NOBODY),
    "event_citation": ("--e-pa", "--e-pa"),
    "contribution_citation": ("--e-pa", "--e-pa"),
    "theme_detail": ("--e-pa", "--e-pa"),
    "theme_calendar": ("--e-pa", NOBODY),
    "speaker_calendar": ("--eopa", NOBODY),
    "material_citation": ("--eopa", "--eopa"),
    "speaker_detail": ("--eopa", "--eopa"),
    "organisation_detail": ("--eopa", "--eopa"),
    "project_detail": ("--eopa", "--eopa"),
    "video_detail": ("--e-pa", "--e-pa"),
    "video_citation": ("--e-pa", "--e-pa"),
    "video_embed": (NOBODY, NOBODY),
    "track_file": ("--e-pa", NOBODY),
    "chapter_file": ("--e-pa", NOBODY),
    "media": ("--eopa", NOBODY),
}

# ── Addresses whose answer depends on what is asked, by the name and a word ───────────────────
VARIANTS = {
    # A preview of what one may not see is the public page, or none.
    "event_detail ?vorschau=working copy": EVERYBODY,
    "event_list ?vorschau=working copy": EVERYBODY,
    "search ?vorschau=working copy": EVERYBODY,
    "event_detail ?vorschau=revision": "--e-pa",
    "home ?vorschau=revision": EVERYBODY,
    "event_detail ?vorschau=form": EVERYBODY,
    "search for drafts": EVERYBODY,
    "oembed of a draft": NOBODY,
    "media of a picture": "--eopa",
    "conference_podcast_audio of a public conference": EVERYBODY,
    "conference_podcast_video of a public conference": EVERYBODY,
    "video_embed of a public recording": EVERYBODY,
    "shared_page with another signature": NOBODY,
    "shared_file of another record": NOBODY,
    "admin:sessions_app_event_change with working copy": "--e-pa",
    "admin:sessions_app_event_review with working copy": "--e-pa",
    "admin:sessions_app_event_change as typed": "--e-pa",
    "admin:sessions_app_event_compare earlier": "--e-pa",
    "admin:sessions_app_event_revision earlier": "--e-pa",
    "admin:similar organisation": "--eopa",
    "admin:trash search": "--eopa",
    "admin:run_detail of a project": "--eopa",
    "admin:board of all": "--eopa",
    "admin:board of a draft": "--e-pa",
    "admin:board_list of all": "--eopa",
    "export_download vollstaendigkeit": "----pa",
    "statement_detail of a public project": "-x--pa",
}
# The rest of a kind alike: by how their names begin.
ALIKE = {
    "admin:board ": "--e-pa",
    "admin:links ": "--eopa",
    "admin:autocomplete ": "--eopa",
    "export_download ": "-x--pa",
}


def forms() -> dict[str, tuple[str, str]]:
    """One row for each form; a row that stands there twice is an error."""
    rows = {}
    for kinds, views in FORMS.items():
        for names, who in views.items():
            for name in (f"admin:{kind}_{view}" for kind in kinds for view in names):
                assert name not in rows, f"{name} stands in the table twice"
                rows[name] = who
    return rows


def legacy_routes(names) -> dict[str, tuple[str, str]]:
    """`admin/conference/theme/7/` is Django's old address of a form: it leads to the new one and tells nothing."""
    kinds = {name.removeprefix("admin:").removesuffix("_changelist") for name in names if name.endswith("_changelist")}
    labels = ("conference", "sessions_app", "projects_app", "auth")
    split = {kind: next(label for label in labels if kind.startswith(f"{label}_")) for kind in kinds}
    routes = (f"admin/{label}/{kind.removeprefix(f'{label}_')}/<path:object_id>/" for kind, label in split.items())
    return dict.fromkeys(routes, (STAFF, STAFF))


TABLE = forms() | legacy_routes(forms()) | OTHERS
