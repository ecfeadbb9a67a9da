"""What is asked of a picture: to be there, and to say something to those who do not see it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.board.requirement import Lack, Requirement, form_of


def lack_of_picture(record, field: str, sentence: str) -> list[Lack]:
    """Nothing, if `record` has the picture and it is described or mere decoration. Needs the picture joined."""
    image = getattr(record, field)
    if image is None:
        return [Lack(sentence, form_of(record, f"id_{field}"))]
    if image.is_described:
        return []
    words = _("Dem Bild „%(image)s“ fehlt der Alternativtext.") % {"image": image}
    return [Lack(words, form_of(image, "id_alt_text"))]


def pictured(key: str, field: str = "image", **options) -> Requirement:
    return Requirement(
        key,
        gettext_lazy("Bild"),
        gettext_lazy("Ein Bild mit Alternativtext, oder eines, das nur Schmuck ist."),
        lambda record: lack_of_picture(record, field, _("Es fehlt ein Bild.")),
        **options,
    )
