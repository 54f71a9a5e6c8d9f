"""The directory as every service sees it: a replica of its events, and rules that need nothing else.

Pure: `grades`, `roles`, `parts`, `model` (Org), `oversight`. Kept up by `replica`; read by `storage.load.load_org`;
`principal.org_principal` turns a token into a principal; `testing` has a small bureau to test with.
"""
