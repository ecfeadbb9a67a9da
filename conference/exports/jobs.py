"""Long listings, made beside the page that waits for them: two at once in a process, each on its own connection.

A job lives in its process. Others see it in the database, where it says every second that it is alive.
"""

import datetime
import hashlib
import json
import shutil
import threading
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conference import arrivals
from conference.exports.choosing import OptionsForm
from conference.exports.extract import Extract
from conference.exports.writers import FORMATS, ExportRefused
from conference.models import ExportJob
from conference.publishing import PUBLIC
from conference.records import Dataset
from conference.scope import conferences_of

# More rows than these are not waited for in front of a white page. CSV and JSON leave as they are made.
LONG = {"xlsx": 3_000, "ods": 3_000, "pdf": 500}
AT_ONCE = 2
MOST_OF_ONE_PERSON = 3
BEAT_SECONDS, LOST_SECONDS = 1, 30
FOLDER = "listen"
KEPT = datetime.timedelta(seconds=arrivals.SECONDS_KEPT)
_places = threading.BoundedSemaphore(AT_ONCE)


class TooMany(ExportRefused):
    """Somebody waits for several listings already."""

    def __init__(self):
        super().__init__(_("Für Sie werden schon drei Listen vorbereitet. Bitte warten Sie, bis eine fertig ist."))


class ConferenceGone(ExportRefused):
    """What was ordered was narrowed to it; without it, it would be the listing of all."""

    def __init__(self):
        super().__init__(_("Die Konferenz, deren Liste Sie bestellt haben, gibt es nicht mehr, oder nicht für Sie."))


def takes_long(extract: Extract, file_format: str) -> bool:
    return file_format in LONG and is_long(extract.dataset, file_format, extract.count())


def is_long(dataset: Dataset, file_format: str, rows: int) -> bool:
    """Whether so many rows are prepared. Those that bring many neighbours along count as several."""
    return file_format in LONG and rows * Dataset.chunk > LONG[file_format] * dataset.chunk


# ── What was ordered ─────────────────────────────────────────────────────────────────────────────
def extract_for(dataset: Dataset, options: dict, user) -> Extract:
    """As the options say: those of an address, or rows chosen in the admin. Raises ConferenceGone."""
    if "zeilen" in options:
        remarks = [tuple(pair) for pair in options["hinweise"]]
        return Extract(dataset, user, chosen=options["zeilen"], remarks=remarks)
    form = OptionsForm(options, user, dataset.may_see_drafts(user))
    if "konferenz" in form.errors:
        raise ConferenceGone
    return form.extract(dataset)


def rights_of(user) -> str:
    """What somebody may see and where; another mark when any of that has changed."""
    rights = [sorted(user.get_all_permissions()), sorted(conferences_of(user) or ()), user.is_superuser]
    return hashlib.sha256(json.dumps([*rights, conferences_of(user) is None]).encode()).hexdigest()


def start(user, extract: Extract, file_format: str, options: dict) -> ExportJob:
    """A new job, or the one that is at it already. Raises TooMany."""
    listing = extract.dataset.name
    # Published rows are for everybody who may take listings; others for these eyes as they see now.
    options = options | {"rechte": "" if extract.viewer is PUBLIC else rights_of(user)}
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        mine = ExportJob.objects.filter(user=user)
        mine.filter(created_at__lt=timezone.now() - KEPT).delete()
        at_work = [job for job in mine.filter(state=ExportJob.State.RUNNING) if not is_lost(job)]
        for job in at_work:
            if (job.listing, job.file_format, job.options) == (listing, file_format, options):
                return job
        if len(at_work) >= MOST_OF_ONE_PERSON:
            raise TooMany
        job = ExportJob.objects.create(
            user=user, listing=listing, file_format=file_format, options=options, rows_total=extract.count()
        )
    beside(_Work(job, extract.dataset))
    return job


def of(user, datasets) -> list[tuple[ExportJob, Dataset, str]]:
    """What somebody ordered lately, with its listing and how it stands. One query, and what their rights cost."""
    by_name = {dataset.name: dataset for dataset in datasets}
    found = ExportJob.objects.filter(user=user, created_at__gte=timezone.now() - KEPT, listing__in=by_name)
    return [(job, by_name[job.listing], state_of(job, user)[0]) for job in found]


# ── How it stands ────────────────────────────────────────────────────────────────────────────────
def is_lost(job: ExportJob) -> bool:
    """It says that it runs, and has not been heard of."""
    silent = timezone.now() - job.beat_at > datetime.timedelta(seconds=LOST_SECONDS)
    return job.state == ExportJob.State.RUNNING and silent


def state_of(job: ExportJob, user) -> tuple[str, str]:
    """RUNNING, DONE or FAILED, and what there is to say about it."""
    state = ExportJob.State
    if job.options["rechte"] and job.options["rechte"] != rights_of(user):
        return state.FAILED, _("Ihre Rechte haben sich geändert, seit diese Liste vorbereitet wurde.")
    if is_lost(job):
        return state.FAILED, _("Die Vorbereitung ist abgebrochen, zum Beispiel weil die Website neu gestartet ist.")
    if job.state == state.DONE and not path_of(job).exists():
        return state.FAILED, _("Die Datei ist nicht mehr da; vorbereitete Listen bleiben einen Tag.")
    return job.state, job.message


def path_of(job: ExportJob) -> Path:
    return arrivals.folder(FOLDER) / job.path


# ── The work ─────────────────────────────────────────────────────────────────────────────────────
class _Work:
    """A job at work: so many rows are `done`, and how it ended."""

    def __init__(self, job: ExportJob, dataset: Dataset):
        self.job, self.dataset, self.done = job, dataset, 0
        self.result = {
            "state": ExportJob.State.FAILED,
            "message": _("Beim Schreiben der Datei ist ein Fehler aufgetreten."),
        }

    def write(self):
        try:
            path = self._write_file()
        except ExportRefused as refusal:
            self.result["message"] = str(refusal)
        except OSError:
            self.result["message"] = _("Die Datei ließ sich nicht schreiben; vielleicht ist kein Platz mehr frei.")
        else:
            self.result = {"state": ExportJob.State.DONE, "message": "", "path": path.name}
            self.done = self.job.rows_total

    def _write_file(self) -> Path:
        job = self.job
        extract = extract_for(self.dataset, job.options, get_user_model().objects.get(pk=job.user_id))
        extract.on_progress = self._note
        path = arrivals.folder(FOLDER) / f"{job.uuid.hex}.{job.file_format}"
        try:
            with FORMATS[job.file_format].write(extract, "") as source, path.open("wb") as target:
                shutil.copyfileobj(source, target)
        except OSError:
            # Half a file helps nobody, least of all where there is no place left.
            path.unlink(missing_ok=True)
            raise
        return path

    def _note(self, done: int):
        self.done = done

    def beat(self):
        self._told(rows_done=self.done)

    def settle(self):
        """A finished file is not lost because the database is busy when it is done."""
        for _attempt in range(LOST_SECONDS):
            if self._told(rows_done=self.done, **self.result):
                return
            time.sleep(BEAT_SECONDS)

    def _told(self, **values) -> bool:
        """Whether the database has heard it. One that is busy or away is asked later, on a new connection."""
        try:
            ExportJob.objects.filter(pk=self.job.pk).update(beat_at=timezone.now(), **values)
        except (OperationalError, InterfaceError):
            connection.close()
            return False
        return True


def at_once(work: _Work):
    """In this very thread; for where no second one sees the database."""
    work.write()
    work.settle()


def _attend(work: _Work):
    """Beat until it is done. The rows are read in one transaction, which cannot write: hence a thread of its own."""
    try:
        while not _places.acquire(timeout=BEAT_SECONDS):
            work.beat()
        try:
            writer = threading.Thread(target=_closing, args=(work.write,), daemon=True)
            writer.start()
            while writer.is_alive():
                writer.join(BEAT_SECONDS)
                work.beat()
        finally:
            _places.release()
        work.settle()
    finally:
        connection.close()


def _closing(task):
    try:
        task()
    finally:
        connection.close()


def _in_a_thread(work: _Work):
    threading.Thread(target=_attend, args=(work,), daemon=True).start()


# Tests put `at_once` here.
beside = _in_a_thread
