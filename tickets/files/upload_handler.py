"""Stop reading a file as soon as it is too large, and go on with the rest of the form."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from tickets.files.checking import clean_name, too_large, too_large_together


class BoundedUploadHandler(FileUploadHandler):
    """First in the chain: past `settings.FILE_MAX_BYTES`, or `FILES_MAX_BYTES` together, a file is dropped.

    The text typed beside it survives. What to say of it is in `request.dropped_files`. Without the second
    limit, somebody who is not even signed in could have gigabytes written aside by one form.
    """

    kept = 0

    def new_file(self, *args, **kwargs):
        """Start counting a file."""
        super().new_file(*args, **kwargs)
        self.received = 0
        if not hasattr(self.request, "dropped_files"):
            self.request.dropped_files = []

    def receive_data_chunk(self, raw_data, start):
        """Count, and pass the chunk on until it is too much."""
        self.received += len(raw_data)
        if self.received > settings.FILE_MAX_BYTES:
            self._drop(too_large)
        if self.kept + self.received > settings.FILES_MAX_BYTES:
            self._drop(too_large_together)
        return raw_data

    def _drop(self, reason):
        self.request.dropped_files.append(reason(clean_name(self.file_name)))
        raise SkipFile

    def file_complete(self, file_size):
        """Leave the file to the next handler."""
        self.kept += file_size
