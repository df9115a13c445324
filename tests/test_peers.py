"""What the suites of other graders settle is settled here in the same way, or openly left open."""

from typing import Any

import pytest
import yaml
from pairs import TABLES, settle

from grader.deciding.ladder import Answer

PEERS = yaml.safe_load((TABLES / "peers.yaml").read_text(encoding="utf-8"))
ROWS = [{**row, "names": group["names"]} for group in PEERS for row in group["pairs"]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['theirs']:.40} ~ {row['ours']:.40}")
def test_a_settled_pair_is_settled(row: dict[str, Any]) -> None:
    allowed = {Answer.EQUAL if row["equal"] else Answer.DIFFERENT}
    if "open" in row:
        allowed.add(Answer.UNDECIDED)
    turned = {**row, "ours": row["theirs"], "theirs": row["ours"]}
    assert settle(row).verdict in allowed
    assert settle(turned).verdict == settle(row).verdict


def test_the_table_is_full_and_few_rows_are_open() -> None:
    different = [row for row in ROWS if not row["equal"]]
    left_open = [row for row in ROWS if "open" in row]
    assert len(ROWS) >= 300
    assert len(different) >= 70
    assert len(left_open) <= 30
    assert all(row["open"] for row in left_open)


def test_every_group_names_its_source() -> None:
    assert all(group["source"] and group["pairs"] for group in PEERS)
