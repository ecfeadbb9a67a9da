import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conference.exports import disarm, rearm

AWKWARD = st.text(alphabet="=+-@'\"`´„“ \t\r\n\u00a0\ufeff\u200b＝＋－＠−aä0", max_size=8)


@given(st.text() | AWKWARD)
@example("'=1")
@example("''")
@example("'s-Hertogenbosch")
def test_rearm_gives_back_what_disarm_was_given(text):
    assert rearm(disarm(text)) == text


@given(st.text() | AWKWARD)
def test_disarm_leaves_nothing_a_spreadsheet_would_calculate(text):
    safe = disarm(text)
    assert safe[:1] not in ("\t", "\r", "\n")
    assert safe.lstrip(' \t\r\n\u00a0\ufeff\u200b"„“`´')[:1] not in tuple("=+-@＝＋－＠−")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 561",
        "-5 Grad",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        '"=1',
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "\u200b=1",
        "'=1",
        "„=1",
    ],
)
def test_disarm_puts_an_apostrophe_before_formulas(text):
    assert disarm(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Auftakt", "1-2", "ä=1", "(=1)", "28.10.2020", "– Pause"])
def test_disarm_leaves_text_alone(text):
    assert disarm(text) == text


def test_rearm_leaves_an_apostrophe_somebody_typed():
    assert rearm("'s-Hertogenbosch") == "'s-Hertogenbosch"
