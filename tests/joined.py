"""Joining as the page does it: looked at, chosen, done. And all there is, to compare before and after."""

from django.apps import apps
from django.contrib import admin

from conference.joining.carrying import join
from conference.joining.plan import Plan
from tests.trashed import CONTENT, OTHER, found_by_search

# What every change leaves behind.
TRACES = OTHER | {"ChangeRun", "Revision"}
MOMENTS = {"updated_at"}


def fieldsets(model):
    return admin.site.get_model_admin(model).fieldsets


def joined(stays, goes, user=None, **choices):
    plan = Plan(stays, goes, fieldsets(type(stays)))
    return join(plan, user, plan.mark, choices)


def all_there_is() -> dict:
    """Every column of every row of ours but traces and moments, and what the search knows."""
    found = {"search": found_by_search()}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in CONTENT and model.__name__ not in TRACES:
            names = [field.attname for field in model._meta.concrete_fields if field.name not in MOMENTS]
            found[model._meta.label] = list(model._base_manager.order_by("pk").values_list(*names))
    return found
