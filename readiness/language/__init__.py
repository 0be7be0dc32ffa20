"""Words, numbers and lists in the reader's language."""
