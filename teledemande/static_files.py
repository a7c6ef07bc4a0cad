"""Static files: hashed names and long caching, without refusing a page for a name a script imports."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Rewrite the `import` lines of our JavaScript modules too, so that they are cached for ever as well."""

    support_js_module_import_aggregation = True
