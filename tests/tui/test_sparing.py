"""What is done without is done without, and nothing else changes."""

import hashlib
import subprocess
import sys


def test_without_openssl_hashes_are_the_same_and_asyncio_runs() -> None:
    code = (
        "import sys; from tui.sparing import without_openssl; without_openssl(); import asyncio, hashlib;"
        "asyncio.run(asyncio.sleep(0));"
        "print(hashlib.sha256(b'x').hexdigest(), any(sys.modules.get(n) for n in ('_ssl', '_hashlib')))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [hashlib.sha256(b"x").hexdigest(), "False"]
    assert told.stderr == ""
