"""A decision carries the token of the request that made it: sent twice, it is kept once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("decisions", sa.Column("token", sa.String(80)))
    op.create_index("decisions_token", "decisions", ["token"], unique=True)
