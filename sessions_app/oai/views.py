"""The one address of the protocol."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sessions_app.oai.arguments import Refused, arguments
from sessions_app.oai.verbs import OAI, VERBS, base_address, moment
from sessions_app.scholarly.datacite_xml import XSI
from sessions_app.xml_writing import add, as_bytes, root_element

LOCATION = f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
# These say that the question was not understood: it is not repeated.
_NOT_UNDERSTOOD = ("badVerb", "badArgument")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request):
    """Read-only, whichever method asks. Errors of the protocol are answers of HTTP 200. Not for search engines."""
    given = request.POST if request.method == "POST" else request.GET
    with override(settings.CONTENT_LANGUAGE):
        content = answer(given)
    response = HttpResponse(content, content_type="text/xml; charset=UTF-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def answer(given) -> bytes:
    try:
        asked = arguments(given)
        root = _root(asked)
        VERBS[asked["verb"]](root, asked)
    except Refused as error:
        root = _root({} if error.code in _NOT_UNDERSTOOD else asked)
        add(root, "error", str(error), {"code": error.code})
    return as_bytes(root)


def _root(asked: dict):
    root = root_element("OAI-PMH", {"": OAI, "xsi": XSI}, **{"xsi:schemaLocation": LOCATION})
    add(root, "responseDate", moment(timezone.now()))
    add(root, "request", base_address(), asked)
    return root
