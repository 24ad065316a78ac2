"""Why words stand in marks: somebody said them, they are a name, or the writer keeps a distance."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from glossary import data
from glossary.quotes import verbs
from glossary.text.spans import Span

SPEAKING = frozenset(["neutral", "loaded", "gesture"])
_LINK = r"(?:\s(?:is|was|became|remained|был[ао]?|стал[ао]?|був|була|було|став|стала|стало)|\s?[—–:-])"
_NEAR = 90  # code points in which a clause beside the marks names the speaker
_SENTENCE = re.compile(r"(?:^|[.!?…]['\"»”’)]*)\s*[—–-]?\s*$")


@dataclass(frozen=True, slots=True)
class Setting:
    """A quote in its sentence: what stands before and after it, whole and up to the neighbouring quotes."""

    content: Span
    outer: Span
    before: Span
    after: Span
    near_before: Span
    near_after: Span
    level: int
    asides: tuple[Span, ...] = ()


@cache
def _cues(lang: str, kind: str) -> re.Pattern[str]:
    found = [row["cue"] for row in data.rows("quote_cues.csv") if row["lang"] == lang and row["kind"] == kind]
    options = [re.escape(c.rstrip("*")) + (r"\w{0,4}" if c.endswith("*") else r"(?!\w)") for c in found]
    return re.compile(rf"(?<!\w)(?:{'|'.join(options)})", re.IGNORECASE) if options else re.compile(r"(?!)")


@cache
def _heads(lang: str) -> Mapping[str, re.Pattern[str]]:
    result = {}
    ending = verbs.pattern(lang, "endings")
    rows = [row for row in data.rows("name_heads.csv") if row["lang"] == lang]
    for kind, kinds in (("name", ("name",)), ("any", ("any", "called")), ("called", ("called",))):
        stems = [re.escape(row["stem"]) for row in rows if row["kind"] in kinds]
        body = rf"(?:{'|'.join(stems)}){ending}" if stems else r"(?!)"
        link = _LINK if kind == "called" else ",?"
        result[f"{kind} before"] = re.compile(rf"(?<![\w'-]){body}{link}\s*$", re.IGNORECASE)
        result[f"{kind} after"] = re.compile(rf"\s*{body}(?![\w-])", re.IGNORECASE)
    return result


def kind(text: str, lang: str, setting: Setting) -> str:
    """direct, fragment, scare or title; general rules only, the surest first.

    What the rules look at: a word that keeps distance, a head noun (газета «…»), a clause of attribution, a colon, a
    verb of naming, capitals, the length, and whether anybody speaks in the sentence at all.
    """
    content = setting.content.of(text).strip()
    words = verbs.WORD.findall(content)
    before = text[max(setting.near_before.start, setting.outer.start - _NEAR) : setting.outer.start].rstrip()
    if not words:
        return "fragment" if any(c.isdigit() for c in content) else "scare"
    if content.casefold().rstrip(".,") in _terms(lang):
        return "scare"
    speech = "direct" if _sentence_like(text, setting, content, before) else "fragment"
    if len(words) <= 4 and (_ends(_cues(lang, "distance"), before) or _supposed(lang, before)):
        return "scare"
    if setting.asides:
        return "direct"
    if _headed(text, lang, setting, content, words, before):
        return "title"
    if attributed_after(text, lang, setting):
        return speech
    if _alone(text, setting) and (len(words) >= 2 or _goes_on(text, setting, content)):
        return "direct"
    if before.endswith(":"):
        return "title" if _listed(text, lang, setting, content, words) else "direct"
    if _said_before(text, lang, setting, before):
        return speech
    if _titled(text, lang, setting, content, words, before):
        return "title"
    if len(words) >= 3 or (len(words) >= 2 and content[-1] in ".!?…"):
        return speech
    if verbs.speaks(text, lang, setting.content.start, setting.content.end):
        return speech
    if _spoken(text, lang, setting):
        return speech
    return "scare"


def coordinated(text: str, lang: str, one: Span, other: Span) -> bool:
    """Whether two quotes (outer spans) stand side by side in one clause: `called it “grim” and the mood “worse”`."""
    gap = text[one.end : other.start]
    return 0 < len(gap) <= 40 and not re.search(r"[.!?;:\n]", gap) and not _ends(_cues(lang, "distance"), gap)


def _alone(text: str, setting: Setting) -> bool:
    """Whether the quote is the whole sentence."""
    rest = text[setting.before.start : setting.outer.start] + text[setting.outer.end : setting.after.end]
    return not rest.strip(" .,!?…—–-\u00a0\n")


def _goes_on(text: str, setting: Setting, content: str) -> bool:
    """Whether a sentence of one word follows words of the same speaker: `“No,” he said. “Never.”`"""
    before = text[max(0, setting.outer.start - _NEAR) : setting.outer.start]
    return content[-1:] in ".!?…" and "\n" not in before and any(mark in before for mark in '”»"’“')


@cache
def _terms(lang: str) -> frozenset[str]:
    """Words of one side of a war that others keep at a distance, whoever says them."""
    return frozenset(r["cue"] for r in data.rows("quote_cues.csv") if r["lang"] == lang and r["kind"] == "term")


@cache
def _hypothesis(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b{verbs.pattern(lang, 'supposed')}$")


def _supposed(lang: str, before: str) -> bool:
    """Whether nobody in particular might use the word: `some would call “…”`."""
    return bool(_hypothesis(lang).search(before.lower()))


def _ends(pattern: re.Pattern[str], before: str) -> bool:
    """Whether a cue stands right before the marks, at most two words off."""
    for match in pattern.finditer(before):
        rest = before[match.end() :].split()
        if len(rest) <= 2 and not any(c in ".,;:!?" for c in "".join(rest)):
            return True
    return False


def attributed_after(text: str, lang: str, setting: Setting) -> bool:
    """Whether the clause after the marks says who spoke: `,” he said` or `», — сказал он`."""
    end = min(setting.near_after.end, setting.outer.end + _NEAR)
    rest = text[setting.outer.end : end]
    content = setting.content.of(text).rstrip()
    lead = re.match(r"\s*([.,!?…]*)\s*([—–-]?)\s*", rest)
    start = setting.outer.end + (lead.end() if lead else 0)
    comma, dash = (lead.group(1), lead.group(2)) if lead else ("", "")
    if lang == "en":
        open_ended = content[-1:] in (",", "!", "?", "—", "–", "-", "…") or comma == "," or bool(dash)
    else:
        open_ended = bool(dash) or comma[:1] == ","
    if not open_ended or "." in comma:
        return False
    clause = re.compile(r"[.!?;:…\n]").split(text[start:end], maxsplit=1)[0]
    words = list(verbs.WORD.finditer(clause))[: 7 if lang == "en" else 6 if dash else 1]
    if not words:
        return False
    for _, _, manner in verbs.verbs(clause, lang, 0, words[-1].end()):
        if manner in SPEAKING or (manner == "thought" and lang != "en"):
            return True
    return bool(_cues(lang, "attribution").match(clause))


def _sentence_like(text: str, setting: Setting, content: str, before: str) -> bool:
    """Whether the words are a sentence of their own and not a piece of the writer's."""
    if setting.asides or before.endswith(":"):
        return True
    return content[:1].isupper() or content.lstrip("«„“\"'‘….")[:1].isupper()


def _capital(content: str) -> bool:
    first = content.lstrip("«„“\"'‘ ")[:1]
    return first.isupper() or (first.isdigit() and any(c.isupper() for c in content))


def _headed(text: str, lang: str, setting: Setting, content: str, words: list[str], before: str) -> bool:
    if content[-1] in "!?…" and len(words) > 4:
        return False
    if content[-1] == "." and len(words) > 6:
        return False
    after = text[setting.outer.end : min(setting.near_after.end, setting.outer.end + 30)]
    heads = _heads(lang)
    if heads["any before"].search(before) or heads["called before"].search(before):
        return len(words) <= 8
    capital = _capital(content)
    if heads["name before"].search(before):
        return capital
    return capital and lang == "en" and len(words) <= 4 and bool(heads["name after"].match(after))


def _listed(text: str, lang: str, setting: Setting, content: str, words: list[str]) -> bool:
    """A name in a list after a colon: `такие газеты: «Труд», «Правда»`."""
    if content[-1] in ".!?…" or not _capital(content) or len(words) > 4:
        return False
    after = text[setting.outer.end : setting.outer.end + 6]
    near = text[max(setting.near_before.start, setting.outer.start - _NEAR) : setting.outer.start]
    if any(manner in SPEAKING for _, _, manner in verbs.verbs(near, lang)):
        return False
    if lang != "en" and len(words) <= 3 and re.match(r"[^\S\r\n]+(?:[—–-] [«\"“]|\w)", after):
        return True
    clause = text[max(setting.before.start, setting.outer.start - _NEAR) : setting.outer.start].rstrip(": ")
    return bool(re.match(r"(?:,| и| та| й| and)\s*[«“„\"‘']", after)) and bool(
        _heads(lang)["name before"].search(clause)
    )


def _said_before(text: str, lang: str, setting: Setting, before: str) -> bool:
    """Whether the words right before the marks introduce speech: `he said, “`, `сказал, что «`, `named it “`."""
    content = setting.content.of(text).strip()
    tail = list(verbs.WORD.finditer(before))[-7:]
    if not tail:
        return False
    last = verbs.plain(tail[-1].group())
    known = verbs.forms(lang)
    start = tail[0].start()
    clause = before[start:]
    if any(c in clause for c in ".;!?…"):
        clause = re.split(r"[.;!?…]", clause)[-1]
    manners = [manner for _, _, manner in verbs.verbs(clause, lang)]
    lemma, closing = known.get(last, ("", ""))
    gap = before[tail[-1].end() :].strip()
    words = verbs.WORD.findall(content)
    name = _titled(text, lang, setting, content, words, before)
    if closing in SPEAKING and not gap and name and len(words) <= 2 and _inside_clause(text, lang, setting):
        return False
    if closing in SPEAKING and gap not in (",", "—"):
        return not (name and lemma in _publishing(lang) and (lang != "en" or len(words) > 1))
    if closing == "naming":
        return not name
    if gap in (",", "—", "–", "-") and any(m in SPEAKING for m in manners):
        return not (lang != "en" and name and len(words) <= 2)
    if last in verbs.listed(lang, "conjunctions") and manners:
        return not (name and len(words) <= 2)
    if _ends(_cues(lang, "noun"), before) and not _heads(lang)["name before"].search(before):
        return True
    return ("naming" in manners or "thought" in manners) and not _capital(content)


def _inside_clause(text: str, lang: str, setting: Setting) -> bool:
    """Whether the marks stand in the attribution of the quote before: `», — сказал «Курьеру» оператор`."""
    if lang == "en" or setting.near_before.start == setting.before.start:
        return False
    return bool(re.match(r"\s*[,.!?…]*\s*[—–-]\s", text[setting.near_before.start : setting.outer.start]))


@cache
def _publishing(lang: str) -> frozenset[str]:
    rows = data.rows("quote_cues.csv")
    return frozenset(row["cue"] for row in rows if row["lang"] == lang and row["kind"] == "publishes")


def _titled(text: str, lang: str, setting: Setting, content: str, words: list[str], before: str) -> bool:
    """Whether the words look like a name: capitals in English, a capital inside the sentence in Russian, Ukrainian."""
    bare = content.rstrip(",.;")
    whole = not before and not text[setting.outer.end : setting.after.end].strip(" .,!?…")
    if whole or not _capital(content) or (content[-1] in ".!?…" and lang != "en"):
        return False
    opening = bool(_SENTENCE.search(text[setting.before.start : setting.outer.start]))
    if lang == "en":
        big = [w for w in words if w[0].isupper()]
        rest = [w for w in words if not w[0].isupper() and w.lower() not in verbs.listed("en", "small")]
        if rest or not big:
            return False
        if bare[-1:] in "!?" and len(words) < 2:
            return False
        shouted = content.isupper() and text.startswith(":", setting.outer.end)
        if len(words) >= 3 and (shouted or _headline(text, setting)):
            return False
        return len(words) >= 2 or not opening or bare == content
    if all(re.match(r"[A-Za-z]", w) for w in words):
        return True
    return len(words) <= (3 if opening else 5)


def _headline(text: str, setting: Setting) -> bool:
    """Whether every word of a line has a capital, so that capitals tell nothing."""
    start, end = setting.before.start, setting.after.end
    colon = text[start : setting.outer.start].rstrip().endswith(":") or text.startswith(":", setting.outer.end)
    if not colon and not verbs.speaks(text, "en", setting.content.start, setting.content.end):
        return False
    around = text[start : setting.outer.start] + text[setting.outer.end : end]
    rest = [word for word in verbs.WORD.findall(around) if word.lower() not in verbs.listed("en", "small")]
    return len(rest) >= 2 and all(word[0].isupper() for word in rest)


def _spoken(text: str, lang: str, setting: Setting) -> bool:
    """Whether anybody speaks, thinks or is quoted in the sentence around the marks."""
    for span in (setting.before, setting.after):
        low, high = max(span.start, setting.outer.start - 240), min(span.end, setting.outer.end + 240)
        if low >= high:
            continue
        if any(manner in ("neutral", "loaded") for _, _, manner in verbs.verbs(text, lang, low, high)):
            return True
        part = text[low:high]
        if _cues(lang, "attribution").search(part) or _cues(lang, "noun").search(part):
            return True
    return False
