"""SARIF 2.1.0 (OASIS, errata 01), for code scanning: one run, written result by result.

Rules keep their codes, places are relative to the working folder, columns count code points, and the fingerprints are
those of the JSON report, so that a finding that moves with its text stays the same alert. What of a text could be read
as a link (§3.11.6) is escaped.
"""

from glossary.examination import Examined
from glossary.findings import Finding, Rule, Severity, rules
from glossary.formats.places import Place, Places, split, uri
from glossary.formats.record import Record, one_line
from glossary.formats.text import advised
from glossary.report import Summary, Unreadable, fingerprints
from glossary.text.display import flowing
from glossary.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
UNREADABLE = "unreadable"  # not a rule of a text: a pair that could not be read is a result too, so that it is seen
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
BETWEEN = ",\n"


def begin() -> str:
    """Everything before the first result."""
    driver = {
        "name": "Tolmach",
        "semanticVersion": __version__,
        "rules": [*map(_rule, rules().values()), _unreadable_rule()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that tolmach was run in."}}},
    }
    head = one_line({"$schema": SCHEMA, "version": "2.1.0"})
    return f'{head[:-1]}, "runs": [{one_line(run)[:-1]}, "results": [\n'


def end(total: Summary, signature: str) -> str:
    """Everything after the last result."""
    invocation: Record = {"executionSuccessful": not total.unreadable}
    if total.unreadable:
        text = f"{total.unreadable} of {total.unreadable + total.pairs} pairs could not be read."
        invocation["toolExecutionNotifications"] = [{"level": "error", "message": {"text": text}}]
    rest = one_line({"invocations": [invocation], "properties": {"signature": signature}})
    return f"\n], {rest[1:]}]}}\n"


def _rule(rule: Rule) -> Record:
    help_text = f"{rule.why}\n\n{rule.next_step}"
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["translation"]},
    }


def _unreadable_rule() -> Record:
    text = "A pair could not be read"
    return {"id": UNREADABLE, "shortDescription": {"text": text}, "defaultConfiguration": {"level": "error"}}


def results(examined: Examined) -> str:
    """The results of one pair, empty without findings."""
    places = Places(examined)
    numbers = {rule.code: number for number, rule in enumerate(rules().values())}
    found = zip(examined.findings, fingerprints(examined), strict=True)
    return BETWEEN.join(
        one_line(_result(finding, mark, places, numbers, advised(finding, examined.target))) for finding, mark in found
    )


def _result(finding: Finding, mark: str, places: Places, numbers: dict[str, int], said: str) -> Record:
    place = places.of(finding)
    result: Record = {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": LEVELS[finding.weight],
        "message": {"text": _plain(said)},
        "locations": [{"physicalLocation": _physical(place)}],
        # The first name is the one that code scanning compares; the second says whose fingerprint it is.
        "partialFingerprints": {"primaryLocationLineHash": mark, "tolmachFinding/v1": mark},
        "properties": {"suggestions": list(map(flowing, finding.suggestions)), "concept": finding.concept},
    }
    others = [(places.on("source", finding.source), "source")]
    others += [(places.on(item.side, item.span), item.note or "evidence") for item in finding.evidence[:8]]
    related = [
        {"id": number, "physicalLocation": _physical(other), "message": {"text": _plain(note)}}
        for number, (other, note) in enumerate(others, 1)
        if other is not None and other != place
    ]
    if related:
        result["relatedLocations"] = related
    return result


def _plain(text: str) -> str:
    """A message without control characters, in which nothing is a link."""
    shown = flowing(text)
    return shown.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]") if "](" in shown else shown


def _physical(place: Place) -> Record:
    region: Record = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    if place.words:
        region["snippet"] = {"text": place.words}
    return {"artifactLocation": _artifact(place.document.name), "region": region}


def _artifact(name: str) -> Record:
    address, inside = uri(name)
    return {"uri": address, "uriBaseId": ROOT} if inside else {"uri": address}


def unreadable(failure: Unreadable) -> str:
    """The result of a pair that could not be read."""
    advice = f"; {failure.next_step}" if failure.next_step else ""
    name, line = split(failure.where or failure.id)
    place: Record = {"artifactLocation": _artifact(name)}
    if line:
        place["region"] = {"startLine": line}
    return one_line(
        {
            "ruleId": UNREADABLE,
            "ruleIndex": len(rules()),
            "level": "error",
            "message": {"text": _plain(f"{failure.id}: {failure.what}{advice}")},
            "locations": [{"physicalLocation": place}],
        }
    )
