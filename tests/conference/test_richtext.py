"""Rich text: what survives, what does not, and that cleaning is final."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.models import Page
from conference.richtext import ALLOWED_TAGS, clean_html, plain_text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office"><head><style>p.MsoNormal {margin:0cm}</style></head><body>
<h1 style='mso-outline-level:1'>Was bleibt<o:p></o:p></h1>
<p class=MsoNormal>Die <b>Kommunen</b> und <i>ihre</i> <a href="https://example.org/">Partner</a>:<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>·<span>&nbsp;&nbsp; </span></span>
<![endif]>Erstens<o:p></o:p></p>
<p class=MsoListParagraph><span>·<span>&nbsp;&nbsp; </span></span>Zweitens</p>
<table><tr><td>Ort</td><td>Jahr</td></tr></table>
<img src="file:///C:/bild.png"><script>alert(1)</script></body></html>"""


def test_word_paste_keeps_the_text_and_gains_a_real_list():
    assert clean_html(WORD).replace("\n", "") == (
        "<h3>Was bleibt</h3><p>Die <strong>Kommunen</strong> und <em>ihre</em> "
        '<a href="https://example.org/" rel="noopener">Partner</a>:</p>'
        "<ul><li><p>Erstens</p></li><li><p>Zweitens</p></li></ul><p>Ort</p><p>Jahr</p>"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<p onclick="x()" style="color:red" class="a">Text</p>', "<p>Text</p>"),
        ('<p><a href="javascript:alert(1)">Link</a></p>', '<p><a rel="noopener">Link</a></p>'),
        ('<p><a href="data:text/html,x">Link</a></p>', '<p><a rel="noopener">Link</a></p>'),
        (
            '<p><a href="mailto:a@example.org">Mail</a></p>',
            '<p><a href="mailto:a@example.org" rel="noopener">Mail</a></p>',
        ),
        ("<p>a</p><iframe src=x>b</iframe><svg><script>c</script></svg>", "<p>a</p>"),
        ("<p></p><p> <br>&nbsp;</p>", ""),
        ("Ohne Absatz & mehr\n\nZweiter", "<p>Ohne Absatz &amp; mehr</p><p>Zweiter</p>"),
        ("<h1>A</h1><h5>B</h5>", "<h3>A</h3><h4>B</h4>"),
        ("<div>a<div>b</div></div>", "<p>a</p><p>b</p>"),
        ("", ""),
    ],
)
def test_clean_html_reduces_to_what_is_allowed(written, kept):
    assert clean_html(written) == kept


_TAGS = [
    "b",
    "i",
    "p",
    "div",
    "h1",
    "h3",
    "ul",
    "ol",
    "li",
    "a",
    "br",
    "td",
    "table",
    "blockquote",
    "script",
    "svg",
    "em",
]
_PIECES = st.sampled_from(
    [f"<{tag}>" for tag in _TAGS]
    + [f"</{tag}>" for tag in _TAGS]
    + ["· x", "•\u00a0y", "\n\n", "&amp;", "&lt;b>", "Text", "<!--", "<a href='javascript:x'>"]
)


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map("".join)))
def test_clean_html_twice_changes_nothing(text):
    once = clean_html(text)
    assert clean_html(once) == once
    assert "<script" not in once
    assert all(tag in ALLOWED_TAGS for tag in _tags_in(once))


def _tags_in(html):
    return {piece.split(">")[0].split(" ")[0].strip("/") for piece in html.split("<")[1:]}


def test_clean_html_is_the_same_from_many_threads():
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(clean_html, [WORD] * 200))) == 1


def test_plain_text_has_a_line_for_each_paragraph():
    text = "<h3>Daseins\u00advorsorge</h3><p>Prof.&nbsp;Dr. &lt;A&gt;</p><ul><li><p>eins</p></li><li>zwei</li></ul>"
    assert plain_text(text) == "Daseinsvorsorge\nProf. Dr. <A>\neins\nzwei"


@pytest.mark.django_db
def test_rich_text_is_clean_however_it_is_stored():
    page = Page.objects.create(title="Impressum", slug="impressum", body="<b>a</b><script>x</script>")
    assert page.body == "<p><strong>a</strong></p>"
    Page.objects.bulk_create([Page(title="B", slug="b", body="<script>x</script>b")])
    Page.objects.filter(pk=page.pk).update(body="<p onclick=x>c</p>")
    assert list(Page.objects.order_by("slug").values_list("body", flat=True)) == ["<p>b</p>", "<p>c</p>"]


def test_rich_text_needs_no_package_in_migrations():
    assert Page._meta.get_field("body").deconstruct()[1] == "django.db.models.TextField"


@pytest.mark.parametrize("text", ["<b>", "<ul><li>", "<blockquote>x", "<p><br>&nbsp;", "<b><p></b>", "<div><span>"])
def test_markup_that_never_closes_is_cleaned_at_once(text):
    started = time.process_time()
    cleaned = clean_html(text * 16_000)
    assert time.process_time() - started < 1
    assert clean_html(cleaned) == cleaned


def test_a_text_nested_as_none_is_keeps_its_words():
    assert clean_html("<em>" * 2_000 + "Wasser" + "</em>" * 2_000) == "<p>Wasser</p>"
    assert clean_html("<ul><li>" * 20 + "Wasser").count("<ul>") == 20


def test_what_is_left_empty_goes_too():
    assert clean_html("<blockquote><p> <em>&nbsp;</em><br></p><ul><li></li></ul></blockquote><p>Da</p>") == "<p>Da</p>"
