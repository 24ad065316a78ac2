"""What a text is, in three languages: spans, sentences, words, numbers and names. Nothing here opens a file."""
