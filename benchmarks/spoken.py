"""German-like transcripts for the benchmark: words with their endings, a few of them frequent, as in a language."""

# ruff: noqa: SIM905  words are read more easily so

import datetime
import uuid
from itertools import accumulate, islice, product

SENTENCES = 107

BEGINNINGS = (
    "Orts Stadt Land Dorf Markt Bau Wohn Gewerbe Boden Flächen Verkehrs Energie Wasser Grün Brach Kern Rand Kreis "
    "Bürger Rat Haus Hof Garten Schul Kultur Sport Klima Daten Netz Wärme Wald Fluss Brücken Bahn Rad Fuß Markt Vereins"
).split()
MIDDLES = (
    "plan entwick gestalt leit verwalt beratungs förder wander sicher bericht bild schul misch nutz rechn samml teil "
    "steuer planungs wirt gemein arbeit werk lehr pfleg ordn bind führ öffn lös meld prüf wend setz stell"
).split()
ENDINGS = (
    ("ung", "ungen"),
    ("schaft", "schaften"),
    ("heit", "heiten"),
    ("er", "ers", "ern"),
    ("en", "e", "st", "t", "te", "ten"),
    ("lich", "liche", "lichen", "licher", "liches", "lichem"),
    ("bar", "bare", "baren", "barer", "bares", "barem"),
)
# Each of these is said some ten times in all.
RARE = [f"{beginning}{middle}nis" for beginning, middle in zip(BEGINNINGS, MIDDLES, strict=False)]
SMALL = (
    "der die das und in zu den mit von für auf ist im nicht ein eine als auch es an werden aus er hat dass sie nach"
).split()


def batched(values, size):
    values = iter(values)
    while some := list(islice(values, size)):
        yield some


def lexicon(chance):
    """Words with their forms, the frequent first."""
    words = [
        [f"{beginning}{middle}{ending}" for ending in endings]
        for beginning, middle, endings in product(BEGINNINGS, MIDDLES, ENDINGS)
    ]
    chance.shuffle(words)
    return words


def sentences(chance, words, number):
    """German-like: small words between others, whose frequency falls with their rank."""
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    for content in batched(chance.choices(words, cum_weights=weights, k=number * 8), 8):
        said = []
        for forms in content:
            if chance.random() < 0.75:
                said.append(chance.choice(SMALL))
            said.append(chance.choice(forms))
        yield f"{' '.join(said).capitalize()}."


def fill(chance, words, transcripts):
    """Videos, tracks and their sentences, written past the models: 2.1 million rows."""
    from django.db import connection
    from django.utils import timezone

    from conference.models import Conference
    from sessions_app.models import Cue, Event, TextTrack, Video

    long_ago = timezone.now() - datetime.timedelta(days=30)
    public = {"status": "published", "published_at": long_ago}
    day = datetime.date(2020, 10, 28)
    conference = Conference.objects.create(title="Messung", slug="messung", starts_on=day, ends_on=day, **public)
    event = Event.objects.create(conference=conference, number=1, title="Messung", slug="messung", date=day, **public)
    length = datetime.timedelta(seconds=SENTENCES * 7)
    numbers = range(1, transcripts + 1)
    for some in batched(numbers, 1000):
        Video.objects.bulk_create(
            Video(pk=n, title=f"Aufnahme {n}", slug=f"aufnahme-{n}", event=event, duration=length, **public)
            for n in some
        )
        TextTrack.objects.bulk_create(TextTrack(pk=n, video_id=n) for n in some)
    # Each sentence is said about ten times.
    pool = list(sentences(chance, words, transcripts * SENTENCES // 10))
    for place, word in enumerate(RARE):
        pool[place * 7] = f"{pool[place * 7]} Das nennt man {word}."
    columns = [field.column for field in Cue._meta.concrete_fields if not field.primary_key]

    def rows(some):
        for n in some:
            for place, text in enumerate(chance.choices(pool, k=SENTENCES)):
                known = {"track_id": n, "number": place, "start_ms": place * 7000, "end_ms": place * 7000 + 6500}
                row = known | {"uuid": uuid.UUID(int=chance.getrandbits(128)), "text": text, "speaker_id": None}
                yield tuple(row.get(column, "") for column in columns)

    with connection.cursor() as cursor:
        for some in batched(numbers, 500):
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {Cue._meta.db_table} ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in rows(some):
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(columns))
                hexed = (tuple(each.hex if isinstance(each, uuid.UUID) else each for each in row) for row in rows(some))
                cursor.executemany(f"INSERT INTO {Cue._meta.db_table} ({', '.join(columns)}) VALUES ({marks})", hexed)
