import io
import time
import tracemalloc

import pytest

from conference.xml_reading import XmlRefused, parse

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def _refusal(source, **limits) -> XmlRefused:
    started = time.process_time()
    with pytest.raises(XmlRefused) as caught:
        parse(source, **limits)
    assert time.process_time() - started < 5
    return caught.value


def test_a_tree_knows_names_texts_and_lines():
    root = parse(
        HEAD
        + b'<a xmlns="urn:x" xmlns:y="urn:y" y:id="1">\n <b lang="de"> Gr\xc3\xbc\xc3\x9fe </b>\n <y:b/>\n <c/></a>'
    )
    first, second, third = root.children
    assert (root.tag, root.namespace, root.attributes, root.line) == ("a", "urn:x", {"id": "1"}, 2)
    assert (first.text, first.line, dict(first.attributes)) == (" Grüße ", 3, {"lang": "de"})
    assert (second.tag, second.namespace, second.line, third.tag) == ("b", "urn:y", 4, "c")
    assert root.find_all("b") == [first, second]
    assert root.find("c") is third
    assert root.find("d") is None
    assert [node.tag for node in root.walk()] == ["a", "b", "b", "c"]


def test_text_of_a_child_comes_without_blanks_at_its_ends():
    root = parse(b"<a><t> x <i>y</i>z </t><u> </u></a>")
    assert root.text_of("t") == "x yz"
    assert (root.text_of("u", "-"), root.text_of("v", "-"), root.text_of("v")) == ("-", "-", "")


def test_an_attribute_without_namespace_wins():
    assert parse(b'<a href="1" xmlns:l="urn:l" l:href="2" l:type="3"/>').attributes == {"href": "1", "type": "3"}


def test_html_inside_is_kept_as_markup():
    root = parse(b'<a>1 &lt; 2 <p class="&quot;x">b<br/>c<i/></p>d<!-- x --><?y z?> e</a>')
    assert root.markup() == '1 &lt; 2 <p class="&quot;x">b<br>c<i></i></p>d e'
    assert root.all_text() == "1 < 2 bcd e"


def test_escaped_html_and_cdata_are_text():
    assert parse(b"<a>&lt;p&gt;x &amp;amp; y&lt;/p&gt;</a>").markup() == "<p>x &amp; y</p>"
    assert parse(b"<a><![CDATA[<p>x</p>]]></a>").markup() == "<p>x</p>"


@pytest.mark.parametrize("start", [b"\n\n", b"\xef\xbb\xbf\n\n", b"  \r\n\n"])
def test_blanks_before_the_declaration_are_forgiven_and_counted(start):
    assert parse(start + HEAD + b"<a/>").line == 4


@pytest.mark.parametrize("coding", ["utf-16", "iso-8859-1", "windows-1252", "utf-8"])
def test_the_coding_that_is_told_is_used(coding):
    assert parse(f'<?xml version="1.0" encoding="{coding}"?><a>äß</a>'.encode(coding)).text == "äß"


def test_a_stream_is_read_in_pieces_and_stays_open():
    source = io.BytesIO(b"<a>" + b"<b>x</b>\n" * 20_000 + b"</a>")
    assert len(parse(source).children) == 20_000
    assert not source.closed


BOMB = b'<!DOCTYPE a [\n<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<a>&b;</a>'
DTD = "Die Datei enthält eine DTD („<!DOCTYPE …“). So etwas wird aus Sicherheitsgründen nicht gelesen."
CODING = "Die Zeichenkodierung, die die Datei nennt, gibt es nicht, oder sie stimmt nicht."
SIGN = "Hier steht ein Zeichen, das in XML nicht erlaubt ist, oder die Zeichenkodierung stimmt nicht."
EMPTY = "Die Datei ist leer, oder sie ist kein XML."


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"", EMPTY),
        (b" \n", EMPTY),
        (b'{"schedule": 1}', EMPTY),
        (b"PK\x03\x04", EMPTY),
        (HEAD + BOMB, f"Zeile 2: {DTD}"),
        (b"<!DOCTYPE html><html/>", f"Zeile 1: {DTD}"),
        (b'\n<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', f"Zeile 2: {DTD}"),
        (b'<!DOCTYPE a PUBLIC "x" "http://example.org/x.dtd"><a/>', f"Zeile 1: {DTD}"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"), f"Zeile 1: {DTD}"),
        (b"<a>\n<b>\n", "Zeile 3: Die Datei ist unvollständig: Sie bricht hier ab."),
        (b"<a>\n<b x='1", "Zeile 2: Die Datei ist unvollständig: Sie bricht hier ab."),
        (b"<a>\n<![CDATA[x", "Zeile 2: Die Datei ist unvollständig: Sie bricht hier ab."),
        (
            b"<a>\n<b>\n</a>",
            "Zeile 3: Hier endet ein Element, das nicht begonnen wurde, oder ein begonnenes endet nicht.",
        ),
        (b"<a>\n&nbsp;</a>", "Zeile 2: Hier steht ein Zeichenkürzel („&…;“), das XML nicht kennt."),
        (b"<a>\nGr\xfc\xdfe</a>", f"Zeile 2: {SIGN}"),
        (b"<a>\n\n\0</a>", f"Zeile 3: {SIGN}"),
        (b"<a>\n& b</a>", f"Zeile 2: {SIGN}"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', f"Zeile 1: {CODING}"),
        (b'<?xml version="1.0" encoding="shift_jis"?><a/>', f"Zeile 1: {CODING}"),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', f"Zeile 1: {CODING}"),
        (b"<a/>\n<b/>", "Zeile 2: Das ist kein gültiges XML (junk after document element)."),
        (b"<a>\n" * 500_000, "Zeile 101: Elemente sind tiefer als 100 Ebenen verschachtelt."),
        (b"<a>\n" + b"<b/>\n" * 300_000, "Zeile 200001: Die Datei hat mehr als 200.000 Elemente und Attribute."),
        (b"<a>\n" + b"x" * 1_100_000, "Zeile 1: Ein Text ist länger als 1.000.000 Zeichen."),
        (b"<a>\n" + b"<!--x-->" * 2_500_000, "Die Datei ist größer als 20 MB."),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else "",
)
def test_what_cannot_be_read_is_refused_in_a_sentence_with_the_line(source, told):
    assert str(_refusal(source)) == told


@pytest.mark.parametrize(
    "tag", [b"<a " + b"x" * 3_000_000, b"<a><!--" + b"x" * 3_000_000, b'<a b="' + b"&#65;" * 900_000]
)
def test_an_endless_tag_or_comment_is_refused_before_it_is_kept(tag):
    tracemalloc.start()
    assert "der länger ist als 500.000 Zeichen" in _refusal(io.BytesIO(tag)).sentence
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("form", ["<b%d/>", '<b c%d=""/>', '<b xmlns:p%d="x"/>'])
def test_names_without_number_are_refused(form):
    source = ("<a>" + "".join(form % number for number in range(60_000))).encode()
    assert "mehr als 5.000 verschiedene Namen" in _refusal(source).sentence


def test_limits_can_be_narrower():
    assert "mehr als 3 Elemente" in _refusal(b'<a><b c="1"/><d/></a>', most_nodes=3).sentence
    assert "größer als 1 MB" in _refusal(b"<a>" + b"<!-- x -->" * 200_000, most_bytes=1_000_000).sentence


def test_the_largest_tree_takes_little_memory():
    source = b"<a>" + b"<b><c d='1'>x</c></b>\n" * 66_000 + b"</a>"
    tracemalloc.start()
    assert len(parse(source).children) == 66_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 * 2**20
