"""Make the seven demonstration videos of the sample from `sessions_app/sample/videos/texte.yaml`.

    python scripts/make_sample_videos.py [event-slug …]

Needed only here, never to run the site: ffmpeg and chromium (Debian packages), and from pip py-nanotts (the SVOX Pico
voices, Apache 2.0), playwright, Pillow and PyYAML. The same text and the same tools give the same files.

Every sentence is synthesised alone and placed on a grid of milliseconds, so the captions' times are measured, not
guessed. Per event: <slug>.mp4, .m4a (sound only), .de.vtt, .en.vtt, .kapitel.vtt and .webp (poster).
"""

import array
import html
import io
import shutil
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "sessions_app" / "sample" / "videos"
STATIC = ROOT / "static"
RATE = 16_000  # samples per second, as the synthesiser gives them
PER_MS = RATE // 1000
QUIET = 200  # of 32,768: below this is silence before and after the words
VOICE = ["--voice", "de-DE", "--speed", "0.94", "--volume", "0.45"]  # louder clips
FADE = 5  # ms
BEFORE_CARD, AFTER_CARD, BETWEEN, AT_END = 500, 600, 450, 1800  # pauses in ms
LINGER = 250  # ms a caption stays after its last sound; shorter than any pause

FRAME = 100  # ms: ten frames a second
WIDTH, HEIGHT = 960, 540
LINE = 42  # letters in a line of a caption
VIDEO_BYTES, POSTER_BYTES = 690_000, 60_000
INK = "#10181f"
PALETTE = {
    "ink": INK, "orange": "#f6a13c", "blue": "#6fbcf0", "red": "#fb7d68",
    "green": "#6cc784", "pink": "#f59ac4", "yellow": "#ffd748",
}  # fmt: skip
# Each card shows another detail of the motif: size and position.
CLOSE = "auto 260%"
CROPS = [("cover", "50% 50%"), (CLOSE, "20% 30%"), (CLOSE, "80% 70%"), (CLOSE, "35% 90%"), (CLOSE, "60% 10%")]


@dataclass
class Cue:
    start: int  # ms
    end: int
    de: str
    en: str


@dataclass
class Card:
    """One picture of the video; a chapter begins with it if it has a title of its own."""

    start: int  # ms, a multiple of FRAME
    heading: str
    line: str
    chapter: str | None


@dataclass
class Film:
    slug: str
    event: dict  # as in texte.yaml
    sound: array.array
    cards: list[Card]
    cues: list[Cue]

    def __post_init__(self):
        self.name = f"Demonstrationsvideo: {self.event['title']}"
        self.length = len(self.sound) // PER_MS
        self.chapters = [card for card in self.cards if card.chapter]

    def path(self, kind: str) -> Path:
        return HOME / f"{self.slug}.{kind}"


def with_ends(cards: list[Card], length: int) -> list[tuple[Card, int]]:
    """Each card with the moment the next begins."""
    return list(zip(cards, [card.start for card in cards[1:]] + [length], strict=True))


def speak(sentence: str, folder: Path) -> array.array:
    """The words without the silence around them, filled up to whole milliseconds.

    A process per sentence: the synthesiser remembers what it said before and varies its noise.
    """
    subprocess.run([sys.executable, "-m", "py_nanotts", sentence, "-o", folder / "sentence.wav", *VOICE], check=True)
    with wave.open(str(folder / "sentence.wav")) as file:
        samples = array.array("h", file.readframes(file.getnframes()))
    loud = [i for i, sample in enumerate(samples) if abs(sample) > QUIET]
    samples = samples[max(0, loud[0] - FADE * PER_MS) : loud[-1] + FADE * PER_MS]
    samples.extend([0] * (-len(samples) % PER_MS))
    for i in range(FADE * PER_MS):
        samples[i] = samples[i] * i // (FADE * PER_MS)
        samples[-1 - i] = samples[-1 - i] * i // (FADE * PER_MS)
    return samples


def narrate(slug: str, event: dict, folder: Path) -> Film:
    """Say everything and note when each card and each caption begins."""
    sound, cards, cues = array.array("h"), [], []

    def now() -> int:
        return len(sound) // PER_MS

    def wait(milliseconds: int) -> None:
        sound.extend([0] * (milliseconds * PER_MS))

    for card, sentences in cards_of(event):
        if cards:
            wait(BEFORE_CARD - BETWEEN)
        wait(-now() % FRAME)
        card.start = now()
        cards.append(card)
        wait(AFTER_CARD)
        for sentence in sentences:
            start = now()
            sound.extend(speak(sentence["de"], folder))
            cues.append(Cue(start, now() + LINGER, sentence["de"], sentence["en"]))
            wait(BETWEEN)
    wait(AT_END - BETWEEN)
    wait(-now() % FRAME)
    return Film(slug, event, sound, cards, cues)


def cards_of(event: dict) -> list[tuple[Card, list[dict]]]:
    """Title, one per further chapter, end; the end belongs to the last chapter."""
    first, *others = event["chapters"]
    cards = [(Card(0, event["title"], event["line"], first["title"]), first["sentences"])]
    cards += [(Card(0, part["title"], event["title"], part["title"]), part["sentences"]) for part in others]
    made = "Text, Bilder und Stimme sind für diese Dokumentation entstanden."
    return [*cards, (Card(0, "Ende", made, None), [event["end"]])]


CARD_CSS = """
@font-face {{font-family: Sans; src: url({fonts}/sofia-sans-400.woff2)}}
@font-face {{font-family: Sans; font-weight: 700; src: url({fonts}/sofia-sans-700.woff2)}}
@font-face {{font-family: Tall; font-weight: 800; src: url({fonts}/sofia-sans-xc-800.woff2)}}
* {{margin: 0; box-sizing: border-box}}
body {{overflow: hidden; background: {fill}; color: {ink}; font: 400 30px/1.3 Sans}}
.motif {{position: absolute; inset: 0 0 0 58%; background-image: url({motif})}}
.text {{position: absolute; left: 48px; top: 44px; width: 480px; text-wrap: balance}}
.kind {{display: inline-block; background: {ink}; color: {fill}; padding: 3px 14px 5px; font: 700 28px/1.3 Sans}}
.bar {{display: flex; gap: 5px; margin: 26px 0 24px}}
.bar i {{height: 14px; border: 3px solid {ink}}}
.bar .now {{background: {ink}}}
h1 {{font: 800 {size}px/.93 Tall; margin-bottom: 20px}}
"""


def card_page(film: Film, number: int) -> str:
    """Label, the chapters to scale, heading, line and motif; room below for captions."""
    card, event = film.cards[number], film.event
    zoom, position = CROPS[number]
    css = CARD_CSS.format(
        fonts=(STATIC / "fonts").as_uri(),
        motif=(STATIC / "motifs" / f"{event['motif']}.svg").as_uri(),
        fill=PALETTE[event["palette"]],
        ink="#fff" if event["palette"] == "ink" else INK,
        size=92 if number in (0, len(film.cards) - 1) else 80,
    )
    current = card if card.chapter else film.chapters[-1]
    bar = "".join(
        f'<i style="flex:{end - chapter.start}"{" class=now" if chapter is current else ""}></i>'
        for chapter, end in with_ends(film.chapters, film.length)
    )
    return (
        f'<!doctype html><html lang="de"><meta charset="utf-8"><style>{css}</style>'
        f'<div class="motif" style="background-size:{zoom};background-position:{position}"></div>'
        f'<div class="text"><p class="kind">Demonstrationsvideo</p><div class="bar">{bar}</div>'
        f"<h1>{html.escape(card.heading)}</h1><p>{html.escape(card.line)}</p></div>"
    )


def draw(browser: Browser, film: Film, folder: Path) -> list[Path]:
    """A PNG per card, 1280 × 720: the poster's size."""
    page, pictures = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=4 / 3), []
    for number in range(len(film.cards)):
        source = folder / f"{number}.html"
        source.write_text(card_page(film, number))
        page.goto(source.as_uri())
        page.evaluate("document.fonts.ready")
        pictures.append(folder / f"{number}.png")
        page.screenshot(path=pictures[-1])
    page.close()
    return pictures


def save_poster(picture: Path, target: Path) -> int:
    """The first card without loss but for the number of shades: few flat colours need no more."""
    for shades in (128, 64, 32, 24):
        file = io.BytesIO()
        few = Image.open(picture).convert("RGB").quantize(shades, dither=Image.Dither.NONE)
        few.convert("RGB").save(file, "WEBP", lossless=True, method=6)
        if file.tell() <= POSTER_BYTES:
            return target.write_bytes(file.getvalue())
    raise SystemExit(f"{target.name} does not fit into {POSTER_BYTES} bytes")


def time_stamp(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def two_lines(text: str) -> str:
    """Break a sentence where its halves are most alike."""
    if len(text) <= LINE:
        return text
    spaces = [i for i, letter in enumerate(text) if letter == " " and i <= LINE and len(text) - i - 1 <= LINE]
    middle = min(spaces, key=lambda i: abs(len(text) - 2 * i))
    return text[:middle] + "\n" + text[middle + 1 :]


def save_tracks(film: Film) -> None:
    tracks = {
        "de": [(c.start, c.end, f"<v Erzählstimme>{two_lines(c.de)}") for c in film.cues],
        "en": [(c.start, c.end, f"<v Narrator>{two_lines(c.en)}") for c in film.cues],
        "kapitel": [(c.start, end, c.chapter) for c, end in with_ends(film.chapters, film.length)],
    }
    for kind, rows in tracks.items():
        blocks = [f"{time_stamp(start)} --> {time_stamp(end)}\n{text}\n" for start, end, text in rows]
        film.path(f"{kind}.vtt").write_text("\n".join([f"WEBVTT {film.name}\n", *blocks]), encoding="utf-8")


def ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", *map(str, arguments)], check=True)


def plain(film: Film) -> list[str]:
    """A title and a language; "bitexact" (and no SEI unit, type 6) keeps names and versions of tools out."""
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    return [*exact, "-metadata", f"title={film.name}", "-metadata:s:a:0", "language=deu", "-movflags", "+faststart"]


def save_sound(film: Film, folder: Path) -> None:
    with wave.open(str(folder / "speech.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(film.sound.tobytes())
    loudness = "loudnorm=I=-17:TP=-1.5:LRA=7,aresample=24000,aformat=channel_layouts=mono"
    codec = ["-af", loudness, "-c:a", "aac", "-b:a", "36k", "-t", film.length / 1000]
    ffmpeg("-i", folder / "speech.wav", *codec, *plain(film), film.path("m4a"))


def save_video(film: Film, pictures: list[Path]) -> None:
    inputs, count = [], len(film.cards)
    for picture, (card, end) in zip(pictures, with_ends(film.cards, film.length), strict=True):
        inputs += ["-loop", "1", "-framerate", 1000 // FRAME, "-t", (end - card.start) / 1000, "-i", picture]
    joined = "".join(f"[{i}]" for i in range(count)) + f"concat=n={count}"
    colours = f"scale={WIDTH}:{HEIGHT}:flags=lanczos:out_color_matrix=bt709:out_range=tv,format=yuv420p"
    # Nothing moves between two cuts, so a keyframe at each cut is enough to seek exactly; more would not fit.
    cuts = ",".join(str(card.start / 1000) for card in film.cards)
    keys = ["-g", "9999", "-sc_threshold", "0", "-force_key_frames", cuts]
    bt709 = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    for quality in (20, 24, 28, 32):
        ffmpeg(
            *[*inputs, "-i", film.path("m4a"), "-filter_complex", f"{joined},{colours}[v]", "-map", "[v]"],
            *["-map", f"{count}:a", "-c:a", "copy", "-c:v", "libx264", "-profile:v", "main", "-preset", "medium"],
            *["-crf", quality, *keys, *bt709, "-threads", "1", "-bsf:v", "filter_units=remove_types=6"],
            *[*plain(film), "-metadata:s:v:0", "encoder=H.264", film.path("mp4")],
        )
        if film.path("mp4").stat().st_size <= VIDEO_BYTES:
            return
    raise SystemExit(f"{film.slug}.mp4 does not fit into {VIDEO_BYTES} bytes")


def make(browser: Browser, slug: str, event: dict) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        film = narrate(slug, event, folder)
        pictures = draw(browser, film, folder)
        save_poster(pictures[0], film.path("webp"))
        save_tracks(film)
        save_sound(film, folder)
        save_video(film, pictures)
    sizes = [f"{kind} {film.path(kind).stat().st_size // 1000} kB" for kind in ("mp4", "m4a", "webp")]
    print(f"{slug}: {film.length / 1000:.1f} s, {len(film.cues)} cues,", *sizes)


def main() -> None:
    events = yaml.safe_load((HOME / "texte.yaml").read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for slug in sys.argv[1:] or events:
            make(browser, slug, events[slug])
        browser.close()


if __name__ == "__main__":
    main()
