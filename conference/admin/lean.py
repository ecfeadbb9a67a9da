"""Fields drawn without a template, for forms with hundreds of them: a template for each costs a third of a second."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from conference.admin.rows import NamedChoices


def _attributes(attrs: dict) -> str:
    given = ((name, value) for name, value in attrs.items() if value is not False and value is not None)
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in given)


class _Drawn:
    """A widget that writes its element itself."""

    def render(self, name, value, attrs=None, renderer=None):
        return mark_safe(self.draw(escape(name), self.format_value(value), self.build_attrs(self.attrs, attrs)))


class _Input(_Drawn):
    def draw(self, name, value, attrs):
        given = "" if value is None else f' value="{escape(value)}"'
        return f'<input type="{self.input_type}" name="{name}"{given}{_attributes(attrs)}>'


class LeanInput(_Input, forms.TextInput):
    pass


class LeanNumber(_Input, forms.NumberInput):
    pass


class LeanTime(_Input, forms.TimeInput):
    pass


class LeanHidden(_Input, forms.HiddenInput):
    pass


class LeanCheckbox(_Drawn, forms.CheckboxInput):
    def render(self, name, value, attrs=None, renderer=None):
        checked = " checked" if self.check_test(value) else ""
        return mark_safe(
            f'<input type="checkbox" name="{name}"{_attributes(self.build_attrs(self.attrs, attrs))}{checked}>'
        )


class LeanText(_Drawn, forms.Textarea):
    def value_from_datadict(self, data, files, name):
        """As it was stored: browsers send other line ends, which would count as a change."""
        value = super().value_from_datadict(data, files, name)
        return value and value.replace("\r\n", "\n")

    def draw(self, name, value, attrs):
        return f'<textarea name="{name}"{_attributes(attrs)}>\n{escape(value or "")}</textarea>'


def _options(pairs, chosen: set[str]) -> str:
    return "".join(
        f'<option value="{escape(key)}"{" selected" if str(key) in chosen else ""}>{conditional_escape(words)}</option>'
        for key, words in pairs
    )


class LeanSelect(_Drawn, forms.Select):
    def draw(self, name, value, attrs):
        return f'<select name="{name}"{_attributes(attrs)}>{_options(self.choices, set(value))}</select>'


class _LeanChoice(NamedChoices):
    """A search among many things. Only what is chosen stands in the page; the script brings the search when the
    row is opened, with the settings of the row in the template, which is drawn in full.
    """

    # Where a new one is made, if the reader may.
    add_url = ""

    def render(self, name, value, attrs=None, renderer=None):
        drawn = super().render(name, value, attrs) if "__prefix__" in name else self._drawn(name, value, attrs)
        identity = (attrs or {}).get("id")
        if not self.add_url or not identity:
            return drawn
        return format_html(
            '<span class="related-widget-wrapper" data-model-ref="{}">{}'
            '<a class="related-widget-wrapper-link add-related" id="add_{}" data-popup="yes" href="{}">{}</a></span>',
            self.field.remote_field.model._meta.model_name,
            drawn,
            identity,
            self.add_url,
            self.add_words,
        )

    def _drawn(self, name, value, attrs):
        keys = {str(key) for key in self.format_value(value)}
        pairs = [(key, self.choices.field.label_from_instance(thing)) for key, thing in self.names.those(keys)]
        multiple = " multiple" if self.allow_multiple_selected else ""
        empty = "" if multiple else '<option value=""></option>'
        attrs = forms.Widget.build_attrs(self, self.attrs, attrs)
        options = empty + _options(pairs, keys)
        return mark_safe(
            f'<select name="{escape(name)}" class="later"{_attributes(attrs)}{multiple}>{options}</select>'
        )


class LeanChoice(_LeanChoice, AutocompleteSelect):
    pass


class LeanChoices(_LeanChoice, AutocompleteSelectMultiple):
    pass


def _refused(field, value):
    return forms.ValidationError(field.error_messages["invalid_choice"], "invalid_choice", {"value": value})


class _ChoiceField(forms.ModelChoiceField):
    """Finds what was chosen where its label comes from: with one query for all rows."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        found = self.widget.names.those([str(value)])
        if not found:
            raise _refused(self, value)
        return found[0][1]


class _ChoicesField(forms.ModelMultipleChoiceField):
    def _check_values(self, value):
        found = self.widget.names.those(dict.fromkeys(str(key) for key in value))
        missing = {str(key) for key in value} - {key for key, _thing in found}
        if missing:
            raise _refused(self, min(missing))
        return [thing for _key, thing in found]


class _KeyField(forms.Field):
    """Which of the rows that were loaded a row of the form is."""

    default_error_messages = {"invalid_choice": forms.ModelChoiceField.default_error_messages["invalid_choice"]}

    def __init__(self, rows: dict, **options):
        super().__init__(**options, required=False, widget=LeanHidden)
        self.rows = rows

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if str(value) not in self.rows:
            raise _refused(self, value)
        return self.rows[str(value)]


class LeanForm:
    """For forms of rows: `cells` are their fields with label, hint and errors, ready to be printed."""

    # The fields in the order of the page; what is not named here the template places itself.
    placed = ()

    @property
    def media(self):
        """None: a row brings nothing that its page has not."""
        return forms.Media()

    @property
    def cells(self):
        return [self.cell(name) for name in self.placed]

    def cell(self, name: str):
        bound = self[name]
        field, errors = bound.field, self.errors.get(name) if self.is_bound else None
        box = isinstance(field.widget, forms.CheckboxInput)
        label = f'<label for="{bound.id_for_label}"{_required(field)}>{field.label}</label>'
        control = str(bound)
        hint = f'<div class="help" id="{bound.auto_id}_helptext">{field.help_text}</div>' if field.help_text else ""
        inside = f"{control} {label}" if box else f"{label}{control}"
        classes = f"cell field-{name}{' errors' if errors else ''}{' tick' if box else ''}"
        return mark_safe(f'<div class="{classes}">{errors or ""}{inside}{hint}</div>')

    @property
    def place(self):
        return self.cell("position")

    @property
    def tick_to_remove(self):
        return self.cell("DELETE") if "DELETE" in self.fields else ""


def _required(field) -> str:
    return ' class="required"' if field.required else ""


class LeanRows:
    """For inlines: draws the fields named in `lean` with these widgets."""

    lean = {}
    # What the link beside a relation says, by field.
    add_words = {}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        widget = self.lean.get(db_field.name)
        if widget is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.remote_field:
            kwargs["widget"] = widget(db_field, self.admin_site)
            kwargs["form_class"] = _ChoiceField if db_field.many_to_one else _ChoicesField
        else:
            kwargs["widget"] = widget
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        # Said once here, and not translated anew for each row.
        field.label, field.help_text = conditional_escape(field.label), conditional_escape(field.help_text)
        if db_field.remote_field:
            wrapper = field.widget
            field.widget = wrapper.widget
            words = self.add_words.get(db_field.name)
            if words and wrapper.can_add_related:
                meta = db_field.remote_field.model._meta
                address = reverse(f"admin:{meta.app_label}_{meta.model_name}_add", current_app=self.admin_site.name)
                field.widget.add_url, field.widget.add_words = f"{address}?_to_field=id&_popup=1", words
        return field


class LeanFormSet:
    """For their formsets: the fields Django adds are drawn the same way."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["id"] = _KeyField(self.known_rows, initial=form.fields["id"].initial)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = self.words_to_remove

    @cached_property
    def known_rows(self):
        return {str(row.pk): row for row in self.get_queryset()}

    @cached_property
    def words_to_remove(self):
        return gettext("Entfernen")

    @classmethod
    def get_deletion_widget(cls):
        return LeanCheckbox
