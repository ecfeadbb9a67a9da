"""Addresses of the joint projects."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from projects_app import views

urlpatterns = [
    path(_("vorhaben/"), views.project_list, name="project_list"),
    path(_("vorhaben/<slug:slug>/"), views.project_detail, name="project_detail"),
]
