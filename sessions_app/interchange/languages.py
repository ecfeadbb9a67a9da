"""Codes of languages: pyvideo has three letters (ISO 639-3), the rest of the world two (ISO 639-1)."""

_PAIRS = (
    "aar:aa afr:af amh:am ara:ar aze:az bel:be ben:bn bos:bs bul:bg cat:ca ces:cs cym:cy dan:da deu:de ell:el "
    "eng:en epo:eo est:et eus:eu fas:fa fin:fi fra:fr gle:ga glg:gl guj:gu hau:ha heb:he hin:hi hrv:hr hun:hu "
    "hye:hy ind:id isl:is ita:it jpn:ja kan:kn kat:ka kaz:kk khm:km kor:ko lat:la lav:lv lit:lt ltz:lb mal:ml "
    "mar:mr mkd:mk mlt:mt mon:mn msa:ms mya:my nep:ne nld:nl nob:nb nor:no pan:pa pol:pl por:pt ron:ro rus:ru "
    "slk:sk slv:sl som:so spa:es sqi:sq srp:sr swa:sw swe:sv tam:ta tel:te tgl:tl tha:th tur:tr ukr:uk urd:ur "
    "uzb:uz vie:vi yor:yo zho:zh zul:zu "
)
_TWO = dict(pair.split(":") for pair in _PAIRS.split())
_THREE = {two: three for three, two in _TWO.items()}
# The older codes for books.
_TWO_TOO = {
    "ger": "de",
    "fre": "fr",
    "dut": "nl",
    "cze": "cs",
    "chi": "zh",
    "gre": "el",
    "slo": "sk",
    "rum": "ro",
    "per": "fa",
}
_NAMES = {"deutsch": "de", "german": "de", "englisch": "en", "english": "en", "französisch": "fr", "french": "fr"}
_NAMES |= {
    "spanisch": "es",
    "spanish": "es",
    "japanese": "ja",
    "japanisch": "ja",
    "italienisch": "it",
    "polnisch": "pl",
}


def two_letters(code: str) -> str:
    """ "deu" and "Deutsch" are "de"; what is not known stays as it is."""
    folded = code.strip().casefold()
    return _TWO.get(folded) or _TWO_TOO.get(folded) or _NAMES.get(folded) or code.strip()


def three_letters(code: str) -> str:
    """ "de" and "de-AT" are "deu"; what is not known stays as it is."""
    return _THREE.get(code.strip().casefold().replace("_", "-").partition("-")[0]) or code.strip()
