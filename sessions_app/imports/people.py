"""Who the people of a file are here: by guid, by name with the same organisation, else proposed and made anew."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from conference.models import Organisation
from sessions_app.imports.choices import Choices, mark_of
from sessions_app.imports.identity import Known, key_of
from sessions_app.imports.names import Name, normal, parted, same_words, sound
from sessions_app.imports.values import speaker_values
from sessions_app.interchange.programme import Person, Programme, Talk
from sessions_app.models import Appearance, Speaker

KIND = Speaker._meta.label_lower


@dataclass
class Candidate:
    """Somebody here who may be meant, and what is known of them."""

    speaker: Speaker
    organisations: list[str]


@dataclass
class Human:
    """A person of the file, once. `how` says why `speaker` is meant: guid | orcid | name | chosen; "" for new ones."""

    key: str
    name: Name
    person: Person
    values: dict
    affiliations: list[str] = field(default_factory=list)
    mentions: int = 0
    speaker: Speaker | None = None
    how: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    # The key of the record, of a new one a placeholder below zero; its UUID is told when it is planned.
    number: int = 0
    uuid: str = ""
    # Who was made of them earlier and has been deleted here since.
    gone: str = ""
    # Nobody needs them made anew: they stay deleted.
    is_away: bool = False

    @property
    def mark(self) -> str:
        return mark_of(self.key)


class Crowd:
    """All people of a file and who they are here. Costs six queries, whatever the file holds."""

    def __init__(self, programme: Programme, known: Known, choices: Choices):
        self.humans: dict[str, Human] = {}
        self._keys: dict[tuple, str] = {}
        # The keys of a name, for those without guid.
        self._of_name: dict[str, list[str]] = defaultdict(list)
        for talk in programme.talks:
            for person in people_of(talk):
                self._meet(person)
        self._directory = Directory()
        for position, human in enumerate(self.humans.values(), start=1):
            self._recognise(human, known, choices)
            human.number = human.speaker.pk if human.speaker else -position
        self._gone = {human.gone: human.number for human in self.humans.values() if human.gone}
        self.organisations = _organisations(self.humans.values())

    def of(self, person: Person) -> Human:
        return self.humans[self._keys[_identity(person)]]

    def identities(self) -> set[str]:
        """Of everybody who is here already."""
        return set(self._directory.by_uuid)

    def number_of(self, identity: str) -> int | None:
        """The key of somebody by their UUID here, be they gone."""
        speaker = self._directory.by_uuid.get(identity)
        return speaker.pk if speaker else self._gone.get(identity)

    @property
    def new(self) -> list[Human]:
        return [human for human in self.humans.values() if human.speaker is None and not human.is_away]

    @property
    def recognised(self) -> list[Human]:
        """Those nobody had to choose."""
        return [human for human in self.humans.values() if human.speaker and not human.candidates]

    @property
    def open(self) -> list[Human]:
        """Those somebody should have a look at: there are people here who may be meant."""
        return [human for human in self.humans.values() if human.candidates]

    def _meet(self, person: Person):
        identity = _identity(person)
        if identity not in self._keys:
            self._keys[identity] = self._key(person)
        human = self.humans.get(self._keys[identity])
        if human is None:
            name = parted(person.name)
            human = Human(self._keys[identity], name, person, speaker_values(name, person))
            self.humans[human.key] = human
            if not person.guid:
                self._of_name[normal(person.name)[:140]].append(human.key)
        human.mentions += 1
        if person.affiliation and person.affiliation not in human.affiliations:
            human.affiliations.append(person.affiliation)

    def _key(self, person: Person) -> str:
        """What the person is known by in this source from now on; numbers count inside one file alone."""
        if person.guid:
            return key_of(person.guid)
        name, place = normal(person.name)[:140], same_words(person.affiliation)[:100]
        taken = self._of_name[name]
        if person.number:
            # Two numbers are two people, even of one name.
            return f"name:{name}" if not taken else f"name:{name}|{place}|{len(taken) + 1}"
        plain, told = f"name:{name}", f"name:{name}|{place}"
        if not place and taken:
            return taken[0]
        if plain in taken and not self.humans[plain].affiliations:
            return plain
        return told if place else plain

    def _recognise(self, human: Human, known: Known, choices: Choices):
        directory = self._directory
        chosen = choices.people.get(mark_of(human.key))
        origin = known.origin(KIND, human.key)
        identity = known.joined(str(origin.record)) if origin else ""
        human.gone = "" if identity in directory.by_uuid or known.base(origin) is None else identity
        if speaker := directory.by_uuid.get(identity) or directory.by_uuid.get(human.person.guid.lower()):
            human.speaker, human.how = speaker, "guid"
        elif (orcid := human.values["orcid"]) and (speaker := directory.by_orcid.get(orcid)):
            human.speaker, human.how = speaker, "orcid"
        else:
            self._propose(human)
            if found := next((each for each in human.candidates if str(each.speaker.uuid) == chosen), None):
                human.speaker, human.how = found.speaker, "chosen"

    def _propose(self, human: Human):
        directory = self._directory
        alike = directory.alike(human.name.plain)
        places = {same_words(each) for each in human.affiliations}
        exact = [
            speaker
            for speaker in alike
            if normal(human.name.plain) in directory.names(speaker) and places & directory.places(speaker)
        ]
        if len(exact) == 1:
            human.speaker, human.how = exact[0], "name"
        else:
            human.candidates = [Candidate(each, directory.words(each)) for each in alike]


def people_of(talk: Talk) -> list[Person]:
    """Those who have a name."""
    return [person for person in talk.people if parted(person.name).family]


def _identity(person: Person) -> tuple:
    """Who is one person inside the file."""
    if person.guid:
        return ("guid", person.guid)
    name = normal(person.name)
    return ("number", person.number, name) if person.number else ("name", name, same_words(person.affiliation))


class Directory:
    """Everybody here, by whatever they can be found."""

    def __init__(self):
        # Everybody: people of the house are shared, and a draft is somebody too.
        self._people = list(Speaker._base_manager.defer("biography", "remark").order_by("sort_name", "pk"))
        self.by_uuid = {str(speaker.uuid): speaker for speaker in self._people}
        self.by_orcid = {speaker.orcid: speaker for speaker in self._people if speaker.orcid}
        self._by_sound = defaultdict(list)
        for speaker in self._people:
            for key in dict.fromkeys(sound(name) for name in self._spellings(speaker)):
                self._by_sound[key].append(speaker)
        self._places = self._read_places()

    @staticmethod
    def _spellings(speaker: Speaker) -> list[str]:
        return [speaker.plain_name, *(line for line in speaker.other_names.splitlines() if line.strip())]

    @staticmethod
    def _read_places() -> dict[int, dict[str, str]]:
        """Where everybody was or is known to work: {speaker: {words to compare: words to show}}."""
        found = defaultdict(dict)
        names = ("name", "short_name", "other_names")
        known = Speaker.organisations.through.objects.values_list("speaker", *(f"organisation__{n}" for n in names))
        that_day = Appearance.organisations.through.objects.values_list(
            "appearance__speaker", *(f"organisation__{name}" for name in names)
        )
        for speaker, name, short, others in [*known, *that_day]:
            for spelling in (name, short, *others.splitlines()):
                if spelling.strip():
                    found[speaker].setdefault(same_words(spelling), name)
        for speaker, words in Appearance.objects.exclude(affiliation_text="").values_list(
            "speaker", "affiliation_text"
        ):
            found[speaker].setdefault(same_words(words), words)
        return found

    def alike(self, name: str) -> list[Speaker]:
        return self._by_sound.get(sound(name), [])

    def names(self, speaker: Speaker) -> set[str]:
        return {normal(name) for name in self._spellings(speaker)}

    def places(self, speaker: Speaker) -> set[str]:
        return set(self._places.get(speaker.pk, ()))

    def words(self, speaker: Speaker) -> list[str]:
        return list(dict.fromkeys(self._places.get(speaker.pk, {}).values()))


def _organisations(humans: Iterable[Human]) -> dict[str, Organisation]:
    """Those the file names exactly, and that are only one here."""
    wanted = {same_words(words) for human in humans for words in human.affiliations}
    found = defaultdict(set)
    for organisation in Organisation._base_manager.only("name", "short_name", "other_names") if wanted else ():
        for name in (organisation.name, organisation.short_name, *organisation.other_names.splitlines()):
            if (words := same_words(name)) in wanted:
                found[words].add(organisation)
    return {words: organisations.pop() for words, organisations in found.items() if len(organisations) == 1}
