"""Old addresses lead to new ones, for good."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse

from conference.models import Conference, FormerSlug
from conference.publishing import publishable_models


def remember_slug(thing, former: str):
    """Keep `former`, the slug `thing` had until now, as a way to it. Call it in the transaction of the change."""
    if former and former != thing.slug:
        content_type = ContentType.objects.get_for_model(thing)
        FormerSlug.objects.get_or_create(content_type=content_type, object_id=thing.pk, slug=former)


def _known_as(model, slug: str, user) -> list:
    """The things of a kind that have or once had this slug and that `user` may see; the present one first."""
    things = model.objects.visible_to(user)
    content_type = ContentType.objects.get_for_model(model)
    former = FormerSlug.objects.filter(content_type=content_type, slug=slug).order_by("-pk")
    return [*things.filter(slug=slug), *things.filter(pk__in=former.values("object_id"))]


def current_address(path: str, user) -> str | None:
    """Where the thing that once had this address is now, if `user` may see it. Some queries; for 404s only."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    models = {model._meta.model_name: model for model in publishable_models()}
    model = models.get((match.url_name or "").partition("_")[0])
    if model is None or "slug" not in match.kwargs:
        return None
    kwargs = dict(match.kwargs)
    things = _known_as(model, kwargs["slug"], user)
    if "conference" in kwargs:
        homes = {home.pk: home for home in _known_as(Conference, kwargs["conference"], user)}
        things = [thing for thing in things if thing.conference_id in homes]
        kwargs["conference"] = homes[things[0].conference_id].slug if things else ""
    if not things:
        return None
    address = reverse(match.url_name, kwargs=kwargs | {"slug": things[0].slug})
    return address if address != path else None


class FormerSlugMiddleware:
    """Turns a 404 into a permanent redirect where the address once led to something that is still there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        address = current_address(request.path_info, request.user)
        if address is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
