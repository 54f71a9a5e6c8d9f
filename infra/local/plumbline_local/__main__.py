"""`python -m plumbline_local COMMAND`."""

from plumbline_local.cli import main

main()
