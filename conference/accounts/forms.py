"""The forms of the account pages."""

from django import forms
from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """One field for both: six digits are the app's, all else is a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class AppCodeForm(CodeForm):
    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label=_("Code aus der App"),
        error_messages={"invalid": _("Der Code hat sechs Ziffern.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 9}),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class PasskeyForm(forms.Form):
    """`credential` is filled in by the browser's answer."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Woran Sie ihn erkennen, zum Beispiel „Laptop im Büro“."),
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)


class PasskeyNameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)


class ConfirmForm(forms.Form):
    password = forms.CharField(
        label=_("Ihr Passwort"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self):
        """Asked of the same place as the log-in, so that guessing is throttled here too."""
        password, name = self.cleaned_data["password"], self.request.user.get_username()
        if authenticate(self.request, username=name, password=password) != self.request.user:
            raise forms.ValidationError(_("Das Passwort stimmt nicht."))
        return password
