"""Editors of some conferences only: every list, form and choice of the admin shows what is theirs."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.scope import is_limited, is_own, paths_of, scoped


class ScopedRelatedFilter(admin.RelatedOnlyFieldListFilter):
    """Offers what the editor works on."""

    def field_choices(self, field, request, model_admin):
        choices = super().field_choices(field, request, model_admin)
        if not is_limited(request.user) or not paths_of(field.related_model):
            return choices
        theirs = set(scoped(field.related_model._default_manager.all(), request.user).values_list("pk", flat=True))
        return [choice for choice in choices if choice[0] in theirs]


class ScopedChoices:
    """For forms and rows: relations lead only to what the editor works on."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **_narrowed(db_field, request, kwargs))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **_narrowed(db_field, request, kwargs))


def _narrowed(db_field, request, options: dict) -> dict:
    model = db_field.remote_field.model
    if not is_limited(request.user) or not paths_of(model):
        return options
    queryset = options.get("queryset")
    offered = model._default_manager.all() if queryset is None else queryset
    return options | {"queryset": scoped(offered, request.user)}


class ScopedAdmin(ScopedChoices):
    """What belongs to another conference is not there, to look at or to change: it is read on the public pages.

    What the conferences share is everybody's to add and to change, and only editors of all conferences delete it.
    What belongs to the house (plain pages, accounts) is theirs alone.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.list_filter = tuple(
            (each[0], ScopedRelatedFilter)
            if isinstance(each, list | tuple) and each[1] is admin.RelatedOnlyFieldListFilter
            else each
            for each in self.list_filter
        )

    def get_queryset(self, request):
        return scoped(super().get_queryset(request), request.user)

    # ── Rights ───────────────────────────────────────────────────────────────────────────────
    def _covers(self, request, obj) -> bool:
        if not is_limited(request.user):
            return True
        return paths_of(self.model) is not None and (obj is None or is_own(obj, request.user))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._covers(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._covers(request, obj)

    def has_delete_permission(self, request, obj=None):
        is_shared = paths_of(self.model) == ()
        may_delete = not (is_shared and is_limited(request.user))
        return may_delete and super().has_delete_permission(request, obj) and self._covers(request, obj)

    def has_add_permission(self, request):
        """Never a conference: it would not be theirs."""
        may_add = not is_limited(request.user) or "pk" not in (paths_of(self.model) or ())
        return may_add and super().has_add_permission(request) and self._covers(request, None)

    # ── Relations from shared things to what belongs to another conference ───────────────────
    def _hiding(self, request) -> list[str]:
        """The relations that may have ends this editor does not see."""
        fields = self.opts.many_to_many if is_limited(request.user) else ()
        return [field.name for field in fields if paths_of(field.related_model)]

    def get_fieldsets(self, request, obj=None):
        """Who may only look is not shown such a relation at all: read-only, it would name both of its ends."""
        fieldsets, hidden = super().get_fieldsets(request, obj), set(self._hiding(request))
        if not hidden or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, options | {"fields": [each for each in options["fields"] if each not in hidden]})
            for name, options in fieldsets
        ]

    def save_related(self, request, form, formsets, change):
        """What the editor does not see stays."""
        kept = {}
        for name in self._hiding(request) if change else ():
            related = getattr(form.instance, name).all()
            seen = scoped(related, request.user).values_list("pk", flat=True)
            kept[name] = list(related.exclude(pk__in=list(seen)))
        super().save_related(request, form, formsets, change)
        for name, things in kept.items():
            getattr(form.instance, name).add(*things)

    def get_deleted_objects(self, objs, request):
        tree, counts, needed, protected = super().get_deleted_objects(objs, request)
        if protected and is_limited(request.user):
            protected = [_("Inhalte, die noch darauf verweisen, vielleicht aus einer anderen Konferenz")]
        return tree, counts, needed, protected
