"""How many article pairs a second `check` and `align` do: run as `python benchmarks/throughput.py [PAIRS]`.

The pairs are the demo article and its two renderings with the numbers changed from pair to pair, so that no cache of
whole sentences helps; first in this process, then with two processes.
"""

import re
import sys
import time
from functools import partial

from glossary import data
from glossary.batch.engine import Engine, Serial
from glossary.batch.processes import Processes
from glossary.files.documents import read_text
from glossary.files.pairs import PairEntry
from glossary.service import Outcome, Settings, work


def entries(count: int) -> list[PairEntry]:
    """`count` pairs, half of them Russian and half Ukrainian."""
    texts = {lang: read_text(data.FOLDER / "demo" / f"intercept.{lang}.txt").text for lang in ("en", "ru", "uk")}

    def varied(lang: str, number: int) -> str:
        return re.sub(r"\b(\d\d)\b", lambda match: str((int(match.group()) + number) % 90 + 10), texts[lang])

    return [
        PairEntry(str(n), source_text=varied("en", n), target_text=varied(lang, n), source_lang="en", target_lang=lang)
        for n in range(count)
        for lang in [("ru", "uk")[n % 2]]
    ]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    pairs = entries(count)

    def failed(entry: PairEntry, reason: str) -> Outcome:
        raise RuntimeError(f"{entry.id}: {reason}")

    for task in ("align", "check"):
        settings = Settings(task)
        engines: tuple[Engine, ...] = (Serial(), Processes(2))
        list(engines[0].run(partial(work, settings), pairs[:4], failed))  # dictionaries loaded
        for jobs, engine in enumerate(engines, 1):
            begin = time.perf_counter()
            outcomes = list(engine.run(partial(work, settings), pairs, failed))
            seconds = time.perf_counter() - begin
            beads = sum(outcome.summary.beads for outcome in outcomes) / count
            print(f"{task}: {count / seconds:6.1f} pairs/s with {jobs} process(es); {beads:.0f} beads a pair")


if __name__ == "__main__":
    main()
