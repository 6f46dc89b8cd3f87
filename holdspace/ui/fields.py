"""Columns for bytes of an exact length. The length is checked in the database too, so a wrong row can't come to be."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from holdspace.ui.ids import ID_BYTES


class BytesField(models.BinaryField):  # type: ignore[type-arg]
    """Exactly `length` bytes, always `bytes` in Python (drivers differ: PostgreSQL's gives memoryview)."""

    # For mypy's Django plugin.
    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes

    def __init__(self, *args: Any, length: int, **kwargs: Any) -> None:
        self.length = length
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return str(name), path, list(args), {**kwargs, "length": self.length}

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        """The CHECK of the column."""
        return f"length({connection.ops.quote_name(str(self.column))}) = {self.length}"

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> bytes | None:
        """`bytes`, whatever the driver gave."""
        return None if value is None else bytes(value)

    def to_python(self, value: Any) -> bytes | None:
        """`bytes` of the exact length; ValueError is a bug of ours and should be loud."""
        if value is None:
            return None
        if len(value) != self.length:
            raise ValueError(f"{self.name} takes {self.length} bytes.")
        return bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        """Checked on the way to the database, also in lookups."""
        return super().get_prep_value(self.to_python(value))


class IdField(BytesField):
    """An id: 16 bytes, usable as primary key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["length"] = ID_BYTES
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """For migrations; the length goes without saying."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("length")
        return name, path, args, kwargs
