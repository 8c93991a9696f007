"""Files that are sent: never more of them than the limit, on disk or in memory."""

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from .importing.safety import MAX_FILE

_PATIENCE = 8
"""A request up to so many times the limit is read to its end, so that the browser hears the answer; others are cut."""


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Stops at the limit and says so: `request.upload_too_large` is set and the file is dropped."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - the name that Django calls it by
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.request_size = content_length

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if max(start + len(raw_data), self.request_size - MAX_FILE // 20) > MAX_FILE:
            self.request.upload_too_large = True  # type: ignore[attr-defined]
            raise StopUpload(connection_reset=self.request_size > _PATIENCE * MAX_FILE)
        return super().receive_data_chunk(raw_data, start)


def cap_uploads(request: HttpRequest) -> None:
    """Must come before anything reads the body, the CSRF check included."""
    request.upload_handlers = [CappedUploadHandler(request)]
    request.upload_too_large = False  # type: ignore[attr-defined]
