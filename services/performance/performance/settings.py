"""Environment of performance: nothing beyond what every service reads."""

from plumbline_shared.settings import ServiceSettings


class PerformanceSettings(ServiceSettings, frozen=True, kw_only=True):
    """See `plumbline_shared.settings.ServiceSettings`."""
