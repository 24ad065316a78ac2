"""Annotations of GitHub Actions: workflow commands, one line for each finding.

Escaping is that of the runner: `%`, CR and LF in a message; `:` and `,` too in a property. GitHub shows the first ten
errors, warnings and notices of a step; all of them stand in the log.
"""

from glossary.examination import Examined
from glossary.findings import Finding, Severity
from glossary.formats.places import Place, Places, relative, split
from glossary.formats.text import advised, counted, pairs_read
from glossary.report import Summary, Unreadable
from glossary.text.display import flowing

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def annotations(examined: Examined) -> str:
    """One line for each finding of a pair."""
    places = Places(examined)
    return "".join(
        _annotation(places.of(finding), finding, advised(finding, examined.target)) for finding in examined.findings
    )


def _annotation(place: Place, finding: Finding, said: str) -> str:
    properties = {"file": relative(place.document.name), "line": str(place.line)}
    if place.end_line == place.line:
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    else:
        properties |= {"endLine": str(place.end_line)}
    title = {"title": f"{finding.code} {finding.rule}"}
    return _command(COMMANDS[finding.weight], properties | title, said)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    named = ",".join(f"{key}={flowing(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {named}::{flowing(message).translate(_DATA)}\n"


def unreadable(failure: Unreadable) -> str:
    """The line of a pair that could not be read."""
    name, line = split(failure.where or failure.id)
    properties = {"file": relative(name)} | ({"line": str(line)} if line else {})
    return _command("error", properties | {"title": "unreadable"}, f"{failure.id}: {failure.what}; {failure.next_step}")


def end(total: Summary) -> str:
    """The last line: counts over the run."""
    return _command("notice", {"title": "Tolmach"}, f"{pairs_read(total)}: {counted(total)}")
