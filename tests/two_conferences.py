"""A conference of one's own and others, to show what an editor of one conference only does not see."""

from conference.models import EditorScope
from sessions_app.models import GuidingQuestion, TextTrack
from tests import make

MARK = "xqzfremd"


class World:
    """A conference of one's own, and one of others: its drafts carry the mark, in every field that has words."""

    def __init__(self):
        self.mine = self.conference_with("Meine", "draft")
        self.theirs = self.conference_with(MARK, "draft")
        self.open = self.conference_with("Offene", "published")

    def conference_with(self, word, status):
        state = {"status": status}
        conference = make.conference(f"{word} Konferenz", summary=word, **state)
        theme = make.theme(f"{word} Thema", conference=conference, summary=word, **state)
        event = make.event(f"{word} Abend", conference=conference, theme=theme, summary=word, **state)
        contribution = make.contribution(f"{word} Vortrag", event=event)
        make.appearance(contribution=contribution, role=word)
        question = GuidingQuestion.objects.create(event=event, text=f"{word} Frage")
        video = make.video(f"{word} Film", event=event, **state)
        other = make.video(f"{word} Mitschnitt", event=None, contribution=contribution, **state)
        track = make.text_track([f"{word} Satz."], video=video)
        things = [conference, theme, event, contribution, other, video, track.cues.first()]
        return {
            **{type(thing): thing for thing in things},
            "all": things,
            GuidingQuestion: question,
            TextTrack: track,
            "other": other,
        }


def limited_to(conference, user):
    EditorScope.objects.create(user=user).conferences.add(conference)
    return user


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")
