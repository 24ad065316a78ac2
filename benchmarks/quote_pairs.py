"""How many pairs of quotes are compared per second of processor time, word lists loaded and contradictions included.

    python benchmarks/quote_pairs.py [FILE --lang ru]

FILE is JSONL with `a` and `b`; without it, pairs are made from the passages under tests/samples.
"""

import argparse
import json
import time
from pathlib import Path

from glossary.quotes.likeness import compare

SAMPLES = Path(__file__).parents[1] / "tests" / "samples" / "provenance.jsonl"


def sample_pairs() -> list[tuple[str, str]]:
    """Every quote of the sample passages with every other of the next forty."""
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    texts = [quote["text"] for line in lines for quote in json.loads(line)["quotes"]]
    return [(one, other) for at, one in enumerate(texts) for other in texts[at + 1 : at + 41]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--lang", default="en", choices=("en", "ru", "uk"))
    args = parser.parse_args()
    if args.file:
        rows = [json.loads(line) for line in args.file.read_text(encoding="utf-8").splitlines() if line.strip()]
        pairs = [(row["a"], row["b"]) for row in rows]
    else:
        pairs = sample_pairs()
    start = time.process_time()
    for one, other in pairs:
        compare(one, other, args.lang)
    seconds = time.process_time() - start
    print(f"{len(pairs)} pairs, {len(pairs) / seconds:.0f} pairs per second of processor time")


if __name__ == "__main__":
    main()
