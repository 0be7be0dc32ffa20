"""Result in, HTML and Markdown out. Never scores, never reads a response."""
