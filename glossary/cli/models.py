"""`tolmach models`: the Argos packages that drafts are made with. Only `install PAIR` touches the network."""

from pathlib import Path

import click

from glossary.cli import diagnostics
from glossary.cli.options import Group
from glossary.cli.progress import Progress
from glossary.errors import InputError, UsageError
from glossary.text.display import safe


@click.group(cls=Group)
def models() -> None:
    """Argos packages: list, install, verify, remove."""


@models.command("list")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_packages(shape: str) -> int:
    """List the installed packages."""
    import json

    from glossary.drafting.packages import inventory, packages_folder

    found = inventory()
    if shape == "json":
        rows = [{"pair": p.pair, "version": p.version, "path": str(p.path)} for p in found.packages]
        problems = [{"path": str(p.path), "what": p.what} for p in found.problems]
        click.echo(json.dumps({"schema": 1, "packages": rows, "problems": problems}, ensure_ascii=False))
        return diagnostics.OK
    for package in found.packages:
        click.echo(safe(f"{package.pair}  {package.version}  {package.path}"))
    for problem in found.problems:
        diagnostics.warn(f"{problem.path}: {problem.what}; passed over")
    if not found.packages:
        diagnostics.say(f"no packages in {packages_folder()}; `tolmach models install en-uk` gets one")
    return diagnostics.OK


@models.command()
@click.argument("what", metavar="FILE|PAIR")
@click.option("--sha256", default="", metavar="HEX", help="The checksum that the file must have.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings.")
def install(what: str, sha256: str, quiet: bool) -> int:
    """Install a package from a .argosmodel file, or fetch the package of a pair such as en-uk."""
    from glossary.drafting.installing import install as put
    from glossary.drafting.packages import pair_of

    path = Path(what)
    if path.exists() or path.suffix == ".argosmodel":
        if not path.is_file():
            found = "this is a folder" if path.is_dir() else "there is no such file"
            raise InputError(found, what, "give the .argosmodel file itself")
        package = put(path, sha256=sha256)
    else:
        source, target = pair_of(what)
        path = _fetched(source, target, quiet)
        try:
            package = put(path, sha256=sha256, expected=(source, target))
        finally:
            path.unlink(missing_ok=True)
    diagnostics.say(f"installed {package.label} in {package.path}")
    return diagnostics.OK


def _fetched(source: str, target: str, quiet: bool) -> Path:
    from glossary.drafting.downloads import download, fetch_index, offered

    offer = offered(fetch_index(warn=lambda line: None if quiet else diagnostics.warn(line)), source, target)
    with Progress(100, quiet) as progress:

        def step(done: int, total: int) -> None:
            while total and progress.done < 100 * done // total:
                progress.step()

        return download(offer, step=step)


@models.command()
@click.argument("pairs", nargs=-1, metavar="[PAIR]…")
def verify(pairs: tuple[str, ...]) -> int:
    """Load the installed packages and translate a sentence with each."""
    from glossary.drafting.installing import verified
    from glossary.drafting.packages import inventory, pair_of

    wanted = {pair_of(pair) for pair in pairs}
    found = inventory()
    chosen = [p for p in found.packages if not wanted or (p.source, p.target) in wanted]
    missing = wanted - {(p.source, p.target) for p in chosen}
    broken = bool(missing)
    for source, target in sorted(missing):
        diagnostics.warn(f"there is no package for {source}→{target}")
    for package in chosen:
        wrong = verified(package)
        broken = broken or bool(wrong)
        click.echo(safe(f"{package.pair}  {package.version}  {wrong or 'works'}"))
    for problem in found.problems:
        broken = True
        diagnostics.warn(f"{problem.path}: {problem.what}")
    if not found.packages and not broken:
        diagnostics.say("no packages; `tolmach models install en-uk` gets one")
    return diagnostics.UNREADABLE if broken else diagnostics.OK


@models.command()
@click.argument("pair")
def remove(pair: str) -> int:
    """Remove the packages of a pair."""
    from glossary.drafting import packages

    source, target = packages.pair_of(pair)
    found = [p for p in packages.inventory().packages if (p.source, p.target) == (source, target)]
    if not found:
        raise UsageError(f"there is no package for {source}→{target}", "", "`tolmach models list` shows what there is")
    for package in found:
        packages.remove(package)
        diagnostics.say(f"removed {package.label}")
    return diagnostics.OK
