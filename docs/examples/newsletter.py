#!/usr/bin/env python3
"""Leaves in a list only those who may get the newsletter today.

    newsletter.py LIST.csv OUT.csv [PURPOSE [CHANNEL]]

LIST.csv has a column `email` or `contact`, and any others beside it; OUT.csv gets the same columns. It asks
`akkoord-cli`, or the program that AKKOORD_CLI names, once for the whole list. Where that cannot answer, OUT.csv is
left as it was, and the exit code is the one of `akkoord-cli`.
"""

import csv
import json
import os
import subprocess
import sys


def main(source, target, purpose="newsletter", channel="email"):
    program = os.environ.get("AKKOORD_CLI", "akkoord-cli")
    ask = [program, "--json", "may", "--batch", source, "--purpose", purpose, "--channel", channel]
    answer = subprocess.run(ask, stdout=subprocess.PIPE, check=False)
    if answer.returncode != 0:
        return answer.returncode
    decisions = json.loads(answer.stdout)["decisions"]
    with open(source, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    if len(rows) != len(decisions) + 1:
        print("The list and the answer have not the same number of rows.", file=sys.stderr)
        return 1
    kept = rows[:1] + [row for row, decision in zip(rows[1:], decisions) if decision["allowed"]]
    beside = target + ".new"
    with open(beside, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(kept)
    os.replace(beside, target)
    print(f"{len(kept) - 1} of {len(decisions)} may get it.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
