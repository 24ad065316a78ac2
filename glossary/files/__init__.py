"""The doors to the disk: reading and saving documents, pairs, glossary tables and sessions."""
