"""The addresses of accounts under the admin. Who is on the way in has no permission there yet, and comes as well."""

from django.urls import path

from conference.accounts.views import account, log, reset, sessions, shortcut, steps


def urls(site):
    inside = site.admin_view
    return [
        path("zweiter-schritt/", steps.second_step, name="second_step"),
        path("zweiter-schritt/einrichten/", steps.second_step_setup, name="second_step_setup"),
        path("zweiter-schritt/fertig/", inside(steps.second_step_done), name="second_step_done"),
        path("mein-zugang/", inside(account.account), name="account"),
        path("mein-zugang/bestaetigen/", inside(steps.confirm), name="account_confirm"),
        path("mein-zugang/app/", account.app_add, name="account_app_add"),
        path("mein-zugang/app/entfernen/", inside(account.app_remove), name="account_app_remove"),
        path("mein-zugang/passkey/", account.passkey_add, name="account_passkey_add"),
        path("mein-zugang/passkey/<uuid:uuid>/", inside(account.passkey_rename), name="account_passkey_rename"),
        path(
            "mein-zugang/passkey/<uuid:uuid>/entfernen/",
            inside(account.passkey_remove),
            name="account_passkey_remove",
        ),
        path("mein-zugang/codes/", inside(account.codes_renew), name="account_codes_renew"),
        path("mein-zugang/anmeldungen/", inside(sessions.session_list), name="account_sessions"),
        path("mein-zugang/anmeldungen/beenden/", inside(sessions.session_end_others), name="account_sessions_end"),
        path("mein-zugang/anmeldungen/<uuid:uuid>/", inside(sessions.session_end), name="account_session_end"),
        path("auth/user/<int:user_id>/zweiter-faktor/", inside(reset.factor_reset), name="account_factor_reset"),
        path("protokoll/", inside(log.log_list), name="log_list"),
        path("protokoll/protokoll.<slug:file_format>", inside(log.log_export), name="log_export"),
        path("r/<path:content_type_id>/<path:object_id>/", inside(shortcut.shortcut), name="view_on_site"),
    ]
