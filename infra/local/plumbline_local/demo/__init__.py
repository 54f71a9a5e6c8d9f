"""The demonstration: a bureau, real data and the scenarios, played on one settable clock."""
