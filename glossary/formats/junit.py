"""JUnit XML, for CI servers: a suite for each pair, in it a case for each rule that was checked.

A case fails when its rule has a finding at or above the severity that makes the run fail; findings below it are in the
case's output. Elements and attributes are those of Jenkins' junit-10.xsd, which Surefire's and other readers share. No
times: the same input gives the same bytes.
"""

from collections.abc import Sequence
from html import escape

from glossary.examination import Examined
from glossary.findings import Finding, Severity, rules
from glossary.formats.text import advised, place
from glossary.report import Selection, Unreadable
from glossary.text.display import flowing

_NOT_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def begin() -> str:
    """Everything before the first suite."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tolmach">\n'


def end() -> str:
    """Everything after the last suite."""
    return "</testsuites>\n"


def suite(examined: Examined, selection: Selection, threshold: Severity | None) -> str:
    """The suite of one pair; `threshold` is the severity from which a finding fails its case, None for never."""
    cases, failed = [], 0
    for rule in rules().values():
        if not selection.covers(rule.name, rule.code):
            continue
        found = [finding for finding in examined.findings if finding.rule == rule.name]
        failing = [finding for finding in found if threshold is not None and finding.weight >= threshold]
        passing = _lines([finding for finding in found if finding not in failing], examined)
        failed += bool(failing)
        body = _failure(failing, examined) + (f"<system-out>{passing}</system-out>" if passing else "")
        head = f"    <testcase classname={_attribute(examined.pair.id)} name={_attribute(f'{rule.code} {rule.name}')}"
        cases.append(f"{head}>{body}</testcase>\n" if body else f"{head}/>\n")
    return _suite(examined.pair.id, len(cases), failed, 0, "".join(cases))


def _suite(name: str, tests: int, failures: int, errors: int, cases: str) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}"'
    return f"  <testsuite name={_attribute(name)} {counts}>\n{cases}  </testsuite>\n"


def _failure(found: Sequence[Finding], examined: Examined) -> str:
    if not found:
        return ""
    first = found[0].message if len(found) == 1 else f"{len(found)} findings; the first: {found[0].message}"
    worst = max(finding.weight for finding in found)
    return f'<failure type="{worst}" message={_attribute(first)}>{_lines(found, examined)}</failure>'


def _lines(found: Sequence[Finding], examined: Examined) -> str:
    lines = [
        f"{place(finding, examined)}: {finding.weight}: {flowing(advised(finding, examined.target))}"
        for finding in found
    ]
    return _text("\n".join(lines))


def unreadable(failure: Unreadable) -> str:
    """The suite of a pair that could not be read: one case, an error."""
    said = flowing(f"{failure.where}: {failure.what}; {failure.next_step}")
    case = (
        f'    <testcase classname={_attribute(failure.id)} name="read">'
        f'<error type="unreadable" message={_attribute(failure.what)}>{_text(said)}</error></testcase>\n'
    )
    return _suite(failure.id, 1, 0, 1, case)


def _text(text: str) -> str:
    """Text whose control characters were made visible, as content of an element."""
    return escape(text.translate(_NOT_XML), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(flowing(text).translate(_NOT_XML))}"'
