"""Events as iCalendar."""


def conference_calendar(request, slug):
    raise NotImplementedError


def event_calendar(request, conference, slug):
    raise NotImplementedError
