"""How many quote findings a checker meets on clean pairs: per 500 words of source, by rule and severity.

    python benchmarks/quote_noise.py FOLDER [--show RULE]

FOLDER holds pairs at any depth, NAME.en.txt with NAME.ru.txt or NAME.uk.txt, or en.txt with ru.txt or uk.txt in folders
of their own. Findings about chains (find the original) are counted apart: they are no faults of a rendering.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from glossary.examination import examine
from glossary.files.pairs import PairEntry, load_project
from glossary.service import Settings, resources

CHAINS = ("quote-relay", "quote-third-language", "quote-origin-unsure")


def pairs(folder: Path) -> Iterator[tuple[Path, Path, str]]:
    """Source, target and target language of every pair below a folder."""
    for source in sorted((*folder.rglob("*.en.txt"), *folder.rglob("en.txt"))):
        for lang in ("ru", "uk"):
            target = source.with_name(source.name.removesuffix("en.txt") + f"{lang}.txt")
            if target.exists():
                yield source, target, lang


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="append", default=[], metavar="RULE")
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    words = number = 0
    for source, target, lang in pairs(args.folder):
        entry = PairEntry(str(source), str(source), target=str(target), source_lang="en", target_lang=lang)
        found = examine(load_project(entry), resources(Settings("quotes")))
        words += len(found.source.text.split())
        number += 1
        for finding in found.findings:
            if finding.rule.startswith("quote-"):
                counts[f"{finding.rule} ({finding.weight.name.lower()})"] += 1
                if finding.rule in args.show:
                    print(f"{source} {lang}: {finding.message}")
    for name, count in counts.most_common():
        print(f"{name:44s} {500 * count / words:.3f}  ({count})")
    chains = sum(count for name, count in counts.items() if name.split()[0] in CHAINS)
    total = sum(counts.values())
    print(f"{number} pairs, {words} words; quote findings per 500 words: {500 * (total - chains) / words:.2f}")
    print(f"with those about chains: {500 * total / words:.2f}")


if __name__ == "__main__":
    main()
