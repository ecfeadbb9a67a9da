"""Transcripts as people read them."""

from sessions_app.transcripts.cues import CueRecord
from sessions_app.transcripts.reading import as_text, paragraphs

CUES = [
    CueRecord(1, 0, 2000, "Anna", "Guten Abend."),
    CueRecord(2, 2000, 4000, "Anna", "Ich begrüße"),
    CueRecord(3, 9000, 10_000, "Anna", "Sie alle."),
    CueRecord(4, 10_000, 11_000),
    CueRecord(5, 14_000, 15_000, "Anna", "Beginnen wir!"),
    CueRecord(6, 15_000, 16_000, "Ben", "Danke."),
    CueRecord(7, 16_000, 17_000, "", "[Applaus]"),
    CueRecord(8, 17_000, 18_000, "Ben", "Nun denn."),
]


def test_paragraphs_end_with_their_speaker_or_a_sentence_before_a_pause():
    assert [(p.speaker, p.is_turn, p.start_ms, p.text) for p in paragraphs(CUES)] == [
        ("Anna", True, 0, "Guten Abend. Ich begrüße Sie alle."),
        ("Anna", False, 14_000, "Beginnen wir!"),
        ("Ben", True, 15_000, "Danke."),
        ("", False, 16_000, "[Applaus]"),
        ("Ben", True, 17_000, "Nun denn."),
    ]


def test_long_paragraphs_end_with_a_sentence():
    cues = [CueRecord(n, n * 1000, n * 1000 + 1000, "", "x" * 99 + ("." if n % 2 else "")) for n in range(12)]
    assert [len(paragraph.cues) for paragraph in paragraphs(cues)] == [6, 6]
    assert paragraphs([]) == []


def test_plain_text():
    assert as_text(CUES[:5]) == ("[00:00] Anna: Guten Abend. Ich begrüße Sie alle.\n\n[00:14] Beginnen wir!\n")
    assert as_text(CUES[5:6], with_times=False) == "Ben: Danke.\n"
