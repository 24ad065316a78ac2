"""Builds the tables of words that tell renderings of one utterance from other sentences, out of published collections.

    pip install wordfreq==3.1.1
    python tools/build_word_data.py frequencies
    python tools/build_word_data.py synonyms FOLDER

`frequencies` writes glossary/data/frequencies/LANG.toml from wordfreq (R. Speer, 2022): how common a stem is, on the
Zipf scale (the logarithm to base 10 of its uses in a billion words), in steps of a fifth, from `LEAST` on. `synonyms`
writes glossary/data/synonyms/en_wordnet.toml from the database files of Princeton WordNet 3.0 in FOLDER (data.noun,
index.noun and so on): single words that share one of their first senses, if both are in use. Run both again when the
stemmer of glossary/quotes/stems.py changes.
"""

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.data import FOLDER
from glossary.quotes.stems import parts, stem

LANGS = ("en", "ru", "uk")
LEAST = 4.0
IN_USE = 3.2
STEPS = 5
SENSES = 4
SHARE = 2e-7  # of all words: rarer ones tell nothing of a stem

FREQUENCIES = """# How common stems are, on the Zipf scale (log10 of the uses in a billion words), in steps of a fifth.
# source: wordfreq 3.1.1 by Robyn Speer, summed over the forms of a stem by {tool}
# licence: CC BY-SA 4.0 (wordfreq's data, see docs/licences.md), taken over under GPL-3.0-or-later
"""
SYNONYMS = """# English words that share one of their first four senses. One sense a line.
# source: Princeton WordNet 3.0; single words in use, chosen by {tool}
# licence: WordNet 3.0 licence. This software and database is being provided to you, the LICENSEE, by Princeton
# University under the following license. By obtaining, using and/or copying this software and database, you agree that
# you have read, understood, and will comply with these terms and conditions: Permission to use, copy, modify and
# distribute this software and database and its documentation for any purpose and without fee or royalty is hereby
# granted, provided that you agree to comply with the following copyright notice and statements, including the
# disclaimer, and that the same appear on ALL copies of the software, database and documentation, including
# modifications that you make for internal use or for distribution.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES,
# EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES
# OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR
# DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS.
# The name of Princeton University or Princeton may not be used in advertising or publicity pertaining to distribution
# of the software and/or database. Title to copyright in this software, database and any associated documentation shall
# at all times remain with Princeton University and LICENSEE agrees to preserve same.

groups = \"\"\"
"""


def zipf(lang: str) -> dict[str, float]:
    """The Zipf value of every stem that is met."""
    import wordfreq

    shares: Counter[str] = Counter()
    for word, share in wordfreq.get_frequency_dict(lang, "best").items():
        if share >= SHARE:
            for part in parts(word, lang):
                shares[stem(part, lang)] += share
    return {key: math.log10(share) + 9 for key, share in shares.items()}


def frequencies() -> None:
    """Write the tables of frequencies."""
    (FOLDER / "frequencies").mkdir(exist_ok=True)
    for lang in LANGS:
        steps = defaultdict(list)
        for key, value in zipf(lang).items():
            if value >= LEAST and key.isalpha():
                steps[round(value * STEPS) / STEPS].append(key)
        text = FREQUENCIES.format(tool=Path(__file__).name)
        text += "".join(f'\n"{step:.1f}" = """\n{wrapped(steps[step])}\n"""\n' for step in sorted(steps, reverse=True))
        (FOLDER / "frequencies" / f"{lang}.toml").write_text(text, encoding="utf-8")


def wrapped(words: list[str]) -> str:
    """Words in order, in lines of readable length."""
    lines = [""]
    for word in sorted(words):
        if len(lines[-1]) + len(word) > 115:
            lines.append("")
        lines[-1] += " " + word if lines[-1] else word
    return "\n".join(lines)


def senses(folder: Path, pos: str) -> Iterator[list[str]]:
    """The words of every sense that is among the first of at least two of them."""
    rank: dict[tuple[str, str], int] = {}
    for line in (folder / f"index.{pos}").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            for number, sense in enumerate(fields[6 + int(fields[3]) :]):
                rank[fields[0], sense] = number
    for line in (folder / f"data.{pos}").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split(" ")
            words = [fields[4 + 2 * n].lower().split("(")[0] for n in range(int(fields[3], 16))]
            yield [word for word in words if word.isalpha() and rank.get((word, fields[0]), SENSES) < SENSES]


def in_use(words: list[str], common: Mapping[str, float]) -> list[str]:
    """Those of the words that are not rare, one of each stem."""
    found = {stem(word, "en"): word for word in words if common.get(stem(word, "en"), 0) >= IN_USE}
    return sorted(found.values())


def synonyms(folder: Path) -> None:
    """Write the table of synonyms."""
    common = zipf("en")
    lines = {" ".join(in_use(words, common)) for pos in ("noun", "verb", "adj", "adv") for words in senses(folder, pos)}
    text = SYNONYMS.format(tool=Path(__file__).name)
    text += "".join(f"{line}\n" for line in sorted(lines) if " " in line) + '"""\n'
    (FOLDER / "synonyms" / "en_wordnet.toml").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=("frequencies", "synonyms"))
    parser.add_argument("folder", nargs="?", type=Path, help="the database files of WordNet")
    options = parser.parse_args()
    if options.table == "frequencies":
        frequencies()
    elif options.folder is None:
        parser.error("synonyms need the folder of WordNet")
    else:
        synonyms(options.folder)


if __name__ == "__main__":
    main()
