"""What each room costs of a pair, and what an edit costs: run as `python benchmarks/rooms.py [PAIRS] [SEGMENTS …]`.

First generated pairs (see generated.py: 25 sentences each side, all checks), each of another text, in processor time by
room. Then texts of so many segments (42 and 2,000, unless others are given): a first check, and the check after one
word of one sentence in the middle was changed, as the terminal UI does it. Processor time, because the machine may do
other work; dictionaries and glossary are loaded before.
"""

import importlib
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from generated import row

from glossary import service
from glossary.examination import examine
from glossary.files.pairs import PairEntry
from glossary.garbage import collect_seldom
from glossary.project import Pair, Project, Retarget
from glossary.service import Settings, resources, work
from glossary.text.segment import document
from glossary.text.spans import Span

ROOMS = (
    ("reading", "glossary.service", "load_project"),
    ("alignment", "glossary.alignment", "align"),
    ("terms", "glossary.terms", "check_terms"),
    ("quotes", "glossary.quotes", "study"),
    ("figures", "glossary.figures", "check_figures"),
    ("spellings", "glossary.spellings", "check_spellings"),
    ("script", "glossary.script", "script_findings"),
    ("records", "glossary.service", "rendered"),
)
SETTINGS = Settings(memory=False)


def watched(spent: Counter[str], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, with its processor time added to `spent`."""

    def timed(*given: Any, **named: Any) -> Any:
        begin = time.process_time()
        try:
            return function(*given, **named)
        finally:
            spent[name] += time.process_time() - begin

    return timed


def rooms(count: int) -> None:
    """Print milliseconds a pair by room."""
    entries = [PairEntry(**row(number)) for number in range(count + 4)]
    for entry in entries[count:]:
        work(SETTINGS, entry)
    spent: Counter[str] = Counter()
    for name, module, function in ROOMS:
        room = importlib.import_module(module)
        setattr(room, function, watched(spent, name, getattr(room, function)))
    begin = time.process_time()
    for entry in entries[:count]:
        work(SETTINGS, entry)
    whole = time.process_time() - begin
    for name, _, _ in ROOMS:
        print(f"{name:10s} {1000 * spent[name] / count:6.1f} ms   {spent[name] / whole:4.0%}")
    print(f"{'a pair':10s} {1000 * whole / count:6.1f} ms   {count / whole:.1f} pairs/s and core")


def editing(segments: int) -> None:
    """Print what a check and a check after an edit cost."""
    sides: dict[str, list[str]] = {"source_text": [], "target_text": []}
    number = 1_000_000
    while len(sides["source_text"]) < segments:
        for side, lines in sides.items():
            lines += row(number)[side].splitlines()
        number += 2  # one language
    source, target = ("\n".join(lines[:segments]) for lines in sides.values())
    lang = row(1_000_000)["target_lang"]
    project = Project(Pair("edit", document(source, "en"), document(target, lang), lang))
    spent = []
    for _ in range(2):
        begin = time.process_time()
        examine(project, resources(SETTINGS))
        spent.append(1000 * (time.process_time() - begin))
        assert project.pair.target is not None
        middle = project.pair.target.sentences[len(project.pair.target.sentences) // 2].span
        project = project.applied(Retarget(Span(middle.end - 1, middle.end), " знову."))
    print(f"{segments:6d} segments: {spent[0]:7.0f} ms, after an edit {spent[1]:7.0f} ms")


def main() -> None:
    collect_seldom()  # as every program of the project does
    count, *sizes = map(int, sys.argv[1:] or ["200", "42", "2000"])
    service.bundled()
    rooms(count)
    for segments in sizes or (42, 2000):
        editing(segments)


if __name__ == "__main__":
    main()
