"""How one cell of the frame of responses is coded.

A scored item's column holds small integers: the position of the chosen option in its scale (0 for the first), or
one of the negative codes below. A number item's column holds 0 where a number was given, and the number itself
stands in a second column, named by `number_column`. Nothing else may stand in an item's column, and never a null.
"""

from __future__ import annotations

# In an order that answers two questions by one comparison: from 0 on it is an answer, above NA it may count.
DK = -1  # "don't know"
MISSING = -2  # put, or perhaps put, and left empty
NA = -3  # "not applicable"
ABSENT = -4  # the file this row came from has no column for the item: it was not put to anyone in it

RESPONDENT = "respondent"
WEIGHT = "weight#"  # what a respondent counts, in whole units of 1e-6, where the data has case weights
WEIGHT_UNIT = 1_000_000
HEAVIEST = 1000  # times a respondent may count at the most, so that sums of squares fit into 128 bits
DURATION = "duration#"  # how many seconds a respondent took, where a survey tool recorded it
FILE = "file#"  # the file a row came from, where ids are counters that begin anew in every file
MODE = "source#"  # survey or interview, where both are in one frame; no id can hold a "#"


def number_column(item: str) -> str:
    """The column that holds the answers to a number item."""
    return f"{item}#"
