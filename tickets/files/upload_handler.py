"""Stop reading a file as soon as it is too large, and go on with the rest of the form."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from tickets.files.checking import clean_name


class BoundedUploadHandler(FileUploadHandler):
    """First in the chain: past `settings.FILE_MAX_BYTES` the file is dropped, its name remembered.

    The text typed beside it survives. Names are in `request.oversized_files`.
    """

    def new_file(self, *args, **kwargs):
        """Start counting a file."""
        super().new_file(*args, **kwargs)
        self.received = 0
        if not hasattr(self.request, "oversized_files"):
            self.request.oversized_files = []

    def receive_data_chunk(self, raw_data, start):
        """Count, and pass the chunk on until it is too much."""
        self.received += len(raw_data)
        if self.received > settings.FILE_MAX_BYTES:
            self.request.oversized_files.append(clean_name(self.file_name))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        """Leave the file to the next handler."""
        return
