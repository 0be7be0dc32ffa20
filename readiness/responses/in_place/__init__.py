"""In place: surveys that are coded and scored where they lie, by an engine that is not ours (`responses.engines`)."""
