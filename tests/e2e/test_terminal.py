"""Stories on a real terminal: tmux for what a person sees, a bare pseudo-terminal for what is really sent."""

import os
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile import PAYLOADS

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")]


def test_fix_a_term_save_and_leave(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    before = pair[1].read_text(encoding="utf-8")
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    screen = story.seek("T101 term-forbidden")
    assert "Why" in screen
    story.press("F4")
    story.sees("not saved")
    story.press("C-s")
    story.sees("Save these changes")
    assert pair[1].read_text(encoding="utf-8") == before
    story.press("Enter")
    story.misses("not saved")
    after = pair[1].read_text(encoding="utf-8")
    assert after != before
    assert len(after.splitlines()) == len(before.splitlines())
    changed = [a for a, b in zip(after.splitlines(), before.splitlines(), strict=True) if a != b]
    assert len(changed) == 1
    story.press("C-q")
    story.sees("left with 0")


def test_a_day_on_a_cyrillic_layout_then_kill_and_recover(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    """Findings т, edit у, merge ь, undo Ctrl+Z, waive ц, all by position; kill -9; everything is there again."""
    before = pair[1].read_text(encoding="utf-8")
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    story.seek("T101 term-forbidden", "т")
    story.press("у")
    story.sees("Enter keep")
    story.press("Home")
    story.types("Ещё ")
    story.sees("not saved")
    story.press("Enter")
    story.misses("Enter keep")
    rows = int(re.findall(r"(\d+) rows", story.sees(r"\d+ rows"))[0])
    story.press("ь")
    story.sees(f"{rows - 1} rows")
    story.press("C-z")
    story.sees(f"{rows} rows")
    story.press("т", "ц")
    story.sees("Waive this finding")
    story.types("так надо")
    story.press("Enter")
    story.misses("Waive this finding")
    os.kill(story.program(), signal.SIGKILL)
    story.sees("left with 137")
    assert pair[1].read_text(encoding="utf-8") == before
    again = window("open", *pair)
    again.sees("2 edits of the last session restored")
    assert "Ещё" in again.sees(r"\d+ rows")


def test_quotes_terms_and_back(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    story = window("open", *pair, size=(80, 24))
    story.sees(r"\d+ rows")
    story.press("F9")
    story.sees("utterances")
    story.press("Escape")
    story.misses("utterances")
    story.press("C-t")
    story.sees("concepts")
    story.types("танками")
    story.sees("tank → танк")
    story.press("Escape")
    story.misses("concepts")
    os.kill(story.program(), signal.SIGTERM)
    story.sees("left with 143")


def test_correct_the_alignment_on_a_narrow_screen(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    """Cut a row inside a sentence, pin, filter what is not sure, undo it all, redo; on a Ukrainian layout."""
    story = window("open", *pair, size=(80, 24))
    rows = int(re.findall(r"(\d+) rows", story.sees(r"\d+ rows"))[0])
    story.press("C-g")
    story.sees("Go to row")
    story.types("6")
    story.press("Enter")
    story.misses("Go to row")
    story.press("ш")
    story.sees("Cut this row in two")
    story.press("Right", "Tab", "Left", "Enter")
    story.sees(f"{rows + 1} rows")
    assert "●" in story.screen()
    story.press("C-z")
    story.sees(f"{rows} rows")
    story.press("C-y")
    story.sees(f"{rows + 1} rows")
    story.press("а")
    story.sees("What needs work")
    story.press("7")
    story.sees("only the alignment")
    story.press("C-q")
    story.sees("left with 0")
    again = window("open", *pair, size=(80, 24))
    again.sees("only the alignment")
    again.sees("1 edit of the last session restored")


def test_decide_on_a_quote_and_it_stays_decided(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    story.seek("quote-third-language")
    story.press("F9")
    before = int(re.findall(r"(\d+) to decide", story.sees("to decide"))[0])
    story.press("F7")
    if "Which of these" in story.sees("Decide|Which of these"):
        number = re.findall(r"(\d) Q202", story.screen())[0]
        story.press(number)
        story.sees("Decide")
    story.press("1")
    story.sees("The original words")
    story.types("Тримаємо оборону")
    story.press("Tab")
    story.types("http://x.ua")
    story.press("Enter")
    story.misses("The original words")
    assert "http://x.ua" in story.sees("Тримаємо оборону")
    story.press("C-q")
    story.sees("left with 0")
    again = window("open", *pair)
    again.sees(r"\d+ rows")
    again.press("F9")
    assert before >= int(re.findall(r"(\d+) to decide", again.sees("to decide"))[0])
    again.sees("Тримаємо оборону")


def test_write_an_entry_and_see_it_checked(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    story.press("C-t")
    story.sees("concepts")
    story.types("recording")
    story.sees("recording")
    story.press("F7")
    story.sees("A new entry")
    story.types("фонограмма")
    story.press("Down", "Down")
    story.types("запись {house style}")
    story.sees("nothing wrong with it")
    story.press("Enter")
    story.misses("A new entry")
    story.press("Escape")
    story.misses("concepts")
    story.sees(r"rows +[6-9] ✗")
    own = (pair[1].parent / "tolmach-terms.csv").read_text(encoding="utf-8").splitlines()
    assert len(own) == 2
    story.seek("house style")


def test_palette_report_and_theme(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    """Everything without F-keys: the palette's search typed on the wrong layout, export, theme."""
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    story.press("C-p")
    story.types("учзщке еру куз")  # "export the rep" with the Russian layout on
    story.sees("Export the report")
    story.press("Enter")
    story.sees("Write to this file")
    story.press("Enter")
    story.sees("Written")
    assert (pair[1].with_suffix(".html")).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_source_alone_and_a_directory(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    pair[1].unlink()
    story = window("open", pair[0])
    story.sees("F2 writes it row by row")
    story.press("F2")
    story.sees("There is no target yet")
    story.press("1")
    story.sees("new file")
    story.press("Enter")
    story.sees(r"EN→UK +\d+ rows")
    story.press("F2")
    story.sees("Enter keep")
    story.types("Це наш танк")
    story.press("Enter")
    story.misses("Enter keep")
    story.press("C-s")
    story.sees("Save these changes")
    story.press("Enter")
    story.misses("not saved")
    assert pair[0].with_name("intercept.uk.txt").read_text(encoding="utf-8") == "Це наш танк"
    directory = window(pair[0].parent)
    directory.sees("Це наш танк")


# ── what is really sent ──


def commands(sent: bytes) -> set[str]:
    """The kinds of commands in what was sent: OSC with its number, DCS, APC, other single escapes, C1, controls."""
    text = sent.decode("utf-8", "replace")
    kinds = {f"OSC {number}" for number in re.findall(r"\x1b\](\d*)", text)}
    kinds |= {f"ESC {letter}" for letter in re.findall(r"\x1b([^\[\]])", text)}
    kinds |= {
        repr(letter) for letter in re.findall(r"[\x00-\x07\x0b\x0c\x0e\x0f\x10-\x1a\x7f-\x9f\u061c\u200e\u200f]", text)
    }
    return kinds | {repr(letter) for letter in re.findall(r"[\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]", text)}


F1, F2, F4, F7, F8, F9 = b"\x1bOP", b"\x1bOQ", b"\x1bOS", b"\x1b[18~", b"\x1b[19~", b"\x1b[20~"
PAGE, ESCAPE = b"\x1b[6~", b"\x1b[27u"  # Esc as the kitty protocol sends it: never the half of another key
ANYTHING = b"\x1b"
BACK = (ESCAPE, ANYTHING)
# Every screen, question and line that is said, and what is seen of it; the first row and its finding hold all payloads.
STEPS = (
    *(
        (F8, b"error|warning|info"),
        (b"c", b"Copied"),
        (F2, ANYTHING),
        BACK,
        (F7, b"Waive this"),
        BACK,
        (b"o", b"Row 1"),
        BACK,
    ),
    *(
        (b"i", b"Cut this row"),
        BACK,
        (b"f", b"What needs work"),
        BACK,
        (b"\x07", b"Go to row"),
        BACK,
        (F1, b"Keys"),
        BACK,
    ),
    *((b"\x06", b"Find in both"), (b"no such words\r", b"Not found"), (b"\x04", b"nothing in memory"), BACK),
    *((F9, b"utterances"), (F7, b"nothing to decide|Decide|Which"), BACK, (ESCAPE, b""), (b"\x14", b"concepts")),
    *((b"frob", b"frobnicator"), (F4, b"Correct"), BACK, (F7, b"A new entry"), BACK, BACK),
    *((F7, b"Waive this"), (b"reason\r", b"Waived"), (b"\x1a", ANYTHING), (F4, ANYTHING), (F2, ANYTHING)),
    *(
        (b"x\r", b"not saved"),
        (b"\x13", b"Save these"),
        (b"\r", b"Saved"),
        (b"\x10", b"Search"),
        (b"export the rep", b"HTML"),
    ),
    *((b"\r", b"Write to this"), (b"\r", b"Written"), BACK),
)


def walk(wire_of: Any, folder: Path, name: str, source: str, target: str, last: bytes) -> Any:
    """Open a pair, go through the screens with the same keys, and down the pages until `last` was painted."""
    folder.mkdir()
    paths = [folder / f"{name}.en.txt", folder / f"{name}.ru.txt"]
    for path, text in zip(paths, (source, target), strict=True):
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
    glossary = folder / "own.csv"
    reason = "".join(c for c in source.split("\n")[0] if c not in '{};"')
    glossary.write_text(
        f'en,ru,ru_forbidden,note\nfrobnicator,"фробникатор","фробник {{{reason}}}","{reason}"\n',
        encoding="utf-8",
        errors="replace",
        newline="",
    )
    wire = wire_of(["open", *paths, "--from", "en", "--to", "ru", "--glossary", glossary], folder / "state")
    wire.until(rb"\d+ rows")
    wire.read(0.5, 5)
    for keys, pattern in STEPS:
        seen = len(wire.sent)
        wire.press(keys, 0.05)
        wire.until(pattern, after=seen)
    for _ in range(100):
        wire.press(b"\x1b[6~", 0.15)
        if last in wire.sent:
            break
    return wire


def test_nothing_of_a_hostile_pair_reaches_the_terminal_raw(wire: Any, tmp_path: Path) -> None:
    # Enough text around them, or the pair would be refused as binary.
    everything = " ".join(PAYLOADS)
    english = [f"The tank {p} fired friendly fire. {'It was a quiet day at the front. ' * 6}" for p in PAYLOADS]
    russian = [f"Танк {p} открыл дружественный огонь. {'На фронте был тихий день. ' * 6}" for p in PAYLOADS]
    tame = ["\n\n".join([text] * 9) for text in ("The tank fired.", "Танк стрелял.")]
    tame = [f"{first}\n\n{text}" for first, text in zip(("A frobnicator.", "Фробник."), tame, strict=True)]
    first = (f"A frobnicator {everything} met “friendly fire”.", f"Фробник {everything} и «дружественный огонь».")
    wild = ["\n\n".join([one, *texts, "Omega 4242."]) for one, texts in zip(first, (english, russian), strict=True)]
    plain = walk(wire, tmp_path / "plain", "plain", *tame, b"Tolmach")
    hostile = walk(wire, tmp_path / "hostile", "\x1b]0;PWNED\x07[sic]\u202e", *wild, b"Omega 4242")
    assert hostile.leave() == plain.leave() == 0
    assert commands(hostile.sent) <= commands(plain.sent)
    assert b"\x1b]0;PWNED" not in hostile.sent
    assert "␛]0;PWNED".encode() in hostile.sent
    assert b"[@click=app.quit]" in hostile.sent


def test_chords_as_a_terminal_with_the_kitty_protocol_sends_them(wire: Any, pair: tuple[Path, Path]) -> None:
    """Ctrl and the keys of F, Z, Q on a Russian layout: with and without the Latin key, a kind of event, a release."""
    one = wire(["open", *pair], pair[0].parent / "state")
    one.until(rb"\d+ rows")
    for sequence in (b"\x1b[1072;5u", b"\x1b[1072::102;5u", b"\x1b[1072:1040:102;5:1u\x1b[1072:1040:102;5:3u"):
        one.sent = b""
        one.press(sequence)
        one.until(b"Find in both texts")
        one.press(b"\x1b")
    one.press(b"\x1b[1103::122;69u")
    one.until(b"Nothing to undo")
    assert b"Traceback" not in one.sent
    os.write(one.fd, b"\x1b[1081::113;5u")
    one.read(60, 120)
    assert os.waitstatus_to_exitcode(os.waitpid(one.pid, 0)[1]) == 0
    os.close(one.fd)
