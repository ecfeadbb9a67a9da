"""The response headers: Content-Security-Policy and its neighbours."""

import secrets

from django.conf import settings
from django.utils.functional import SimpleLazyObject

# Setting names and the nonce follow Django 6 (`SECURE_CSP`, `request.csp_nonce`), so that this module can go then.
POLICY = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "xr-spatial-tracking",
    )
)


def policy_header(policy: dict[str, list[str]]) -> str:
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())


class SecurityHeadersMiddleware:
    """Sets the policy on every answer. A view widens it for itself by setting `response.csp`, a dict as `POLICY`.

    `request.csp_nonce` makes a nonce when it is first read, and only then does it stand in the header.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.csp_nonce = SimpleLazyObject(lambda: self._make_nonce(request))
        response = self.get_response(request)
        policy = POLICY | getattr(response, "csp", {})
        if nonce := getattr(request, "_csp_nonce", None):
            own = policy.get("script-src", ["'self'"])
            policy = policy | {"script-src": [*own, f"'nonce-{nonce}'"]}
        response.headers.setdefault("Content-Security-Policy", policy_header(policy))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    @staticmethod
    def _make_nonce(request) -> str:
        request._csp_nonce = secrets.token_urlsafe(16)
        return request._csp_nonce


def client_address(request) -> str:
    """The visitor's address; forwarded headers count only as far as proxies of ours stand in front."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES]
    return request.META.get("REMOTE_ADDR", "")
