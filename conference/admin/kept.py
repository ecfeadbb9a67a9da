"""Forms that offer what was typed and not saved, and say who else has them open."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from conference.editing.parts import record_of
from conference.models import UnsavedInput
from conference.unsaved import files
from conference.unsaved.keeping import TAB, forget, is_tab, kept_input, new_tab, owner_mark, typed
from conference.unsaved.presence import others, sentence

OFFERS = 5


@dataclass
class Unsaved:
    """What a form shows of it; `form` is its address, `is_typed` says that something else stands in it than
    what is stored, `shown` that it is this.
    """

    form: str
    tab: str
    owner: str
    is_typed: bool = False
    shown: UnsavedInput | None = None
    offers: list = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    others: str = ""


def in_words(moment) -> str:
    moment, today = localtime(moment), localtime().date()
    time = date_format(moment, "H:i")
    match (today - moment.date()).days:
        case 0:
            return _("heute, %(time)s Uhr") % {"time": time}
        case 1:
            return _("gestern, %(time)s Uhr") % {"time": time}
        case _days:
            return date_format(moment, _("j. F Y, H:i \\U\\h\\r"))


class KeptInputMixin:
    """For admin classes: a GET with `?eingaben=…` shows the form with what is kept, bound and never saved."""

    @property
    def keeps_input(self) -> bool:
        """Content only: what stands in a form of an account is nobody's to keep."""
        return self.opts.app_label != "auth"

    def record_of(self, obj):
        """What is open when this form is: for the form of a row, that of which it is a part."""
        return record_of(obj)

    # ── What is kept, in the form ────────────────────────────────────────────────────────────
    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        data = typed(request)
        return form if data is None else _bound(form, data, files.opened(kept_input(request).files))

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        data = typed(request)
        if data is not None and f"{prefix}-TOTAL_FORMS" in data:
            kwargs |= {"data": data, "files": files.opened(kept_input(request).files), "save_as_new": False}
        return kwargs

    # ── What is said about it ────────────────────────────────────────────────────────────────
    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if self.keeps_input and may:
            context["unsaved"] = self._unsaved(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _unsaved(self, request, obj) -> Unsaved:
        shown = kept_input(request)
        tab = shown.tab if shown else request.POST.get(TAB, "")
        unsaved = Unsaved(request.path, tab if is_tab(tab) else new_tab(), owner_mark(request.user), shown=shown)
        unsaved.is_typed = shown is not None or request.method == "POST"
        kept = list(UnsavedInput.objects.of(request.user, request.path).offered())
        held = [file for each in kept if each.tab == unsaved.tab for file in each.files]
        unsaved.files = [file["name"] for file in files.still_held(held)]
        unsaved.offers = [each for each in kept if each.tab != unsaved.tab][:OFFERS]
        for each in kept:
            each.moment = in_words(each.updated_at)
        if shown:
            shown.moment = in_words(shown.updated_at)
        if obj is not None:
            unsaved.others = sentence(others(self.record_of(obj), request.user))
        return unsaved

    # ── Saved ────────────────────────────────────────────────────────────────────────────────
    def response_add(self, request, obj, post_url_continue=None):
        forget(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        forget(request)
        return super().response_change(request, obj)


def _bound(form_class, data, held):
    class Typed(form_class):
        def __init__(self, *args, **kwargs):
            super().__init__(data, held, *args, **kwargs)

    Typed.__name__ = form_class.__name__
    return Typed
