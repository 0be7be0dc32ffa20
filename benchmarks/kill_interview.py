"""Kill plain interviews at random moments, and count the acknowledged answers that are gone.

An answer is acknowledged when the next prompt has been seen. Every interview is killed three times, once of them while
it starts or is taken up; then it is compared with what was acknowledged, line by line.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from readiness.responses.journal import read_journal
from tests.interview.small import write
from tests.interview.terminal import Killed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    acknowledged = lost = torn = kills = 0
    with tempfile.TemporaryDirectory() as folder:
        framework = write(Path(folder) / "small")
        while kills < options.kills:
            journal = Path(folder) / f"{kills}.jsonl"
            killed = Killed(journal, framework)
            for asking in (True, False, True)[: options.kills - kills]:
                killed.sit(chance.uniform(0, 0.3 if asking else 0.8), asking)
                torn += bool(journal.exists() and read_journal(journal).problems)
                kills += 1
            acknowledged += killed.acknowledged
            lost += killed.lost
            print(f"\r{kills} kills, {acknowledged} acknowledged, {lost} lost", end="", flush=True)
    print(
        f"\n{kills} kills: {lost} of {acknowledged} acknowledged answers and notes lost; {torn} torn ends, all taken up"
    )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
