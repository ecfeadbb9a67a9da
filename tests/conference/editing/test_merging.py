"""Two versions made from one: whatever anybody changed is in the result or is asked about."""

import copy
import random

import pytest

from conference.editing.merging import merge, merge_texts, word_changes
from conference.editing.snapshot import flatten

PEOPLE, MATERIALS = range(1, 8), range(20, 26)


def row(number, text, parts=None):
    identity = f"{number:08d}-0000-4000-8000-000000000000"
    fields = {"position": number, "text": text}
    return {"uuid": identity, "pk": number, "fields": fields, "links": {}, "parts": parts or {}}


def an_original():
    talks = [
        row(10 + n, f"Beitrag {n}", {"appearances": [row(100 + n * 10 + k, "") for k in range(2)]}) for n in range(3)
    ]
    return {
        "schema": 1,
        "model": "sessions_app.event",
        "uuid": "0" * 32,
        "pk": 1,
        "fields": {"title": "Auftakt", "summary": "Ein Text mit einigen Worten", "date": None},
        "links": {"materials": [20, 21, 22]},
        "parts": {"questions": [row(n, f"Frage {n}") for n in range(3)], "contributions": talks},
    }


def edited(original, chance, side):
    """What one person might do: change, empty, add, remove, link, unlink, at several places."""
    mine = copy.deepcopy(original)
    for _ in range(chance.randint(1, 4)):
        chance.choice((_field, _link, _change_row, _add_row, _remove_row, _nested))(mine, chance, side)
    return mine


def _field(mine, chance, side):
    mine["fields"][chance.choice(["title", "summary"])] = chance.choice(["", "Gleich", f"{side} {chance.random()}"])


def _link(mine, chance, side):
    mine["links"]["materials"] = sorted(chance.sample(list(MATERIALS), chance.randint(0, 5)))


def _rows(mine, chance):
    return mine["parts"][chance.choice(["questions", "contributions"])]


def _change_row(mine, chance, side):
    if rows := _rows(mine, chance):
        chance.choice(rows)["fields"]["text"] = chance.choice(["Gleich", f"{side} {chance.random()}"])


def _add_row(mine, chance, side):
    number = (1000 if side == "A" else 2000) + chance.randint(0, 900)
    rows = mine["parts"]["questions"]
    if number not in {each["pk"] for each in rows}:
        rows.append(row(number, f"{side} neu"))


def _remove_row(mine, chance, side):
    if rows := _rows(mine, chance):
        rows.pop(chance.randrange(len(rows)))


def _nested(mine, chance, side):
    if talks := mine["parts"]["contributions"]:
        people = chance.choice(talks)["parts"]["appearances"]
        if people and chance.random() < 0.3:
            people.pop()
        elif people:
            people[0]["fields"]["text"] = f"{side} {chance.random()}"


def asked_about(path, conflicts):
    return any(path == each.path or (each.is_row and path.startswith(f"{each.path}/")) for each in conflicts)


def lost(base, one, other, merged, conflicts):
    """Changes of `one` that are neither in the result nor asked about nor undone by an agreed removal."""
    before, after, result, there = (flatten(each) for each in (base, one, merged, other))
    gone = [path for path in before if before[path] == "·" and (path not in after or path not in there)]
    missing = []
    for path in {*before, *after}:
        if before.get(path) == after.get(path) or asked_about(path, conflicts):
            continue
        if path == "materials":
            added, removed = set(after[path]) - set(before[path]), set(before[path]) - set(after[path])
            if not added <= set(result[path]) or removed & set(result[path]):
                missing.append(path)
        elif result.get(path) != after.get(path) and not any(path.startswith(f"{row}/") for row in gone):
            missing.append(path)
    return missing


def test_1000_random_pairs_of_edits_lose_nothing():
    chance, asked = random.Random(2020), 0
    for _ in range(1000):
        base = an_original()
        mine, theirs = edited(base, chance, "A"), edited(base, chance, "B")
        merged = merge(base, mine, theirs)
        asked += bool(merged.conflicts)
        assert lost(base, mine, theirs, merged.data, merged.conflicts) == []
        assert lost(base, theirs, mine, merged.data, merged.conflicts) == []
        for choice, kept in (("mine", mine), ("theirs", theirs)):
            chosen = {each.path: choice for each in merged.conflicts}
            settled = merge(base, mine, theirs, chosen)
            assert settled.conflicts == ()
            result, wanted = flatten(settled.data), flatten(kept)
            assert all(result.get(each.path) == wanted.get(each.path) for each in merged.conflicts)
    assert 100 < asked < 900


def test_what_one_side_alone_changed_is_taken_both_ways_round():
    chance = random.Random(7)
    for _ in range(300):
        base = an_original()
        mine = edited(base, chance, "A")
        assert flatten(merge(base, mine, base).data) == flatten(mine) == flatten(merge(base, base, mine).data)
        assert flatten(merge(base, mine, mine).data) == flatten(mine)


def test_a_merged_value_can_be_typed():
    base = an_original()
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    mine["fields"]["title"], theirs["fields"]["title"] = "Eins", "Zwei"
    merged = merge(base, mine, theirs, {"title": ("value", "Eins und zwei")})
    assert (merged.data["fields"]["title"], merged.conflicts) == ("Eins und zwei", ())


def test_a_row_that_one_removed_and_the_other_changed_is_one_question():
    base = an_original()
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    mine["parts"]["contributions"].pop(0)
    theirs["parts"]["contributions"][0]["parts"]["appearances"][0]["fields"]["text"] = "Landrätin"
    merged = merge(base, mine, theirs)
    [conflict] = merged.conflicts
    assert conflict.is_row
    kept = merge(base, mine, theirs, {conflict.path: "theirs"}).data
    assert kept["parts"]["contributions"][0]["parts"]["appearances"][0]["fields"]["text"] == "Landrätin"
    assert len(merge(base, mine, theirs, {conflict.path: "mine"}).data["parts"]["contributions"]) == 2


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("eins zwei drei vier", "EINS zwei drei vier", "eins zwei drei VIER", "EINS zwei drei VIER"),
        ("eins zwei drei", "eins ZWEI drei", "eins Zwei! drei", None),
        ("eins zwei", "eins zwei", "eins", "eins"),
        ("<p>eins</p><p>zwei</p>", "<p>eins!</p><p>zwei</p>", "<p>eins</p><p>zwei!</p>", "<p>eins!</p><p>zwei!</p>"),
        ("", "a", "b", None),
        ("", "a", "a", "a"),
    ],
)
def test_texts_are_merged_by_word_or_not_at_all(base, mine, theirs, merged):
    assert merge_texts(base, mine, theirs) == merged
    assert merge_texts(base, theirs, mine) == merged


def test_word_changes_say_both_texts():
    for old, new in [("Guten Morgen Welt", "Guten Abend Welt"), ("", "neu"), ("alt", ""), ("a b c", "a b c")]:
        pieces = word_changes(old, new)
        assert "".join(text for kind, text in pieces if kind != "new") == old
        assert "".join(text for kind, text in pieces if kind != "gone") == new
