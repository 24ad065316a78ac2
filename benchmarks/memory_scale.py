"""The memory at scale: time of a query, precision and recall, size, on quotes that are generated, not collected.

    python benchmarks/memory_scale.py [--quotes 100000] [--queries 900]

Quotes are clauses filled with words of the bundled lists, one to three clauses a quote, with speakers. There are four
kinds of queries, as many of each:
reworded   another wording of a kept quote: synonyms, contractions, order, words left out or put in
neighbour  other clauses with half of the telling words of a kept quote, said by the same speaker: the same topic
new        never said
formula    a kept quote with a third of its telling words replaced, as ministries repeat theirs day by day
A query is right when its first match is the quote it was made of. Formulas are counted apart: whether yesterday's
formula is "this quote" is a matter of taste, and its rendering should be the same. The figures say how index and
thresholds behave at this size; they do not stand for renderings made by people.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from glossary import data, memory
from glossary.memory.shelves import add_all

SLOTS = {
    "who": "we|our men|our soldiers|the Russians|the Ukrainians|they|the commanders|our people|the enemy|my brother|"
    "the officers|nobody here|the whole brigade|the mayor|these people|your government|the police|our allies",
    "when": "last night|on Monday|in the morning|since March|for three weeks|before the winter|yesterday|this year|"
    "after the shelling|two days ago|every night|until the end|next week|at dawn",
    "open": "I’m telling you,|look,|believe me,|as I said before,|to be honest,|let me repeat,|you know,|of course",
    "where": "near {place}|in {place}|outside {place}|on the road to {place}|between {place} and {place}",
}
CLAUSES = """
{who} {verb} the {noun} {where} {when}|the {noun} will {base} the {adj} {noun}
{who} did not {base} the {adj} {noun}|there is no {noun} without {noun}|we will {base} the {noun} {where}
whatever the {adj} {noun} says|if {who} {verb} our {noun}, nobody will {base} it again
{number} {noun}s {where} were {verb} {when}|because of the {adj} {noun}|the {noun} is {adj}
{who} cannot {base} it|I saw how {who} {verb} a {noun} {where}|it was a {adj} {noun}
we have to {base} {noun} and {noun} {when}|otherwise the {noun} {where} is lost
{who} want to {base} the {adj} {noun}|we want to {base} our {noun}|what they {verb} {where} is a {adj} {noun}
the {noun} {verb} us {when}|this is a {adj} {noun}|we need {noun}s, not {noun}s|nobody {verb} the {noun}
they gave us {number} {noun}s and a {adj} {noun}|my {noun} was {verb} {where}
they told us to {base} the {noun}|every {noun} here knows the {noun}|we were {verb} by {who} {when}
I asked for a {noun} and got a {adj} {noun}|{who} have no {noun} left
the {noun} {where} has been {verb} {number} times|without {noun} they {base} {noun}s
our {adj} {noun} depends on {noun}|let them {base} their {noun}|it takes {number} {noun}s to {base} one {noun}
{when} {who} will {base} {place}|nothing can {base} this {noun}|you cannot {base} a {noun} with a {noun}
"""
JOINTS = (", and ", ", but ", "; ", ". ", ", so ", " – ")
PLACES = (
    "Kharkiv|Kherson|Bakhmut|Kupiansk|Lyman|Izium|Sumy|Odesa|Mykolaiv|Poltava|Chernihiv|Donetsk|Luhansk|Mariupol|"
    "Melitopol|Kyiv|Avdiivka|Vuhledar|Pokrovsk|Robotyne|Belgorod|Kursk|Crimea|Zaporizhzhia|Kramatorsk|Sloviansk"
)
SYLLABLES = "ba bor dan dro gor hry kal kov lev lys mar mel mos nov ol pet pry rad ros sav shev sid tar tym var vol zak"


ASKABLE = 100_000
"""Of how many quotes at most the parts are held, so that this program stays small beside the memory it measures."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the bundled lists by part of speech."""

    nouns: list[str]
    adjectives: list[str]
    verbs: list[str]
    synonyms: dict[str, list[str]]


def bundled() -> Words:
    """Nouns, adjectives and verbs of the lexicon, told apart by their first Russian rendering."""
    kinds: dict[str, list[str]] = {"noun": [], "adj": [], "verb": []}
    for row in data.rows("lexicon.csv"):
        word, russian = row["en"], row["ru"].split(";")[0]
        if not word.isalpha() or len(word) < 4:
            continue
        if russian.endswith(("ть", "ться", "ти")):
            kinds["verb"].append(word)
        elif russian.endswith(("ый", "ий", "ой")):
            kinds["adj"].append(word)
        elif russian:
            kinds["noun"].append(word)
    alike: dict[str, list[str]] = {}
    for line in data.toml("synonyms/en.toml")["groups"].strip().splitlines():
        group = line.split()
        for word in group:
            alike.setdefault(word, []).extend(other for other in group if other != word)
    return Words(kinds["noun"], kinds["adj"], kinds["verb"], alike)


class Maker:
    """Makes quotes from a seed: the same seed, the same quotes. Words come by Zipf's law."""

    def __init__(self, words: Words, seed: int) -> None:
        self.words, self.random = words, random.Random(seed)
        self.clauses = CLAUSES.strip().replace("\n", "|").split("|")
        syllables = SYLLABLES.split()
        self.speakers = sorted({"".join(self.random.choices(syllables, k=3)).capitalize() for _ in range(3_000)})

    def zipf(self, items: list[str]) -> str:
        """One of the items, the first ones more often."""
        return items[min(int(len(items) ** self.random.random()) - 1, len(items) - 1)]

    def filled(self, slot: str) -> str:
        """Words for a slot of a pattern."""
        match slot:
            case "noun":
                return self.zipf(self.words.nouns)
            case "adj":
                return self.zipf(self.words.adjectives)
            case "base":
                return self.zipf(self.words.verbs)
            case "verb":
                verb = self.zipf(self.words.verbs)
                return verb + ("d" if verb.endswith("e") else "ed")
            case "number":
                return str(self.random.randint(2, 90))
            case "place":
                return self.random.choice(PLACES.split("|"))
        return self.random.choice(SLOTS[slot].split("|")).replace("{place}", self.filled("place"))

    def quote(self) -> list[tuple[str, str]]:
        """A quote as pairs of slot and words; the slot of fixed words is empty."""
        clauses = self.random.sample(self.clauses, self.random.choice((1, 1, 2, 2, 2, 3)))
        pattern = clauses[0] + "".join(self.random.choice(JOINTS) + clause for clause in clauses[1:])
        if self.random.random() < 0.2:
            pattern = "{open} " + pattern
        pieces = pattern.replace("}", "{").split("{")
        return [(piece, self.filled(piece)) if at % 2 else ("", piece) for at, piece in enumerate(pieces)]

    def neighbour(self, quote: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Other clauses with half of the telling words: the same topic, another utterance."""
        words = {slot: [old for kind, old in quote if kind == slot] for slot in ("noun", "verb", "base", "adj")}
        other = []
        for slot, new in self.quote():
            pool = words.get(slot)
            keep = pool and self.random.random() < 0.5
            other.append((slot, self.random.choice(pool) if pool and keep else new))
        return other

    def formula(self, quote: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The same clauses with a third of the telling words (at least one) replaced."""
        open_slots = [at for at, (slot, _) in enumerate(quote) if slot in ("noun", "verb", "base", "adj", "where")]
        changed = set(self.random.sample(open_slots, max(1, (len(open_slots) + 2) // 3)))
        return [(slot, self.filled(slot)) if at in changed else (slot, old) for at, (slot, old) in enumerate(quote)]

    def reworded(self, quote: str) -> str:
        """Another wording of the same: synonyms, contractions, small words, a clause moved."""
        short = {"did not": "didn’t", "is not": "isn’t", "we will": "we’ll", "cannot": "can’t", "it was": "it had been"}
        for full, contracted in short.items():
            if self.random.random() < 0.5:
                quote = quote.replace(full, contracted)
        out = []
        for word in quote.split():
            bare = word.strip(",.;")
            if bare in self.words.synonyms and self.random.random() < 0.5:
                word = word.replace(bare, self.random.choice(self.words.synonyms[bare]))
            chance = self.random.random()
            if bare in ("the", "a", "our", "that", "this") and chance < 0.3:
                word = self.random.choice(["the", "our", "these", "that", ""])
            elif chance < 0.04:
                word = f"really {word}"
            elif chance < 0.08 and len(bare) > 3:
                word = ""
            if word:
                out.append(word)
        clauses = " ".join(out).split(", ")
        if len(clauses) == 2 and self.random.random() < 0.25:
            clauses.reverse()
        return ", ".join(clauses)


def said(quote: list[tuple[str, str]]) -> str:
    """The text of a quote."""
    return "".join(words for _, words in quote)


def filled(opened: memory.Memory, maker: Maker, count: int) -> list[tuple[list[tuple[str, str]], str]]:
    """Put `count` quotes into the memory, a hundred an article, with a unit each; returns them with their speakers, of
    many quotes one in so many that they are at most `ASKABLE`."""
    kept = []
    every = -(-count // ASKABLE)
    entered = 0
    batch: list[memory.Article] = []
    for number in range(0, count, 100):
        quotes, units = [], []
        for _ in range(min(100, count - number)):
            quote, speaker = maker.quote(), maker.random.choice(maker.speakers)
            if entered % every == 0:
                kept.append((quote, speaker))
            entered += 1
            text = said(quote)
            quotes.append(memory.KeptQuote(text, f"передача {entered}", speaker))
            units.append(memory.Unit(f"{speaker} said: “{text}.”", f"передача {entered}"))
        day = f"20{15 + number * 10 // count}-01-{1 + number // 100 % 28:02}"
        name = f"{number:08}"
        batch.append(memory.Article(name, "en", "ru", day, "", name, name, tuple(quotes), tuple(units)))
        if len(batch) == 50:
            add_all(opened, tuple(batch))
            batch.clear()
    add_all(opened, tuple(batch))
    return kept


def queries(
    maker: Maker, kept: list[tuple[list[tuple[str, str]], str]], count: int
) -> Iterator[tuple[str, str, str, str]]:
    """Kind, text, speaker, and the kept text that should be found (empty: none)."""
    for number in range(count):
        quote, speaker = maker.random.choice(kept)
        who = speaker if maker.random.random() < 0.7 else ""
        kind = ("reworded", "neighbour", "new", "formula")[number % 4]
        if kind == "reworded":
            yield kind, maker.reworded(said(quote)), who, said(quote)
        elif kind == "neighbour":
            yield kind, said(maker.neighbour(quote)), who, ""
        elif kind == "formula":
            yield kind, said(maker.formula(quote)), who, ""
        else:
            yield kind, said(maker.quote()), who, ""


def clock() -> tuple[float, float]:
    """Seconds by the clock on the wall, and of processor time."""
    return time.perf_counter(), time.process_time()


def times(label: str, starts: list[tuple[float, float]], ends: list[tuple[float, float]]) -> str:
    """Mean, median and 95th percentile in milliseconds, by both clocks."""
    found = []
    for which, name in enumerate(("wall", "processor")):
        ms = sorted(1000 * (end[which] - start[which]) for start, end in zip(starts, ends, strict=True))
        middle, late = ms[len(ms) // 2], ms[len(ms) * 95 // 100]
        found.append(f"{name} mean {statistics.mean(ms):.1f} ms, median {middle:.1f}, p95 {late:.1f}")
    return f"{label}: {'; '.join(found)}"


def measure(opened: memory.Memory, maker: Maker, kept: list[tuple[list[tuple[str, str]], str]], count: int) -> None:
    """Ask, count, print."""
    asked = list(queries(maker, kept, count))
    right = wrong = told = wanted = short_right = short_wanted = 0
    marks: list[list[tuple[float, float]]] = [[], [], []]
    false = {"reworded": 0, "neighbour": 0, "new": 0, "formula": 0}
    for kind, text, speaker, expected in asked:
        marks[0].append(clock())
        found = memory.search(opened, text, "en", speaker=speaker, limit=1)
        marks[1].append(clock())
        memory.suggest(opened, f"{speaker or 'He'} said: “{text}.”", "ru")
        marks[2].append(clock())
        short = bool(expected) and len(expected.split()) <= 8
        wanted += bool(expected)
        short_wanted += short
        if found and found[0].text == expected:
            right += 1
            short_right += short
        elif found and found[0].text != text:  # word for word what was said by chance is no mistake
            wrong += kind != "formula"
            false[kind] += 1
            told += found[0].sure
    print(times("quote query", marks[0], marks[1]))
    print(times("translation memory look-up", marks[1], marks[2]))
    print(
        f"precision {right / max(1, right + wrong):.3f} at recall {right / max(1, wanted):.3f} of {wanted} reworded;"
        f" short ones {short_right / max(1, short_wanted):.3f} of {short_wanted}"
    )
    print(f"false matches by kind of {count // 4}: {false}, of them not hedged: {told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=900)
    args = parser.parse_args()
    maker = Maker(bundled(), 7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        with memory.open_memory(path) as opened:
            start = clock()
            kept = filled(opened, maker, args.quotes)
            wall, processor = (after - before for before, after in zip(start, clock(), strict=True))
            print(f"{args.quotes} generated quotes and as many units in {wall:.0f} s, processor {processor:.0f} s")
        with memory.open_memory(path) as opened:
            start = time.perf_counter()
            assert opened.whole()
            print(f"{path.stat().st_size / 1e6:.0f} MB; quick check {time.perf_counter() - start:.2f} s")
            measure(opened, maker, kept, args.queries)


if __name__ == "__main__":
    main()
