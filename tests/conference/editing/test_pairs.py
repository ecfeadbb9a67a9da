"""Thirty times two people edit one event through its form, at random: of 30 pairs of edits nothing is lost."""

import random

import pytest

from conference.editing.copies import current
from conference.editing.snapshot import flatten
from tests import make
from tests.conference.editing.test_saving import opened, publisher_client

__all__ = ["publisher_client"]  # A browser of her own.
pytestmark = pytest.mark.django_db
FIELDS = ("title", "summary", "place", "remark")


def edited(data, chance, mark):
    """Some fields and rows changed, rows removed and rows added: what is sent, and {name of the field: its text}."""
    names = [name for name in data if name in FIELDS]
    names += [name for name in data if name.startswith("questions-") and name.endswith("-text") and data[name]]
    names += [name for name in data if name.startswith("contributions-") and name.endswith("-title") and data[name]]
    typed = {name: f"{mark} {name}" for name in chance.sample(names, chance.randint(1, 3))}
    sent = data | typed
    rows = [name.removesuffix("text") for name in names if name.startswith("questions-") and name not in typed]
    gone = [chance.choice(rows)] if rows and chance.random() < 0.3 else []
    sent |= {f"{row}DELETE": "on" for row in gone}
    if chance.random() < 0.4:
        number = int(data["questions-TOTAL_FORMS"])
        new = f"questions-{number}-text"
        typed[new] = f"{mark} neu"
        sent |= {new: typed[new], f"questions-{number}-position": "90", "questions-TOTAL_FORMS": str(number + 1)}
    return sent, typed, [data[f"{row}text"] for row in gone]


def decided(client, address, response, chance):
    """Every question answered by chance, until there is none; what was given up on purpose."""
    given_up = []
    while response.status_code == 409:
        answer = {"_conflict": response.context["token"], "_continue": "x"}
        for question in response.context["questions"]:
            side = chance.choice(["mine", "theirs"])
            answer[f"choice:{question['path']}"] = side
            given_up.append((question["path"], "theirs" if side == "mine" else "mine", question))
        response = client.post(address, answer)
    assert response.status_code == 302
    return given_up


@pytest.mark.parametrize("seed", range(30))
def test_of_two_random_edits_nothing_is_lost(editor_client, publisher_client, seed):
    chance = random.Random(seed)
    event = make.event(
        "Auftakt", status=chance.choice(["draft", "published"]), summary="Kurz", questions=["Warum?", "Wozu?", "Wo?"]
    )
    for number in range(2):
        make.contribution(event=event, title=f"Beitrag {number}", position=number)
    address, data = opened(editor_client, event)
    theirs, their_words, their_gone = edited(data, chance, "Sie")
    mine, my_words, my_gone = edited(data, chance, "Ich")
    assert publisher_client.post(address, theirs | {"_continue": "x"}).status_code == 302
    given_up = decided(editor_client, address, editor_client.post(address, mine | {"_continue": "x"}), chance)

    stands = {value for value in flatten(current(event)).values() if isinstance(value, str)}
    lost = {text for text in (*their_words.values(), *my_words.values()) if text not in stands}
    asked = {text for _path, side, question in given_up if not question.get("is_row") for text in [question[side]]}
    rows_asked = any(question.get("is_row") for _path, _side, question in given_up)
    unexplained = lost - asked
    if rows_asked:
        # A row that one removed and the other changed: the answer says which, and the text goes with the row.
        unexplained = {text for text in unexplained if "questions-" not in text}
    assert unexplained == set()
    if not rows_asked:
        assert not {*their_gone, *my_gone} & stands
