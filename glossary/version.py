"""The version, as a constant: asking the package metadata for it would cost a third of the start-up time."""

__version__ = "0.1.0"
