"""How many sentences a second the machine drafts: run as `python benchmarks/drafting_speed.py [SENTENCES] [THREADS]`.

On the toy models of the tests, in one run: Argos Translate's own `translate`, sentence by sentence and as one
paragraph (if minisbd, which it imports, is installed); the engine at the same beam with one hypothesis, whose output
must be the same; whole drafts with four hypotheses, terms, quotes and reasons. The toys are a hundred times smaller
than real models: what is measured is the work around the model as much as the model.
"""

import json
import os
import resource
import sys
import tempfile
import threading
import time
import types
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

MODELS = Path(__file__).parents[1] / "tests" / "models"


def seconds(work: Callable[[], object]) -> tuple[float, float, object]:
    """Wall and processor seconds of a piece of work, and what it gives."""
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - wall, time.process_time() - processor, result


def report(name: str, count: int, measured: tuple[float, float, object]) -> object:
    wall, processor, result = measured
    print(f"{name:48} {count / wall:7.0f} sentences/s  {processor:6.2f} s of processor")
    return result


def argos(sentences: list[str], threads: int) -> list[str] | None:
    """What Argos Translate itself makes of the sentences, one by one; None if it cannot be imported without torch."""
    if find_spec("minisbd") is None:
        print("minisbd is not installed: argostranslate.translate cannot be measured")
        return None
    if find_spec("stanza") is None:
        sys.modules["stanza"] = types.ModuleType("stanza")
    os.environ["ARGOS_INTRA_THREADS"] = str(threads)
    from argostranslate import translate

    translation = translate.get_translation_from_codes("en", "ru")
    translation.translate("Nobody was hurt in Odesa.")
    alone = report(
        "argostranslate, sentence by sentence",
        len(sentences),
        seconds(lambda: [translation.translate(sentence) for sentence in sentences]),
    )
    report("argostranslate, one paragraph", len(sentences), seconds(lambda: translation.translate(" ".join(sentences))))
    return alone  # type: ignore[return-value]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    home = Path(tempfile.mkdtemp())
    os.environ |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG")}
    os.environ["ARGOS_PACKAGES_DIR"] = str(home / "packages")
    from glossary.drafting.drafts import draft
    from glossary.drafting.engine import CancelledError, Engine
    from glossary.drafting.installing import install
    from glossary.files.glossaries import load_glossary, load_index
    from glossary.text.segment import document

    rows = json.loads((MODELS / "held_out.en-ru.json").read_text(encoding="utf-8"))
    endings = (".", "”", "?")
    pool = [row["source"] for row in rows if row["source"].endswith(endings)]
    sentences = [pool[n % len(pool)] for n in range(count)]
    engine = Engine(install(MODELS / "toy-en_ru.argosmodel"), threads)
    theirs = argos(sentences, threads)
    for beam in (4, 2, 1):
        measured = seconds(lambda beam=beam: engine.translate(sentences, beam=beam))  # type: ignore[misc]
        found = report(f"engine, beam {beam}", count, measured)
        if beam == 4 and theirs is not None:
            ours = [one[0].text for one in found]  # type: ignore[attr-defined]
            print(f"  the same output for {sum(a == b for a, b in zip(ours, theirs, strict=True))} of {count}")
    index = load_index(load_glossary(), "ru")
    read = document("\n".join(sentences), "en")
    draft(document(sentences[0], "en"), "ru", engine, index)
    report("whole drafts", count, seconds(lambda: draft(read, "ru", engine, index)))
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    begin = time.perf_counter()
    try:
        engine.translate(sentences * 50, 4, stop.is_set)
    except CancelledError:
        print(f"stopped {time.perf_counter() - begin - 0.3:.3f} s after being told to")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB of memory at most")


if __name__ == "__main__":
    main()
