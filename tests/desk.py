"""The editing screens as a person uses them: their addresses, their words, their forms sent back."""

import html
import re

from django.db.models.fields.files import FieldFile
from django.urls import reverse

from tests import make


def made(model, **fields):
    return getattr(make, model._meta.model_name)(**fields)


def url(model, view, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def words(response):
    """What a person reads or hears of a page."""
    text = re.sub(r"<(script|style|svg|code)\b.*?</\1>|<!--.*?-->", " ", response.content.decode(), flags=re.DOTALL)
    heard = re.findall(r'(?:title|alt|aria-label|placeholder|type="submit" value)="([^"]*)"', text)
    return html.unescape(" ".join([re.sub(r"<[^>]+>", " ", text), *heard]))


def posted(response):
    """The form as it stands, to be sent back."""
    form = response.context["adminform"].form
    data = {}
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    formsets += [form.people for formset in formsets for form in formset.forms if getattr(form, "people", None)]
    for part in [form, *(f for formset in formsets for f in [formset.management_form, *formset.forms])]:
        for field in part:
            value = field.value()
            for widget in field.subwidgets if field.field.widget.__class__.__name__ == "AdminSplitDateTime" else ():
                for half in widget.data["subwidgets"]:
                    data[half["name"]] = half["value"] or ""
            if value is None or value is False or isinstance(value, FieldFile):
                continue
            data[field.html_name] = [str(item) for item in value] if isinstance(value, list) else str(value)
    base = response.context.get("base")
    return data | ({"_base": base} if base else {})


def step(client, thing, action, **fields):
    address = url(type(thing), "change", thing.pk)
    data = posted(client.get(address)) | {f"_{action}": "x"} | fields
    return client.post(address, data)
