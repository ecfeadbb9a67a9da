"""What has taken the place of something in the trash, and who gives way."""

from itertools import count

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from conference.trash.belonging import chunks
from conference.trash.columns import label

_OF_ITS_OWN = {"slug"}


def give_way(rows) -> tuple[list[str], list[str]]:
    """Where something else has the place of one of these rows: (why it cannot come back, what was changed instead).

    A taken slug becomes a free one, a mark only one can have is given up; everything else is for people to settle.
    A few queries for each kind, and one for each row and rule that reaches beyond what comes back.
    """
    sentences, changed = [], []
    for model, members in rows.items():
        sentences += _known_already(model, members)
        if any(field.name == "slug" for field in model._meta.fields):
            changed += [sentence for row in members.values() if (sentence := _free_slug(row, members, rows))]
        for rule in model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint) and not _OF_ITS_OWN & set(rule.fields):
                for row in members.values():
                    if not _is_within(rule, row, rows):
                        _settle(rule, row, sentences, changed)
    return sentences, changed


def _known_already(model, members) -> list[str]:
    """Rows that somebody has made anew meanwhile, an import for example: they have the same identity."""
    names = [field.name for field in model._meta.concrete_fields if field.unique and field.name not in _OF_ITS_OWN]
    taken = set()
    for name in names:
        values = {getattr(row, name): number for number, row in members.items()}
        values.pop(None, None)
        for some in chunks(values):
            found = model._base_manager.filter(**{f"{name}__in": some}).values_list(name, flat=True)
            taken.update(values[value] for value in found)
    sentence = _("%(noun)s „%(name)s“ ist inzwischen neu angelegt worden. Bitte löschen Sie den neuen Eintrag zuerst.")
    return [sentence % {"noun": model._meta.verbose_name, "name": label(members[number])} for number in sorted(taken)]


def _free_slug(row, members, rows) -> str:
    """A free slug where the old one is taken; the sentence that says so."""
    scope = {name: getattr(row, f"{name}_id") for name in row.slug_scope}
    if any(scope[name] in rows.get(row._meta.get_field(name).related_model, ()) for name in scope):
        return ""
    others = type(row)._base_manager.filter(**scope)
    if not others.filter(slug=row.slug).exists():
        return ""
    length = row._meta.get_field("slug").max_length - 5
    taken = set(others.filter(slug__startswith=row.slug[:length]).values_list("slug", flat=True))
    taken |= {each.slug for each in members.values()}
    former = row.slug
    row.slug = next(name for number in count(2) if (name := f"{former[:length]}-{number}") not in taken)
    words = {"former": former, "slug": row.slug}
    return _("Der Kurzname „%(former)s“ ist inzwischen vergeben, er heißt jetzt „%(slug)s“.") % words


def _is_within(rule, row, rows) -> bool:
    """Whether the rule compares it with rows that come back with it alone: they were no trouble before."""
    fields = [row._meta.get_field(name) for name in rule.fields]
    return any(key.many_to_one and getattr(row, key.attname) in rows.get(key.related_model, ()) for key in fields)


def _settle(rule, row, sentences, changed):
    try:
        rule.validate(type(row), row)
    except ValidationError as error:
        marks = [name for name in rule.fields if isinstance(row._meta.get_field(name), models.BooleanField)]
        for name in marks:
            setattr(row, name, False)
        (changed if marks else sentences).append(f"{label(row)}: {' '.join(error.messages)}")
