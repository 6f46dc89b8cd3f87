"""What changes a conversation."""

from holdspace.conversations.actions.accept import accept_hopefully, accept_items, withdraw_items
from holdspace.conversations.actions.tidying import tidy

__all__ = ["accept_hopefully", "accept_items", "tidy", "withdraw_items"]
