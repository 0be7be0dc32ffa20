"""Files and journals in, one frame of coded responses out."""
