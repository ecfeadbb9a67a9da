"""The three groups every installation starts with: editors, publishers, and staff who take listings."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

EDITORS, PUBLISHERS, ANALYSTS = "Redaktion", "Veröffentlichung", "Auswertung"
HOUSE = ("conference", "projects_app", "sessions_app")


def ensure_groups(sender, using="default", **kwargs):
    """Makes the groups that are missing after `migrate`. A group that is there stays as the operator left it."""
    for label in HOUSE:
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    content = Permission.objects.using(using).filter(content_type__app_label__in=HOUSE)
    content = content.exclude(
        # What the board requires, who works where, who reads the log and who empties the trash by hand before its
        # time is for administrators to say.
        content_type__model__in=[
            *("formerslug", "searchentry", "searchterm"),
            *("requirementsetting", "editorscope", "accountevent", "trashedrecord"),
        ]
    )
    editing = content.filter(
        Q(codename__startswith="add_") | Q(codename__startswith="change_") | Q(codename__startswith="view_")
    )
    # Editors may remove what they add in a form: the rows of a record, never the record.
    rows = ContentType.objects.using(using).filter(
        app_label__in=HOUSE,
        model__in=[
            *("guidingquestion", "contribution", "appearance", "involvement", "partnership", "projectplace"),
            *("mediafile", "texttrack"),
        ],
    )
    removing = content.filter(codename__startswith="delete_", content_type__in=rows)
    exporting = content.filter(codename="export_listings")
    for name, permissions in (
        (EDITORS, editing | removing),
        (PUBLISHERS, content),
        (ANALYSTS, exporting),
    ):
        group, created = Group.objects.using(using).get_or_create(name=name)
        if created:
            group.permissions.set(permissions)
