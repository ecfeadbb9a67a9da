import io
import stat
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from conference.zip_reading import Limits, ZipRefused, opened, read_files


def _packed(*entries, compression=zipfile.ZIP_DEFLATED) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target


def _refusal(source, limits=None) -> ZipRefused:
    started = time.monotonic()
    with pytest.raises(ZipRefused) as caught:
        list(read_files(source, limits))
    assert time.monotonic() - started < 5
    return caught.value


def test_every_file_comes_with_its_name_in_order(tmp_path: Path):
    path = tmp_path / "x.zip"
    path.write_bytes(_packed(("b/", b""), ("b/ä.json", b"{}"), ("a.txt", b"1")).getvalue())
    assert list(read_files(path)) == [("b/ä.json", b"{}"), ("a.txt", b"1")]


def test_the_source_stays_open():
    source = _packed(("a", b"1"))
    list(read_files(source))
    assert not source.closed


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "C:/x", "a\\x", "\\x", "a\x01b", "n" * 300])
def test_a_name_that_leads_elsewhere_is_refused(name):
    refusal = _refusal(_packed(("good.json", b"{}"), (name, b"1")))
    assert "führt aus dem Ordner" in refusal.sentence
    assert refusal.place == name.replace("\x01", "�")[:250]


def test_a_symbolic_link_is_refused():
    link = zipfile.ZipInfo("videos/link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert (
        str(_refusal(_packed((link, b"/etc/passwd"))))
        == "videos/link: Der Eintrag ist eine Verknüpfung und keine Datei."
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a/x.json", "A/X.json"])
def test_two_entries_of_one_name_are_refused(second):
    assert (
        str(_refusal(_packed(("a/x.json", b"1"), (second, b"2"))))
        == f"{second}: Diesen Namen gibt es in dem Archiv zweimal."
    )


def test_a_password_is_refused():
    content = _packed(("a.json", b"secret")).getvalue()
    directory = content.index(b"PK\x01\x02")
    locked = bytearray(content)
    locked[6] |= 1
    locked[directory + 8] |= 1
    refusal = _refusal(io.BytesIO(locked))
    assert refusal.place == "a.json"
    assert "Passwort" in refusal.sentence


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_ways_of_packing_are_refused(compression):
    assert "auf eine Art gepackt" in _refusal(_packed(("a.json", b"{}"), compression=compression)).sentence


def test_an_archive_in_an_archive_is_refused():
    refusal = _refusal(_packed(("a/inner.zip", _packed(("x", b"1")).getvalue())))
    assert str(refusal) == "a/inner.zip: In dem Archiv steckt ein weiteres Archiv. Bitte packen Sie es vorher aus."


def test_an_entry_that_grows_a_thousandfold_is_refused():
    refusal = _refusal(_packed(("a.json", b" " * 4_000_000)))
    assert refusal.place == "a.json"
    assert "200-Fache" in refusal.sentence


def test_an_entry_too_large_is_refused():
    assert str(_refusal(_packed(("a.json", b"x" * 6_000_000)))) == "a.json: Die Datei ist größer als 5 MB."


def test_all_together_too_large_is_refused():
    limits = Limits(unpacked=2_000_000)
    refusal = _refusal(_packed(*[(f"{number}.json", b"x" * 300_000) for number in range(8)]), limits)
    assert str(refusal) == "Ausgepackt ist das Archiv größer als 2 MB."


def test_a_directory_that_lies_about_sizes_is_found_out():
    content = bytearray(_packed(("a.json", b"x" * 4_000_000)).getvalue())
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<L", content, directory + 24, 10)
    assert str(_refusal(io.BytesIO(content))) == "a.json: Das Archiv ist beschädigt oder unvollständig."


def test_what_is_inflated_is_counted():
    """Several looks at one entry count several times: no budget is spent by name."""
    with opened(_packed(("a", b"x" * 900)), Limits(unpacked=1_000)) as archive:
        archive.read("a")
        with pytest.raises(ZipRefused, match="Ausgepackt"):
            archive.read("a")


def test_entries_that_share_their_bytes_are_refused():
    """One kernel of data, told as many files."""
    content = bytearray(_packed(("a", b"x" * 500_000), ("b", b"y")).getvalue())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    struct.pack_into("<L", content, second + 42, 0)
    assert "liegen übereinander" in _refusal(io.BytesIO(content)).sentence


def test_a_huge_directory_is_refused_before_it_is_read():
    source = _packed(*[(f"{number}", b"") for number in range(6_000)])
    content = source.getvalue()
    tracemalloc.start()
    assert str(_refusal(source)) == "Das Archiv hat mehr als 5.000 Einträge."
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000 < len(content) * 3


def test_an_archive_too_large_is_refused():
    assert str(_refusal(io.BytesIO(b"PK" * 11_000_000))) == "Die Datei ist größer als 20 MB."


@pytest.mark.parametrize("keep", [0, 1, 10, 60, 100, -1, -10])
def test_a_truncated_archive_is_refused(keep):
    content = _packed(("a.json", b"{}" * 20), ("b.json", b"[]")).getvalue()
    assert str(_refusal(io.BytesIO(content[:keep]))) in {
        "Die Datei ist leer.",
        "Das Archiv ist beschädigt oder unvollständig.",
    }


@pytest.mark.parametrize("position", range(0, 30, 2))
def test_damage_anywhere_ends_in_a_sentence_or_in_the_content(position):
    content = bytearray(_packed(("a.json", b'{"a": 1}'), compression=zipfile.ZIP_STORED).getvalue())
    content[position] ^= 0xFF
    try:
        assert list(read_files(io.BytesIO(content))) == [("a.json", b'{"a": 1}')]
    except ZipRefused as refusal:
        assert refusal.sentence
