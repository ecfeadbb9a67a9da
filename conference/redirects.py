"""Old addresses lead to new ones, for good."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse

from conference.models import FormerSlug
from conference.publishing import publishable_models


def remember_slug(thing, former: str):
    """Keep `former`, the slug `thing` had until now, as a way to it. Call it in the transaction of the change."""
    if former and former != thing.slug:
        content_type = ContentType.objects.get_for_model(thing)
        FormerSlug.objects.get_or_create(content_type=content_type, object_id=thing.pk, slug=former)


def _renamed(model, former: str, user):
    """The things of a kind that once had this slug and that `user` may see, the latest first."""
    content_type = ContentType.objects.get_for_model(model)
    ids = FormerSlug.objects.filter(content_type=content_type, slug=former).order_by("-pk").values("object_id")
    return model.objects.visible_to(user).filter(pk__in=ids)


def current_address(path: str, user) -> str | None:
    """Where the thing that once had this address is now, if `user` may see it. Some queries; for 404s only."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    models = {model._meta.model_name: model for model in publishable_models()}
    kind = match.url_name.rsplit("_", 1)[0] if match.url_name else ""
    model = models.get(kind)
    if model is None or "slug" not in match.kwargs:
        return None
    slugs = dict(match.kwargs)
    things = model.objects.visible_to(user).filter(slug=slugs["slug"])
    candidates = [*things[:1], *_renamed(model, slugs["slug"], user)]
    if "conference" in slugs:
        homes = _renamed(models["conference"], slugs["conference"], user).values("pk")
        candidates = [
            thing
            for former in (things, _renamed(model, slugs["slug"], user))
            for thing in former.select_related("conference")
            if thing.conference.slug == slugs["conference"] or thing.conference_id in {home["pk"] for home in homes}
        ]
        slugs["conference"] = candidates[0].conference.slug if candidates else ""
    if not candidates:
        return None
    address = reverse(match.url_name, kwargs=slugs | {"slug": candidates[0].slug})
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
