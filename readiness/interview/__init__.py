"""The conversation: which item next, the journal that remembers it, and the screens that draw it."""
