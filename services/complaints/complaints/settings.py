"""Every environment variable of this service."""

from plumbline_shared.settings import ServiceSettings


class ComplaintsSettings(ServiceSettings, frozen=True, kw_only=True):
    """`VAULT_KEY_FILE`: 32 random bytes, kept apart from the database and its backups."""

    vault_key_file: str = ""
