"""What of the outbox is a member's, and what of it erasure takes away."""

from __future__ import annotations

from storage.claims import Claim, Delete, Rewrite, Shown
from storage.outbox import NAMING_IN_DIGEST

_TO_MEMBER = "community = :community AND kind = 'member' AND place = :platform_id"

_ABOUT_MEMBER = f"""
id IN (
  SELECT row FROM outbox_names WHERE member = :member
  UNION ALL
  {NAMING_IN_DIGEST}
  UNION ALL
  SELECT id FROM outbox
  WHERE community = :community AND kind = 'member' AND place = :platform_id)
"""  # noqa: S608

_NAMED_TO_MEMBER = """
member = :member AND row IN (
  SELECT id FROM outbox
  WHERE community = :community AND kind = 'member' AND place = :platform_id)
"""

# What is drawn is drawn without them, and so is a digest. Else a post that stands is
# taken down, one that is being sent is taken down after it, one that waits is never
# sent. What stands in the member's own direct messages is theirs and stays there: to
# take it down, their id would have to be kept.
_FORGET = """
body = NULL, version = version + 1, due_at = max(due_at, :at),
gone = CASE WHEN part IS NULL AND drawn = 0 THEN 1 ELSE gone END,
reason = CASE WHEN part IS NULL AND drawn = 0 THEN 'erased' ELSE reason END,
state = CASE WHEN kind = 'member' AND place = :platform_id THEN 'dead'
             WHEN part IS NOT NULL OR drawn = 1
               THEN CASE state WHEN 'sent' THEN 'new' ELSE state END
             WHEN state = 'sending' THEN 'sending'
             WHEN state = 'dead' OR message_id IS NULL THEN 'dead'
             ELSE 'new' END,
place = CASE WHEN kind = 'member' AND place = :platform_id THEN '' ELSE place END
"""

# Members are handed what was said to them. What was said to others is theirs, and a
# post is made of facts and words that are handed over already.
CLAIMS = (
    Claim(
        "outbox",
        _TO_MEMBER,
        Rewrite(
            _FORGET,
            _ABOUT_MEMBER,
            texts=(
                "kind",
                "place",
                "key",
                "state",
                "message_id",
                "reason",
                "call",
                "thread",
                "thread_is",
            ),
        ),
        {"body": Shown.WIRE},
    ),
    Claim(
        "outbox_names",
        _NAMED_TO_MEMBER,
        Delete("member = :member"),
        {"member": Shown.MEMBER},
    ),
)
"""In the order in which erasure needs them."""
