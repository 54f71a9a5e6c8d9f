"""`python -m plumbline_gateway`."""

from plumbline_gateway.cli import main

raise SystemExit(main())
