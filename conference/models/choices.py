"""Fixed lists that more than one kind of thing chooses from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FederalState(models.TextChoices):
    """The German states by their ISO 3166-2 codes."""

    BW = "DE-BW", _("Baden-Württemberg")
    BY = "DE-BY", _("Bayern")
    BE = "DE-BE", _("Berlin")
    BB = "DE-BB", _("Brandenburg")
    HB = "DE-HB", _("Bremen")
    HH = "DE-HH", _("Hamburg")
    HE = "DE-HE", _("Hessen")
    MV = "DE-MV", _("Mecklenburg-Vorpommern")
    NI = "DE-NI", _("Niedersachsen")
    NW = "DE-NW", _("Nordrhein-Westfalen")
    RP = "DE-RP", _("Rheinland-Pfalz")
    SL = "DE-SL", _("Saarland")
    SN = "DE-SN", _("Sachsen")
    ST = "DE-ST", _("Sachsen-Anhalt")
    SH = "DE-SH", _("Schleswig-Holstein")
    TH = "DE-TH", _("Thüringen")

    @property
    def short(self) -> str:
        """As in addresses: `?land=ni`."""
        return self.value.removeprefix("DE-").lower()

    @classmethod
    def from_short(cls, short: str):
        return cls(f"DE-{short.upper()}")


class License(models.TextChoices):
    """Licences by their SPDX identifiers, and the two cases SPDX has no name for."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"
    DL_DE_BY = "DL-DE-BY-2.0", _("Datenlizenz Deutschland – Namensnennung 2.0")
    ALL_RIGHTS = "LicenseRef-all-rights-reserved", _("Alle Rechte vorbehalten")
    PUBLIC_DOMAIN = "LicenseRef-public-domain", _("Gemeinfrei")


LICENSE_URLS = {
    License.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.de",
    License.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
    License.CC_BY_ND: "https://creativecommons.org/licenses/by-nd/4.0/deed.de",
    License.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/deed.de",
    License.CC_BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.de",
    License.CC_BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/deed.de",
    License.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    License.DL_DE_BY: "https://www.govdata.de/dl-de/by-2-0",
}


class Language(models.TextChoices):
    """ISO 639-1 codes of the languages material and recordings come in."""

    DE = "de", _("Deutsch")
    EN = "en", _("Englisch")
    FR = "fr", _("Französisch")
    NL = "nl", _("Niederländisch")
    PL = "pl", _("Polnisch")
    DA = "da", _("Dänisch")
    CS = "cs", _("Tschechisch")
    TR = "tr", _("Türkisch")
    UK = "uk", _("Ukrainisch")
    RU = "ru", _("Russisch")
    AR = "ar", _("Arabisch")
    ES = "es", _("Spanisch")
    IT = "it", _("Italienisch")
    JA = "ja", _("Japanisch")
    MUL = "mul", _("Mehrsprachig")


class Palette(models.TextChoices):
    """Keys of the style sheet, never colour values: every one keeps the contrast promise."""

    ORANGE = "orange", _("Orange")
    BLUE = "blue", _("Blau")
    RED = "red", _("Rot")
    GREEN = "green", _("Grün")
    PINK = "pink", _("Rosa")
    YELLOW = "yellow", _("Gelb")
    INK = "ink", _("Schwarz")


class Motif(models.TextChoices):
    """The plan signs of the style sheet."""

    VERSUCHSFELD = "versuchsfeld", _("Versuchsfeld (Quadrate)")
    LEITUNGSNETZ = "leitungsnetz", _("Leitungsnetz (Bögen)")
    ORTSKERN = "ortskern", _("Ortskern (Schwarzplan)")
    FLECHTWERK = "flechtwerk", _("Flechtwerk (Geflecht)")
    FLURMOSAIK = "flurmosaik", _("Flurmosaik (Parzellen)")
    GEMEINDEGRENZEN = "gemeindegrenzen", _("Gemeindegrenzen (Höhenlinien)")
    BLICKWINKEL = "blickwinkel", _("Blickwinkel (Rose)")
