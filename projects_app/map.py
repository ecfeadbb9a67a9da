"""The dot map of Germany: drawn from a grid of our own, no tiles, nobody else is asked.

Outline of the states: sampled from Natural Earth (public domain). Each dot stands for about 350 square kilometres.
"""

import itertools
import math
from dataclasses import dataclass

from django.utils.functional import cached_property

from conference.listing import Listing
from conference.models.choices import FederalState

WIDTH, HEIGHT = 360, 489
# The letter of each state in the grid, and the size of its dots: neighbours differ.
_STATES = {
    "B": (FederalState.BW, "b"),
    "Y": (FederalState.BY, ""),
    "C": (FederalState.BE, ""),
    "D": (FederalState.BB, "b"),
    "R": (FederalState.HB, "c"),
    "H": (FederalState.HH, "c"),
    "E": (FederalState.HE, "c"),
    "M": (FederalState.MV, "c"),
    "N": (FederalState.NI, ""),
    "W": (FederalState.NW, "b"),
    "P": (FederalState.RP, ""),
    "L": (FederalState.SL, "b"),
    "X": (FederalState.SN, ""),
    "A": (FederalState.ST, "c"),
    "S": (FederalState.SH, "b"),
    "T": (FederalState.TH, "b"),
}
_GRID = """
                   S S   S
                    S S S S S
                     S S S S                       M M
                    S S S S S S S             M   M M M
                     S S S S S S S S       M M M M M
                      S S S S S S       M M M M M M M M M
                     S S S S S S S M M M M M M M M M M   M
                  N N N   S S S S M M M M M M M M M M M M
     N   N N N     N N N N H H S S M M M M M M M M M M M M
        N N N N N N N N N N H N S M M M M M M M M M M D D M
         N N N N N N N N N N N N N M M M M D M M M D D D M
          N N N N N R N N N N N N N N D D D D D D D D D D D
         N N N N N N N N N N N N N N N A D D D D D D D D D
        N N N N N N N N N N N N N A A A A A D D D D D D D
         N N N N N N N N N N N N N A A A A A D D D C D D D D
      N N N N N N W N N N N N N N N A A A A D D D D C D D D D
         N W W N N W W N N N N N N A A A A A D D D D D D D D
        W W W N N W W N N N N N N N A A A A D D D D D D D D D
     W W W W W W W W W N N N N N A A A A A A D D D D D D D D D
    W W W W W W W W W W N N N N N A A A A A A A A D D D D D D
 W W W W W W W W W W W W N N N N A A A A A A A A A D D D D D
  W W W W W W W W W W W E N N N N T A A A A A X X X D D D D D
   W W W W W W W W W E E E N T T T A A A A A X X X D D D X X X
  W W W W W W W W W E E E E E T T T T T A A X X X X X X X X X X
 W W W W W W W W W E E E E E E T T T T A A A X X X X X X X X X
W W W W W W W W W E E E E E E T T T T T T T T T X X X X X X X X
 W W W W W W P W E E E E E E T T T T T T T T X X X X X X
  W W W W P P P E E E E E E E T T T T T T T X X X X X
   W W P P P P E E E E E E E Y T T T Y T T X X X X
    P P P P P P E E E E E E Y Y Y Y Y Y Y Y X
   P P P P P P E E E E E Y Y Y Y Y Y Y Y Y Y
  P P P P P P E E E E Y Y Y Y Y Y Y Y Y Y Y Y
   P P P P P P P E E E Y Y Y Y Y Y Y Y Y Y Y Y
    P P P P P P P E E Y B Y Y Y Y Y Y Y Y Y Y
   P L L P P P P B E E B B Y Y Y Y Y Y Y Y Y Y
    L L L P P P P B B B B B B Y Y Y Y Y Y Y Y Y
     L L P P P P B B B B B B Y Y Y Y Y Y Y Y Y Y Y
            P P P B B B B B B Y Y Y Y Y Y Y Y Y Y Y
                 B B B B B B B B Y Y Y Y Y Y Y Y Y Y Y
                B B B B B B B B Y Y Y Y Y Y Y Y Y Y Y Y
             B B B B B B B B B Y Y Y Y Y Y Y Y Y Y Y Y
              B B B B B B B B Y Y Y Y Y Y Y Y Y Y Y Y
             B B B B B B B B Y Y Y Y Y Y Y Y Y Y Y
            B B B B B B B B B Y Y Y Y Y Y Y Y Y
             B B B B B B B B Y Y Y Y Y Y Y Y Y Y
            B B B B B B B B B Y Y Y Y Y Y Y Y Y Y
           B B B     B B B B Y Y Y Y Y Y Y Y Y Y Y
                            Y Y   Y Y Y         Y
                             Y
"""
# From the grid to the drawing, and from degrees to the drawing: equirectangular, as the grid was sampled.
_COLUMN, _ROW, _TOP = 5.6, 9.7, 15.2
_WEST, _NORTH = 5.844, 55.07
_PER_DEGREE_EAST, _PER_DEGREE_SOUTH = 39.09, 62.53
# Pins: how large, how near another, and how many may still be moved apart for the sake of their numbers.
RADIUS, SMALL_RADIUS, SPOT_RADIUS = 11, 7, 4.5
_APART, _ROUNDS, _MOST_MOVED = 20.5, 60, 60


@dataclass(frozen=True)
class State:
    """The dots of one federal state as the data of an SVG path."""

    code: FederalState
    path: str
    size: str


def _dots(letter: str) -> list[tuple[int, int]]:
    return [
        (round(_COLUMN * (column + 1)), round(_TOP + _ROW * row))
        for row, line in enumerate(_GRID.strip("\n").split("\n"))
        for column, char in enumerate(line)
        if char == letter
    ]


DOTS = {state: _dots(letter) for letter, (state, _size) in _STATES.items()}
STATES = [State(code, "".join(f"M{x} {y}h0" for x, y in DOTS[code]), size) for code, size in _STATES.values()]


def project(latitude, longitude) -> tuple[float, float] | None:
    """Degrees to the drawing; None where it does not reach."""
    x = (float(longitude) - _WEST) * _PER_DEGREE_EAST
    y = (_NORTH - float(latitude)) * _PER_DEGREE_SOUTH
    return (round(x, 1), round(y, 1)) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT else None


@dataclass
class Pin:
    """Where a project is: numbered as in the list beside the map, or plain (`number` 0)."""

    x: float
    y: float
    project: object
    number: int
    radius: float

    @property
    def theme(self):
        return next(iter(self.project.visible_themes), None)

    @property
    def text_y(self) -> float:
        return round(self.y + 4, 1)


class ProjectMap:
    """`projects` need `places` prefetched and `visible_themes` (`for_cards`). No query.

    Numbered, each project has one pin at the first of its places, the others are small spots; pins that would hide
    each other's number move apart. `linked` and `dark` are codes of states.
    """

    def __init__(self, projects, *, numbered=False, linked=(), dark=()):
        self.numbered = numbered
        self.linked = set(linked)
        self.dark = set(dark)
        self.pins, self.spots = [], []
        for number, each in enumerate(projects, 1):
            self._place(each, number if numbered else 0)
        if numbered and len(self.pins) <= _MOST_MOVED:
            _move_apart(self.pins)

    @property
    def numbers(self) -> set[int]:
        """Those to be found on the map; a project without a known place has none there."""
        return {pin.number for pin in self.pins}

    def _place(self, each, number: int):
        known = [place for place in each.places.all() if place.latitude is not None]
        points = dict.fromkeys(filter(None, (project(place.latitude, place.longitude) for place in known)))
        for index, (x, y) in enumerate(points):
            if index and self.numbered:
                self.spots.append(Pin(x, y, each, 0, SPOT_RADIUS))
            else:
                self.pins.append(Pin(x, y, each, number, RADIUS if self.numbered else SMALL_RADIUS))

    @property
    def states(self) -> list[tuple[State, bool, bool]]:
        """Each with whether it leads somewhere, and whether it is dark."""
        return [(state, state.code in self.linked, state.code in self.dark) for state in STATES]


def _move_apart(pins: list[Pin]):
    """Push overlapping pins away from each other, step by step; the same pins always end at the same points."""
    for pin in pins:  # a hair's breadth off first, or those in one line would push along it for ever
        pin.x, pin.y = pin.x + math.cos(2.4 * pin.number), pin.y + math.sin(2.4 * pin.number)
    for _round in range(_ROUNDS):
        moved = False
        for one, other in itertools.combinations(pins, 2):
            x, y = other.x - one.x, other.y - one.y
            distance = math.hypot(x, y)
            if distance >= _APART:
                continue
            push = (_APART - distance) / 2 / distance
            one.x, one.y = one.x - x * push, one.y - y * push
            other.x, other.y = other.x + x * push, other.y + y * push
            moved = True
        if not moved:
            break
    for pin in pins:
        pin.x = round(min(max(pin.x, RADIUS + 2), WIDTH - RADIUS - 2), 1)
        pin.y = round(min(max(pin.y, RADIUS + 2), HEIGHT - RADIUS - 2), 1)


class ProjectListing(Listing):
    """The projects in pages, and all of them on one map; each has the same number on both.

    Three queries: every narrowed project with its themes and places.
    """

    def arrange(self, rows):
        return list(rows.light().for_cards().by_acronym())

    @cached_property
    def map(self) -> ProjectMap:
        states = next(filter_ for filter_ in self.filters if filter_.name == "land")
        linked = [FederalState.from_short(option.value) for option in states.options]
        dark = [FederalState.from_short(short) for short in states.selected]
        return ProjectMap(self.rows, numbered=True, linked=linked, dark=dark)

    @property
    def numbered(self) -> list[tuple[int, object]]:
        """The projects of this page, each with its number on the map."""
        return list(enumerate(self.page.object_list, self.page.start_index()))
