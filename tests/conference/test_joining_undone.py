"""Taken back: everything as it was, whatever the graph; or a sentence that says why not, and nothing happens."""

import random

import pytest

from conference.editing.copies import copy_of, store
from conference.editing.snapshot import take
from conference.joining.plan import GOES, STAYS, Plan
from conference.joining.undoing import undo_join
from conference.models import ChangeRun, TrashedRecord
from conference.runs.running import RunRefused
from conference.search import rebuild_index
from conference.trash import restore, trash
from sessions_app.models import Appearance, Speaker
from tests import make
from tests.joined import all_there_is, fieldsets, joined

pytestmark = pytest.mark.django_db


def refused(run) -> str:
    before = all_there_is()
    with pytest.raises(RunRefused) as error:
        undo_join(run, None)
    assert all_there_is() == before
    assert ChangeRun.objects.get(pk=run.pk).undone_at is None
    return " ".join(error.value.messages)


# ── Whatever the graph ───────────────────────────────────────────────────────────────────────
class Chance(random.Random):
    def some(self, things):
        return self.sample(things, self.randint(0, len(things)))

    def words(self):
        return self.choice(["", "Eins", "Zwei"])

    def speaker(self, organisations):
        state = {"status": "draft"} if self.random() < 0.2 else {}
        return make.speaker(
            self.choice(["Rost", "Röst"]),
            given_name=self.words(),
            academic_title=self.choice(["", "Dr."]),
            website=self.choice(["", "https://eins.example/", "https://zwei.example/"]),
            other_names=self.choice(["", "A. Rost", "Ada Röst\nRost"]),
            organisations=self.some(organisations),
            **state,
        )

    def world(self):
        """Two organisations and two people who may be one, and neighbours that name either, both or none."""
        organisations = [
            make.organisation(
                self.choice(["Kreis", "Landkreis"]), place=self.words(), short_name=self.choice(["", "LK", "LKC"])
            )
            for _each in range(3)
        ]
        people = [self.speaker(organisations) for _each in range(3)]
        for thing in (*organisations, *people):
            if self.random() < 0.3:
                make.former_slug(thing, f"frueher-{self.choice('ab')}-{thing.pk % 2}")
        for _each in range(3):
            conference = make.conference(
                organisers=self.some(organisations), funder=self.choice([None, *organisations])
            )
            event = make.event(conference=conference, title="Abend", status=self.choice(["draft", "published"]))
            project = make.project()
            for organisation in self.some(organisations):
                make.partnership(project, organisation, funding_code=self.words(), position=self.randint(0, 3))
            for speaker in self.some(people):
                make.involvement(speaker=speaker, project=project, role=self.words())
            self.programme(event, people, organisations)
        for event in {each.contribution.event for each in Appearance.objects.select_related("contribution__event")}:
            if self.random() < 0.5:
                self.work_on(event)
        if self.random() < 0.5:
            store(people[0], take(people[0]))
        rebuild_index()
        return people, organisations

    def programme(self, event, people, organisations):
        contribution = make.contribution(event=event)
        for position, speaker in enumerate(self.some(people)):
            make.appearance(
                contribution=contribution,
                speaker=speaker,
                position=position,
                role=self.words(),
                office=self.words(),
                is_former=self.random() < 0.5,
                organisations=self.some(organisations),
            )
        track = make.text_track(["Guten Abend.", "Danke."], video=make.video(contribution=contribution))
        for cue in track.cues.order_by("pk"):
            type(cue).objects.filter(pk=cue.pk).update(speaker=self.choice([None, *people]))

    def work_on(self, event):
        """A working copy in which somebody was taken out or changed."""
        data = take(event)
        for contribution in data["parts"]["contributions"]:
            rows = contribution["parts"]["appearances"]
            contribution["parts"]["appearances"] = self.sample(rows, self.randint(0, len(rows)))
        store(event, data)


@pytest.mark.parametrize("seed", range(12))
def test_joined_and_undone_is_as_if_nothing_had_been(seed):
    chance = Chance(seed)
    people, organisations = chance.world()
    runs, states = [], [all_there_is()]
    for pair in (people[:2], organisations[:2], [people[0], people[2]]):
        stays, goes = (type(each).objects.get(pk=each.pk) for each in pair)
        plan = Plan(stays, goes, fieldsets(type(stays)))
        if plan.obstacles:
            continue
        choices = {unit.name: chance.choice([STAYS, GOES]) for unit in plan.conflicts}
        runs.append(joined(stays, goes, **choices))
        states.append(all_there_is())
        assert states[-1] != states[-2]
    for run, state in reversed(list(zip(runs, states, strict=False))):
        undo_join(run, None)
        assert all_there_is() == state
        assert ChangeRun.objects.get(pk=run.pk).undone_at


# ── What was changed since ───────────────────────────────────────────────────────────────────
def two():
    stays, goes = make.speaker("Rost", website="https://eins.example/"), make.speaker("Röst")
    return stays, goes, make.contribution(speakers=[goes])


def test_what_is_not_touched_may_change_meanwhile():
    stays, goes, contribution = two()
    run = joined(stays, goes)
    Speaker.objects.filter(pk=stays.pk).update(remark="Später")
    another = make.contribution(speakers=[stays])
    undo_join(run, None)
    assert contribution.appearances.get().speaker == goes
    assert another.appearances.get().speaker == stays
    assert Speaker.objects.get(pk=stays.pk).remark == "Später"
    assert "schon zurückgenommen" in refused_again(run)


def refused_again(run) -> str:
    with pytest.raises(RunRefused) as error:
        undo_join(run, None)
    return " ".join(error.value.messages)


def test_a_row_that_names_somebody_else_since_stops_it():
    stays, goes, contribution = two()
    run = joined(stays, goes)
    contribution.appearances.update(speaker=make.speaker())
    assert "Auftritte: 1 davon seither geändert" in refused(run)


def test_an_event_in_the_trash_stops_it():
    stays, goes, contribution = two()
    run = joined(stays, goes)
    entry = trash(contribution.event)
    assert "Auftritte" in refused(run)
    restore(entry)
    undo_join(run, None)
    assert contribution.appearances.get().speaker == goes


def test_names_changed_since_stop_it():
    stays, goes, _contribution = two()
    run = joined(stays, goes)
    Speaker.objects.filter(pk=stays.pk).update(other_names="Anders")
    assert "wurde seither geändert" in refused(run)


def test_it_is_not_taken_back_when_the_other_has_left_the_trash():
    stays, goes, contribution = two()
    run = joined(stays, goes)
    restore(TrashedRecord.objects.of(goes).get())
    assert "nicht mehr im Papierkorb" in refused(run)
    back = Speaker.objects.get(pk=goes.pk)
    assert (back.slug, contribution.appearances.get().speaker) == (goes.slug, stays)


def test_a_working_copy_changed_since_stops_it():
    stays, goes, contribution = two()
    store(contribution.event, take(contribution.event))
    run = joined(stays, goes)
    working_copy = copy_of(contribution.event)
    working_copy.data["fields"]["title"] = "Anders"
    working_copy.save()
    assert f"Die Arbeitskopie von „{contribution.event}“" in refused(run)


def test_a_double_row_changed_since_stops_it():
    stays, goes, contribution = two()
    kept = make.appearance(contribution=contribution, speaker=stays)
    contribution.appearances.filter(speaker=goes).update(office="Landrätin")
    run = joined(stays, goes)
    Appearance.objects.filter(pk=kept.pk).update(office="Ministerin")
    assert "Eine Zeile, die es zweimal gab" in refused(run)


def test_a_contribution_that_is_gone_stops_it():
    stays, goes, contribution = two()
    make.appearance(contribution=contribution, speaker=stays)
    run = joined(stays, goes)
    contribution.appearances.all().delete()
    contribution.delete()
    assert "ist nicht mehr da" in refused(run)
