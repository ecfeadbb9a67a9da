"""Names in addresses."""

import pytest

from conference.slugs import SLUG_LENGTH, slugify_german, unique_slug
from tests import make


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Öffentlichkeit & Übermaß", "oeffentlichkeit-uebermass"),
        ("IN²", "in2"),
        ("Wat Nu?", "wat-nu"),
        ("KoDa_eG", "koda-eg"),
        ("Daseins\u00advorsorge sichern!", "daseinsvorsorge-sichern"),
        ("A\u0308rger", "aerger"),
        ("Çelik Łódź café", "celik-odz-cafe"),
        ("日本", ""),
    ],
)
def test_german_transliteration(text, slug):
    assert slugify_german(text) == slug


def test_long_titles_are_cut_between_words():
    slug = slugify_german("Innenentwicklung " * 20)
    assert len(slug) <= SLUG_LENGTH
    assert slug.endswith("innenentwicklung")


@pytest.mark.django_db
def test_the_second_of_a_name_gets_a_number():
    assert [make.page(title="Über uns").slug for _ in range(3)] == ["ueber-uns", "ueber-uns-2", "ueber-uns-3"]


@pytest.mark.django_db
def test_a_title_without_letters_gets_a_slug_all_the_same():
    page = make.page(title="日本")
    assert page.slug == str(page.uuid)[:8]


@pytest.mark.django_db
def test_events_share_a_slug_across_conferences_only():
    first, second = make.conference(), make.conference()
    slugs = [make.event(title="Auftakt", conference=home).slug for home in (first, first, second)]
    assert slugs == ["auftakt", "auftakt-2", "auftakt"]


@pytest.mark.django_db
def test_a_slug_costs_one_query(django_assert_num_queries):
    page = make.page(title="Impressum")
    with django_assert_num_queries(1):
        unique_slug(page)
