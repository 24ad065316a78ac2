"""A language server: findings, term entries and quick fixes in any editor that speaks the Language Server Protocol."""
