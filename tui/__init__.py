"""The terminal UI: a guest of glossary. Nothing in here decides anything about texts; it shows and edits."""
