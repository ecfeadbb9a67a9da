"""The dot map: where it puts what."""

import math

import pytest

from projects_app.map import DOTS, HEIGHT, RADIUS, STATES, WIDTH, ProjectMap, project
from projects_app.models import Project
from tests import make

CITIES = {
    "DE-BE": (52.52, 13.40),
    "DE-HH": (53.55, 9.99),
    "DE-BY": (48.14, 11.58),
    "DE-NW": (51.46, 7.01),
    "DE-SN": (51.05, 13.74),
    "DE-SH": (54.32, 10.14),
    "DE-BW": (48.78, 9.18),
    "DE-SL": (49.38, 6.95),
    "DE-TH": (50.98, 11.03),
    "DE-MV": (53.63, 11.41),
    "DE-HE": (50.58, 8.68),
    "DE-RP": (49.99, 7.30),
    "DE-ST": (52.13, 11.63),
    "DE-BB": (51.76, 14.33),
    "DE-NI": (52.37, 9.73),
    "DE-HB": (53.08, 8.80),
}


def test_the_map_has_all_dots_of_all_states():
    assert {state.code for state in STATES} == set(DOTS)
    assert len(STATES) == 16
    assert sum(len(dots) for dots in DOTS.values()) == 1040
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for dots in DOTS.values() for x, y in dots)


@pytest.mark.parametrize(("state", "place"), CITIES.items())
def test_places_stand_in_their_state(state, place):
    x, y = project(*place)
    nearest = min((math.hypot(x - dot_x, y - dot_y), code) for code, dots in DOTS.items() for dot_x, dot_y in dots)
    assert nearest[1] == state


def test_places_elsewhere_are_not_on_the_map():
    assert project(48.86, 2.35) is None
    assert project(-33.9, 151.2) is None


def cards():
    return list(Project.objects.published().for_cards().by_acronym())


@pytest.mark.django_db
def test_pins_carry_the_numbers_of_the_list():
    make.project("A", places=["Irgendwo"])
    make.project("B", places=[("Kiel", 54.32, 10.14), ("Husum", 54.48, 9.05)])
    make.project("C", places=[("Paris", 48.86, 2.35), ("München", 48.14, 11.58)])
    drawn = ProjectMap(cards(), numbered=True)
    assert [(pin.number, pin.project.acronym) for pin in drawn.pins] == [(2, "B"), (3, "C")]
    assert [spot.project.acronym for spot in drawn.spots] == ["B"]
    assert drawn.numbers == {2, 3}
    assert ProjectMap(cards()).spots == [], "without numbers every place is the same"
    assert len(ProjectMap(cards()).pins) == 3


@pytest.mark.django_db
def test_numbers_do_not_hide_each_other():
    for number in range(12):
        make.project(f"P{number:02}", places=[("Dortmund", 51.51, 7.47 + number / 100)])
    pins = ProjectMap(cards(), numbered=True).pins
    gaps = [math.dist((one.x, one.y), (two.x, two.y)) for one in pins for two in pins if one is not two]
    assert min(gaps) > RADIUS * 1.5
    again = ProjectMap(cards(), numbered=True).pins
    assert [(pin.x, pin.y) for pin in again] == [(pin.x, pin.y) for pin in pins]


@pytest.mark.django_db
def test_pins_wear_the_first_visible_theme():
    hidden, seen = make.theme("H", status="draft", position=1), make.theme("S", palette="blue", position=2)
    make.project("A", themes=[hidden, seen], places=[("Kiel", 54.32, 10.14)])
    make.project("B", themes=[hidden], places=[("Kiel", 54.32, 10.14)])
    assert [pin.theme for pin in ProjectMap(cards()).pins] == [seen, None]
