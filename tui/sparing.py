"""What neither of our processes needs of Python, and what would take memory and time to load."""

import sys
from importlib.util import find_spec

_HASHES = ("_md5", "_sha1", "_sha3", "_blake2")  # besides SHA-2, which has two names


def without_openssl() -> None:
    """Before anything is imported: no TLS, and hashes by Python's own code where it has all of them.

    asyncio and hashlib take OpenSSL if it is there, five megabytes; nothing here speaks to the network (models come
    with `tolmach models install`), and what is hashed is a few lines.
    """
    own = all(map(find_spec, _HASHES)) and (find_spec("_sha2") or (find_spec("_sha256") and find_spec("_sha512")))
    for name in ("_ssl", "_hashlib") if own else ("_ssl",):
        if name not in sys.modules:
            sys.modules[name] = None  # type: ignore[assignment]
