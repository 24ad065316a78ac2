"""Reports and alignments written out: text, JSON, HTML and the formats of other tools."""
