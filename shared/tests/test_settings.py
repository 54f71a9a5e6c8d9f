import pytest
from plumbline_shared.settings import ServiceSettings, SettingsError, load


def test_values_are_typed_and_empty_ones_fall_back() -> None:
    settings = load(ServiceSettings, {"DATABASE_URL": "postgresql://x", "PORT": "4001", "LOG_LEVEL": ""})
    assert (settings.port, settings.log_level) == (4001, "INFO")


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "database_url"),
        ({"DATABASE_URL": "x", "PORT": "many"}, "port"),
        ({"DATABASE_URL": "x", "MODE": "play"}, "mode"),
        ({"DATABASE_URL": "x", "CLOCK_FILE": "/tmp/c"}, "CLOCK_FILE"),  # noqa: S108
    ],
)
def test_an_error_names_the_variable(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        load(ServiceSettings, environ)
