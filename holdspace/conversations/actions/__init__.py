"""What changes a conversation."""

from holdspace.conversations.actions.accept import accept_hopefully, accept_items

__all__ = ["accept_hopefully", "accept_items"]
