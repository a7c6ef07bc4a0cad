"""The map of the service (stable addresses: links in mails depend on them)."""

urlpatterns = []
