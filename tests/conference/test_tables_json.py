import io

import pytest

from conference.tables import Row, TableRefused, load_json, read_book


def _read(content: bytes | str, name: str = "x.json"):
    return read_book(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def _refusal(content: bytes | str) -> str:
    with pytest.raises(TableRefused) as caught:
        load_json(content.encode() if isinstance(content, str) else content)
    return str(caught.value)


def test_one_of_our_listings_is_a_sheet_with_its_keys_as_first_row():
    book = _read(
        '{"listing": "events", "notes": {"a": "b"}, "records": [{"x": 1, "y": ["ä"]}, {"y": {"z": null}, "w": ""}]}'
    )
    assert (book.kind, book.sheets[0].title, book.document["notes"]) == ("json", "events", {"a": "b"})
    assert book.sheets[0].rows == [Row(1, ["x", "y", "w"]), Row(2, [1, ["ä"]]), Row(3, [None, {"z": None}])]


def test_a_plain_list_of_objects_is_a_sheet_too():
    assert _read('\ufeff[{"a": 1.5, "b": true}]').sheets[0].rows == [Row(1, ["a", "b"]), Row(2, [1.5, True])]


def test_a_listing_without_records_is_empty_and_no_mistake():
    assert _read('{"listing": "events", "notes": {}, "records": [\n]}\n').sheets[0].rows == []


@pytest.mark.parametrize("content", ["{}", "[1]", '"x"', '{"records": [[1]]}', '{"records": {"a": 1}}', "[[]]"])
def test_json_that_is_no_list_of_records_is_refused(content):
    with pytest.raises(TableRefused, match="keine Liste von Einträgen"):
        _read(content)


def test_keys_without_number_are_refused():
    with pytest.raises(TableRefused, match="mehr als 300 Spalten"):
        _read("[{" + ",".join(f'"{number}": 1' for number in range(301)) + "}]")


def test_json_is_known_by_its_content():
    book = _read('{"records": [{"a": 1}]}', "liste.csv")
    assert (book.kind, book.warnings) == ("json", ["Die Datei heißt „liste.csv“, ist ihrem Inhalt nach aber JSON."])


def test_of_doubled_keys_the_last_one_holds_and_is_told():
    warnings: list[str] = []
    assert load_json(b'{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', warnings) == {"a": 3, "b": {"c": 2}}
    assert warnings == [
        "Der Schlüssel „c“ steht in einem Objekt doppelt; es gilt, was zuletzt kommt.",
        "Der Schlüssel „a“ steht in einem Objekt doppelt; es gilt, was zuletzt kommt.",
    ]


def test_brackets_and_numbers_in_texts_count_nothing():
    text = "[" * 200 + "NaN 9e999 " + "9" * 50 + ' \\" {{{'
    assert load_json(('["' + text + '"]').encode()) == [text.replace('\\"', '"')]


def test_depth_of_fifty_is_read():
    assert load_json(b"[" * 50 + b"]" * 50)
    assert _refusal("[" * 51 + "]" * 51) == "Zeile 1: Listen und Objekte sind tiefer als 50 Ebenen verschachtelt."


NUMBER = "Hier steht eine Zahl, die zu groß oder keine ist."
HALF = "Ein Text enthält ein halbes Zeichen oder ein Nullzeichen (beginnend mit „{}“)."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "Zeile 1: Die Datei bricht hier ab, oder es fehlt eine Klammer."),
        ('{"a":\n1,\n', "Zeile 3: Die Datei bricht hier ab, oder es fehlt eine Klammer."),
        ('{"a":\n"xyz', "Zeile 2: Die Datei bricht hier ab, oder es fehlt eine Klammer."),
        ("[1,\n2\n3]", "Zeile 3: Das ist kein gültiges JSON."),
        ("{'a': 1}", "Zeile 1: Das ist kein gültiges JSON."),
        ('"a\nb"', "Zeile 1: Das ist kein gültiges JSON."),
        ("[]\n[]", "Zeile 2: Das ist kein gültiges JSON."),
        ("[\nNaN]", f"Zeile 2: {NUMBER}"),
        ("[1,\n\n-Infinity]", f"Zeile 3: {NUMBER}"),
        ("[\n" + "9" * 5_000 + "]", f"Zeile 2: {NUMBER}"),
        ("[\n1e999]", f"Zeile 2: {NUMBER}"),
        ("[\n1.5E+0400]", f"Zeile 2: {NUMBER}"),
        (b'["a",\n"\xe4"]', "Zeile 2: Die Datei ist nicht in UTF-8 gespeichert, wie es JSON verlangt."),
        ("[]".encode("utf-16"), "Zeile 1: Die Datei ist nicht in UTF-8 gespeichert, wie es JSON verlangt."),
        ('["ab\\ud83d"]', HALF.format("ab�")),
        ('{"x\\u0000": 1}', HALF.format("x�")),
        (b"[" + b" " * 12_000_000 + b"]", "Die Datei ist größer als 12 MB."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_with_the_line(content, told):
    assert _refusal(content) == told


def test_escaped_characters_that_are_whole_are_read():
    assert load_json(b'["\\ud83d\\ude00 \\u00e4 \\\\u0000"]') == ["😀 ä \\u0000"]
