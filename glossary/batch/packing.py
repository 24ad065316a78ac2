"""Examined pairs, facts and concepts as bytes for a ledger: MessagePack, checked against the types when read."""

import zlib
from types import MappingProxyType
from typing import Any, TypeVar

Value = TypeVar("Value")
LEVEL = 1


def packed(value: object) -> bytes:
    """A value made of dataclasses as compressed bytes; nothing (b"") for a text that UTF-8 cannot hold."""
    import msgspec

    try:
        return zlib.compress(msgspec.msgpack.encode(value, enc_hook=_plain), LEVEL)
    except UnicodeEncodeError:
        return b""


def unpacked(content: bytes, kind: type[Value]) -> Value | None:
    """The value back; None if the bytes are something else."""
    import msgspec

    try:
        return msgspec.msgpack.decode(zlib.decompress(content), type=kind)
    except (zlib.error, msgspec.DecodeError, ValueError):
        return None


def _plain(value: object) -> Any:
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise NotImplementedError(f"no way to keep a {type(value).__name__}")
