"""The editorial site: Django's admin under our name, with a start page that says what is to be done."""

from importlib import import_module

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import JavaScriptCatalog

from conference.accounts import arrival, leaving
from conference.overview import overview
from conference.unsaved.guard import guarded

# The side bar in the order editors think; what is not named follows.
CONTENT = (
    "Conference",
    "Event",
    "Contribution",
    "Theme",
    "Speaker",
    "Project",
    "Organisation",
    "Video",
    "Material",
    "Image",
    "Page",
)
ACCOUNTS = ("User", "Group")
# Where editors work beside the forms: modules with `urls(site)`, each on its own floor.
DESKS: tuple[str, ...] = (
    "conference.accounts.urls",
    "sessions_app.board.desk",
    "sessions_app.copying.desk",
    "sessions_app.imports.desk",
    "conference.joining.desk",
    "conference.links.desk",
    "conference.similar.desk",
    "conference.review.desk",
    "conference.runs.desk",
    "sessions_app.roundtrip.desk",
    "conference.sharing.desk",
    "conference.trash.desk",
    "sessions_app.admin.known",
    "conference.unsaved.views",
)


class LogInForm(AdminAuthenticationForm):
    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": _("Name und Passwort passen nicht zusammen. Groß- und Kleinschreibung zählt."),
    }


class PasswordStep(LoginView):
    """The first step of the log-in. What follows is told in `conference.accounts.arrival`."""

    template_name = "admin/login.html"
    authentication_form = LogInForm

    def form_valid(self, form):
        return arrival.begin(self.request, form.get_user(), self.get_success_url())

    def form_invalid(self, form):
        leaving.note_refused(form.data.get("username", ""))
        return super().form_invalid(form)


class EditorialSite(admin.AdminSite):
    site_header = site_title = _("Redaktion")
    index_title = _("Übersicht")
    login_form = LogInForm

    def index(self, request, extra_context=None):
        return super().index(request, overview(request, self._registry, CONTENT) | (extra_context or {}))

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        start = reverse("admin:index", current_app=self.name)
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(start)
        named = request.GET.get("next") or request.POST.get("next")
        context = {**self.each_context(request), "title": _("Anmelden"), "subtitle": None, "next": named or start}
        context |= {"app_path": request.get_full_path(), "username": request.user.get_username()}
        request.current_app = self.name
        return PasswordStep.as_view(extra_context=context | (extra_context or {}), next_page=start)(request)

    def logout(self, request, extra_context=None):
        leaving.note_log_out(request)
        return super().logout(request, extra_context)

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if response.status_code == 302:
            leaving.after_new_password(request)
        return response

    def admin_view(self, view, cacheable=False):
        return guarded(self, super().admin_view(view, cacheable))

    def get_urls(self):
        desks = [url for name in DESKS for url in import_module(name).urls(self)]
        return [*desks, *super().get_urls()]

    def get_app_list(self, request, app_label=None):
        """Two groups instead of Django's apps, which are walls inside our house and nothing to an editor."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = ((_("Inhalte"), "content", CONTENT), (_("Zugänge"), "accounts", ACCOUNTS))
        # A desk may name itself in the side bar: `side_bar(request, site)` gives lines like those of models.
        desks = [import_module(name) for name in DESKS] if self.has_permission(request) else []
        beside = {
            "content": [line for desk in desks if hasattr(desk, "side_bar") for line in desk.side_bar(request, self)]
        }
        return [
            {
                "name": name,
                "app_label": label,
                "app_url": reverse("admin:index", current_app=self.name),
                "has_module_perms": True,
                "models": [models[noun] for noun in nouns if noun in models] + beside.get(label, []),
            }
            for name, label, nouns in groups
            if any(noun in models for noun in nouns)
        ]

    def i18n_javascript(self, request, extra_context=None):
        catalogue = JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])
        return catalogue(request)
