"""How long whole commands take from a cold interpreter: run as `python benchmarks/cold_start.py [RUNS]`.

Prints the minimum and median of wall seconds of each command, on the bundled demo article.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

DEMO = Path(__file__).parents[1] / "glossary" / "data" / "demo"
COMMANDS = {
    "--version": ["--version"],
    "--help": ["--help"],
    "terms find": ["terms", "find", "гаубиц"],
    "align, one article": ["align", str(DEMO / "intercept.en.txt"), str(DEMO / "intercept.uk.txt")],
    "check, one article": ["check", str(DEMO / "intercept.en.txt"), str(DEMO / "intercept.uk.txt")],
}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for name, arguments in COMMANDS.items():
        times = []
        for _ in range(runs):
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-m", "tui", *arguments], capture_output=True, check=False)
            times.append(time.perf_counter() - begin)
        print(f"{name:20s} min {min(times):.3f} s   median {statistics.median(times):.3f} s   of {runs}")


if __name__ == "__main__":
    main()
