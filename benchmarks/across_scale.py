"""What comparing the pairs of a run with each other costs: run as `python benchmarks/across_scale.py [PAIRS] [NEW]`.

The facts of 200 generated pairs (see generated.py: 25 sentences) are varied to those of PAIRS (100,000): of NEW (0.4)
of the longer words of a quote, and of its rendering, others are put in their place, so that some quotes come again word
by word, others nearly, most are new; of a term's renderings one in fifty is another's. That is no language, but it is
as much work. Printed by tenths: processor time a pair to read the facts, memory, and the size of the temporary file;
then the time to ask for what there is to say of a pair, and how much that is.
"""

import os
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generated import row

from glossary.across import Facts, Tally, facts_of
from glossary.examination import Examined
from glossary.files.pairs import PairEntry
from glossary.garbage import collect_seldom
from glossary.service import Settings, examined_entry

TEMPLATES = 200
_LONGER = re.compile(r"[^\W\d_]{5,}")


def templates() -> list[Facts]:
    found = []
    for number in range(TEMPLATES):
        examined = examined_entry(Settings(memory=False), PairEntry(**row(number)))
        assert isinstance(examined, Examined)
        found.append(facts_of(examined))
    return found


def varied(number: int, known: Sequence[Facts], words: Sequence[str], new: float) -> Facts:
    """The facts of the pair of this number, always the same."""
    choose = random.Random(number)
    facts = known[number % len(known)]

    def other(text: str) -> str:
        if choose.random() < 0.2:
            return text
        return _LONGER.sub(lambda word: choose.choice(words) if choose.random() < new else word.group(), text)

    quotes = tuple(replace(quote, text=other(quote.text), rendering=other(quote.rendering)) for quote in facts.quotes)
    terms = facts.terms
    if len(terms) > 1 and number % 50 == 0:
        terms = ((*terms[0][:2], terms[1][2]), *terms[1:])
    return replace(facts, source=f"{number:064x}", terms=terms, quotes=quotes)


def memory() -> float:
    """Resident memory of this process in MB (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def temporary() -> float:
    """Size in MB of the files of this process that have no name any more (Linux)."""
    sizes = 0
    for entry in Path("/proc/self/fd").iterdir():
        try:
            if os.readlink(entry).endswith(" (deleted)"):
                sizes += entry.stat().st_size
        except OSError:
            continue
    return sizes / 1e6


def main() -> None:
    collect_seldom()  # as every program of the project does
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    new = float(sys.argv[2]) if len(sys.argv) > 2 else 0.4
    known = templates()
    words = sorted({word for facts in known for quote in facts.quotes for word in _LONGER.findall(quote.text)})
    quotes = sum(len(facts.quotes) for facts in known) / len(known)
    print(f"{quotes:.1f} quotes and {sum(len(facts.terms) for facts in known) / len(known):.1f} terms a pair")
    with Tally() as tally:

        def told() -> Iterator[tuple[int, str, Facts]]:
            making, last = 0.0, time.process_time()
            for number in range(count):
                begin = time.process_time()
                facts = varied(number, known, words, new)
                making += time.process_time() - begin
                yield number, f"p{number}", facts
                if (number + 1) % (count // 10) == 0:
                    now = time.process_time()
                    pace, last, making = (now - last - making) / (count // 10) * 1000, now, 0.0
                    held = f"{memory():5.0f} MB, {temporary():5.0f} MB on the disk"
                    print(f"{number + 1:8d} pairs   {pace:6.2f} ms a pair   {held}", flush=True)

        tally.read(told())
        begin = time.process_time()
        found = [tally.extras(number) for number in range(0, count, max(1, count // 1000))]
        pace = (time.process_time() - begin) / len(found) * 1000
        slips, echoes = (
            sum(len(part) for part in parts) / len(found)
            for parts in zip(*((e.slips, e.quotes) for e in found), strict=True)
        )
        print(f"to say   {pace:6.2f} ms a pair: {slips:.2f} slips, {echoes:.2f} quotes; {memory():.0f} MB")


if __name__ == "__main__":
    main()
