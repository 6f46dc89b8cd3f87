"""Where static files are gathered, as they are served, and packed."""

from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedStaticFilesStorage

from holdspace.ui.served import served


class ServedFiles(CompressedStaticFilesStorage):  # type: ignore[misc]
    """What `collectstatic` writes to."""

    def _save(self, name: str, content: Any) -> str:
        return str(super()._save(name, ContentFile(served(name, content.read()))))
