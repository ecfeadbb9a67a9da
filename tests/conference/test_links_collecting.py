"""Which addresses the content names, and where."""

import pytest

from conference.links.collecting import addresses_in, asked_instead, places, sources
from tests import make

pytestmark = pytest.mark.django_db
OUT = "https://aussen.example"


def where(address):
    return sorted((place.key[0], place.source.field.name) for place in places().get(address, []))


def test_every_field_with_addresses_is_known():
    known = {f"{source.model.__name__}.{source.field.name}" for source in sources()}
    assert known == {
        "Conference.closing_statement",
        "Conference.introduction",
        "Contribution.abstract",
        "Event.findings",
        "Event.introduction",
        "Material.url",
        "MediaFile.url",
        "Organisation.website",
        "Page.body",
        "Project.goals",
        "Project.results",
        "Project.website",
        "Speaker.biography",
        "Speaker.orcid",
        "Speaker.website",
        "Theme.background",
        "Video.url",
    }


def test_addresses_of_all_floors_are_found_drafts_too():
    make.organisation(website=f"{OUT}/o")
    make.project(website=f"{OUT}/p", status="draft")
    make.speaker(orcid="0000-0002-1825-0097", biography=f'<p><a href="{OUT}/a?b=1&amp;c=2">x</a></p>')
    make.contribution(abstract=f'<p><a href="{OUT}/c">x</a> <a href="{OUT}/o">y</a></p>')
    make.media_file(url=f"{OUT}/film.mp4", file="", video=make.video(url=f"{OUT}/v"))
    assert set(places()) == {
        f"{OUT}/o",
        f"{OUT}/p",
        "https://orcid.org/0000-0002-1825-0097",
        f"{OUT}/a?b=1&c=2",
        f"{OUT}/c",
        f"{OUT}/film.mp4",
        f"{OUT}/v",
    }
    assert where(f"{OUT}/o") == [("conference.organisation", "website"), ("sessions_app.contribution", "abstract")]


def test_only_what_leads_out_counts(settings):
    settings.SITE_URL = "https://konferenz.example"
    texts = ["/themen/", "https://konferenz.example/themen/", "mailto:a@b.example", "http://[::1", f"{OUT}/"]
    links = "".join(f'<a href="{text}">x</a> ' for text in texts)
    page = make.page()
    type(page).objects.filter(pk=page.pk).update(body=f"<p>{links} {OUT}/nur-text</p>")
    assert set(places()) <= {f"{OUT}/", "http://[::1"}
    assert f"{OUT}/" in places()


def test_a_rich_text_is_read_as_a_browser_reads_it():
    text = (
        f"""<p><a href="{OUT}/1">x</a><a href='{OUT}/1'>x</a><A HREF={OUT}/2>x</A><a name="x">y</a><a href="">z</a>"""
    )
    assert addresses_in(text) == [f"{OUT}/1", f"{OUT}/2"]


@pytest.mark.parametrize("count", [1, 3])
def test_all_is_read_with_one_query(django_assert_num_queries, count):
    for number in range(count):
        make.project(website=f"{OUT}/{number}")
        make.contribution(abstract=f'<p><a href="{OUT}/c{number}">x</a></p>')
    with django_assert_num_queries(1):
        assert len(places()) == 2 * count


def test_it_can_be_narrowed():
    mine, _other = make.project(website=f"{OUT}/mine"), make.project(website=f"{OUT}/other")
    event = make.event(introduction=f'<p><a href="{OUT}/event">x</a></p>')
    make.contribution(event=event, abstract=f'<p><a href="{OUT}/part">x</a></p>')
    make.organisation(website=f"{OUT}/kind")
    within = {type(mine): type(mine).objects.filter(pk=mine.pk), type(event): type(event).objects.order_by()}
    assert set(places(within)) == {f"{OUT}/mine", f"{OUT}/event", f"{OUT}/part"}
    assert places({}) == {}


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        (
            "https://youtu.be/dQw4w9WgXcQ",
            "https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ&format=json",
        ),
        ("https://vimeo.com/123456789", "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F123456789"),
        (
            "https://vimeo.com/123456789/abcdef1234",
            "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F123456789%2Fabcdef1234",
        ),
        (
            "https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
            "https://tube.example/services/oembed?url=https%3A%2F%2Ftube.example%2Fw%2FkkGMgK9ZtnKfYAgnEtQxbv",
        ),
        ("https://www.youtube.com/@kanal", ""),
        ("https://av.tib.eu/media/12345", ""),
        ("https://media.ccc.de/v/vortrag", ""),
        ("https://other.example/w/kkGMgK9ZtnKfYAgnEtQxbv", ""),
        (OUT, ""),
        ("http://[::1", ""),
    ],
)
def test_recordings_are_asked_for_where_the_provider_tells_the_truth(settings, address, asked):
    settings.PEERTUBE_HOSTS = ["tube.example"]
    assert asked_instead(address) == asked
