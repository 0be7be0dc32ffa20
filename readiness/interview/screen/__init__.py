"""The full screen: it draws a sitting and turns keys into moves; what is asked and kept is decided elsewhere."""
