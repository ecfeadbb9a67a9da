"""The site map: own pages, then the apps by name."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from conference import health, views
from conference.media import media
from conference.search.views import search
from conference.sharing.views import shared_file, shared_page
from conference.sitemaps import robots, sitemap

urlpatterns = [
    path("admin/", admin.site.urls),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("", include("sessions_app.file_urls")),
    path("medien/<path:path>", media, name="media"),
    path("vorschau/<uuid:uuid>/<str:signed>/", shared_page, name="shared_page"),
    path("vorschau/<uuid:uuid>/<str:signed>/medien/<path:path>", shared_file, name="shared_file"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("", include("sessions_app.staff_urls")),
    path("", include("sessions_app.machine_urls")),
]
urlpatterns += i18n_patterns(
    path(_("suche/"), search, name="search"),
    path(_("seiten/<slug:slug>/"), views.page_detail, name="page_detail"),
    path("", include("sessions_app.urls")),
    path("", include("projects_app.urls")),
    prefix_default_language=False,
)
