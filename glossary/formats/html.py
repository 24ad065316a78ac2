"""The report as one self-contained HTML file: no scripts, nothing loaded, everything of a text escaped.

It is written pair by pair, so that what is only known at the end, the summary with its plots and the filters, stands at
the end of the file; the style sheet puts it first on the page. Filters are check boxes and radio buttons at the very
beginning (switches), which the style sheet asks for their state and whose labels stand with the filters; every bead and
pair has the classes of what is in it. `:has()` would do without those, but costs minutes on the pages of an archive.
"""

from glossary import data
from glossary.findings import Severity, rules
from glossary.formats import plots
from glossary.formats.markup import shown
from glossary.report import Summary

FEW = 3  # pairs that lie open; the style sheet counts them too
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
NAMES = {"error": "errors", "warning": "warnings", "info": "notes"}
SWITCHES = {**{f"s-{severity}": name for severity, name in NAMES.items()}, "only": "only sentences with findings"}
SWITCHES |= {"marks": "terms and quotes", "most": "most findings first"}
ON = (*(f"s-{severity}" for severity in NAMES), "marks")


def head(title: str) -> str:
    """The beginning of the file: styles and switches."""
    style = (data.FOLDER / "report.css").read_text(encoding="utf-8")
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<meta name='color-scheme' content='light dark'>"
        f"<title>{shown(title)}</title>\n<style>\n{style}</style></head>\n<body>\n{_switches()}<main>\n"
    )


def _switches() -> str:
    boxes = "".join(
        f"<input class='switch' type='checkbox' id='{name}' aria-label='{label}'{' checked' if name in ON else ''}>"
        for name, label in SWITCHES.items()
    )
    kind = "<input class='switch' type='radio' name='rule'"
    radios = "".join(f"{kind} id='r-{rule.code}' aria-label='only {rule.name}'>" for rule in rules().values())
    return f"{boxes}{kind} id='r-all' aria-label='all rules' checked>{radios}\n"


def foot(total: Summary, signature: str) -> str:
    """The summary, the labels of the switches, and the end of the file."""
    return (
        f"</main>\n<header>\n{_summary(total)}"
        f"<p class='signature'>{shown(signature)}</p></header>\n{_filters(total)}</body></html>\n"
    )


def _summary(total: Summary) -> str:
    pairs = f"{total.pairs:,} pair{'' if total.pairs == 1 else 's'}"
    failed = f", {total.unreadable:,} unreadable" if total.unreadable else ""
    figures = "".join(
        f"<li><b class='{severity}'>{total.count(severity):,}</b> <span class='key {severity}'></span>{name}</li>"
        for severity, name in zip(reversed(Severity), NAMES.values(), strict=True)
    )
    said = f"<p class='dim'>{pairs}{failed}, {total.beads:,} beads</p>"
    panels = []
    if total.findings:
        every = "<label for='r-all'><span class='rule'>all rules</span></label>"
        bars = plots.by_rule(total.findings)
        panels.append(f"<section class='rules'><h2>Findings by rule</h2>{every}{bars}</section>")
    if total.beads:
        panels.append(f"<section><h2>How sure the alignment is</h2>{plots.scores(total.scores)}</section>")
    if drawn := plots.over_time(total.months):
        panels.append(f"<section><h2>Findings per article over time</h2>{drawn}</section>")
    return (
        f"<h1>Tolmach report</h1>{said}<ul class='figures'>{figures}</ul><div class='panels'>{''.join(panels)}</div>\n"
    )


def _filters(total: Summary) -> str:
    codes = sorted({rules()[rule].code for rule, _ in total.findings})
    absent = [rule.code for rule in rules().values() if rule.code not in codes]
    hidden = ", ".join(f"#r-{code}" for code in absent)
    styles = f"<style>\n{hidden} {{ display: none }}\n{''.join(map(_only, codes))}</style>\n"
    if not codes:
        return styles
    folded = total.pairs + total.unreadable > FEW
    unwanted = {f"s-{severity}" for severity in Severity if not total.count(severity)} | (
        {"most"} if not folded else set()
    )
    labels = "".join(f"<label for='{name}'>{label}</label>" for name, label in SWITCHES.items() if name not in unwanted)
    chosen = "".join(f"<span class='chosen c-{code}'>only {code}</span>" for code in codes)
    return f"<nav class='filters' aria-label='Filters'>{labels}{chosen}</nav>\n{styles}"


def _only(code: str) -> str:
    """The styles that show nothing but one rule when its switch is on."""
    on, its = f"#r-{code}:checked ~", f"in-{code}"
    hidden = f"{on} main .note:not(.r-{code}), {on} main .bead:not(.{its}), {on} main .pair:not(.{its})"
    return (
        f"{hidden} {{ display: none }}\n{on} nav .c-{code} {{ display: inline }}\n"
        f"{on} header label[for=r-{code}] {{ --box: var(--accent); --weight: 600; --name: var(--ink) }}\n"
        f"#r-{code}:focus-visible ~ header label[for=r-{code}] {{ outline: 2px solid var(--accent) }}\n"
    )
