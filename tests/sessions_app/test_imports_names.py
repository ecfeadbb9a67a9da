"""Names as files write them."""

import pytest

from sessions_app.imports.names import normal, parted, sound


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Prof. Dr. Anna von der Heide", ("Prof. Dr.", "Anna", "von der Heide")),
        ("Univ.-Prof. Dr. rer. nat. Eva Klein", ("Univ.-Prof. Dr. rer. nat.", "Eva", "Klein")),
        ("Dipl.-Ing. (FH) Karl Meier", ("Dipl.-Ing. (FH)", "Karl", "Meier")),
        (" Max  Mustermann ", ("", "Max", "Mustermann")),
        ("Guido van Rossum", ("", "Guido", "van Rossum")),
        ("Jan Willem Ter Horst", ("", "Jan Willem", "Ter Horst")),
        ("Heide, Dr. Anna", ("Dr.", "Anna", "Heide")),
        ("von der Heide, Anna", ("", "Anna", "von der Heide")),
        ("Jann Traschewski, DG8NGN", ("", "Jann", "Traschewski, DG8NGN")),
        ("Ken Sato (satoken)", ("", "Ken", "Sato (satoken)")),
        ("佐藤 健", ("", "", "佐藤 健")),
        ("김철수", ("", "", "김철수")),
        ("omar", ("", "", "omar")),
        ("Drew Barry", ("", "Drew", "Barry")),
        ("Dr", ("", "", "Dr")),
        ("Prof. Maria", ("Prof.", "", "Maria")),
    ],
)
def test_titles_given_and_family_names_are_told_apart(text, parts):
    assert tuple(parted(text)) == parts


def test_a_name_is_the_same_with_title_capitals_and_blanks_but_not_without_its_accents():
    assert normal("Dr. Jürgen  MÜLLER") == normal("Jürgen Müller") != normal("Jurgen Muller")


def test_names_that_sound_alike_may_mean_one_person():
    assert sound("Jürgen Müller") == sound("Mueller, Juergen") != sound("Jörg Müller")
    assert sound("佐藤 健") != sound("김철수")
