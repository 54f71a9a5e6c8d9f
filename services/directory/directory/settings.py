"""Environment of the directory: nothing beyond what every service reads."""

from plumbline_shared.settings import ServiceSettings


class DirectorySettings(ServiceSettings, frozen=True, kw_only=True):
    """See `plumbline_shared.settings.ServiceSettings`."""
