"""Taking a person out of the memory: prisoners and people whose calls were intercepted did not ask to be kept."""

from dataclasses import dataclass

from glossary.memory import index, shelves
from glossary.memory.keys import normalised
from glossary.memory.persons import names, speaker_key
from glossary.memory.store import Memory


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whose words were removed, and how much."""

    speakers: tuple[str, ...]
    quotes: int
    units: int
    decisions: int


def forget(memory: Memory, speaker: str) -> Forgotten:
    """Remove a speaker: quotes, renderings, originals, decisions on them, sentences that hold the words or name.

    Meant is everybody who bears all the names in `speaker`. The file is written anew, so that nothing can be read from
    its gaps. Copies (exports, files that were set aside as damaged) are not touched.
    """
    wanted = names(speaker)
    everybody = memory.rows("SELECT id, name FROM speaker ORDER BY name")
    meant = [
        (number, name)
        for number, name in everybody
        if (wanted <= names(name) if wanted else speaker_key(speaker) == speaker_key(name))
    ]
    quotes = units = decided = 0
    with memory.transaction() as connection:
        for number, _ in meant:
            said = connection.execute(
                "SELECT quote.article, quote.text, quote.lang FROM quote WHERE speaker = ?", (number,)
            ).fetchall()
            for article, text, lang in said:
                held = [
                    unit
                    for unit, source in connection.execute("SELECT id, source FROM unit WHERE article = ?", (article,))
                    if _holds(source, text, lang, wanted)
                ]
                shelves.remove_units(connection, held)
                units += len(held)
            spoken = {normalised(text, lang) for _, text, lang in said}
            for decision, sources in connection.execute("SELECT id, sources FROM decision").fetchall():
                if any(_shares(words, other) for words in sources.split("\x1e") for other in spoken):
                    connection.execute("DELETE FROM decision WHERE id = ?", (decision,))
                    decided += 1
            connection.execute(
                "DELETE FROM utterance WHERE id IN (SELECT utterance FROM quote WHERE speaker = ?)", (number,)
            )
            quotes += shelves.remove_quotes(connection, "speaker = ?", number)
            connection.execute("DELETE FROM speaker WHERE id = ?", (number,))
        if meant:
            index.optimise(connection)
    if meant:
        memory.compact()
    return Forgotten(tuple(name for _, name in meant), quotes, units, decided)


def _holds(source: str, quote: str, lang: str, wanted: frozenset[str]) -> bool:
    """Whether a sentence holds words of the quote or the name of the person."""
    sentence, words = normalised(source, lang), normalised(quote, lang)
    return f" {words} " in f" {sentence} " or sentence in words or (bool(wanted) and wanted <= set(sentence.split()))


def _shares(one: str, other: str) -> bool:
    """Whether one of two normalised texts stands in the other."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "
