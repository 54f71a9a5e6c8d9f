"""GraphQL documents of scenario 7."""

ERRORS = "userErrors { code message path }"

RECORD = f"""
mutation Record($input: RecordCatalogueEntryInput!) {{ recordCatalogueEntry(input: $input) {{ draftId {ERRORS} }} }}
"""
LET_COUNT = f"""
mutation Decide($input: DecideCatalogueEntryInput!) {{ decideCatalogueEntry(input: $input) {{ {ERRORS} }} }}
"""
DRAFT = f"""
mutation Draft($input: DraftProcessVersionInput!) {{
  draftProcessVersion(input: $input) {{ processVersion {{ id }} {ERRORS} }}
}}
"""
REVISE = f"mutation Revise($input: ReviseProcessDraftInput!) {{ reviseProcessDraft(input: $input) {{ {ERRORS} }} }}"
DISPOSE = (
    f"mutation Dispose($input: DisposeRiskPointInput!) {{ disposeRiskPoint(input: $input) {{ {ERRORS} }} }}"
)
ACCEPT_TRANSFER = f"""
mutation Take($input: AcceptTransferInput!) {{ acceptTransfer(input: $input) {{ accepted {ERRORS} }} }}
"""
PUBLISH_PROCESS = f"""
mutation PublishProcess($input: PublishProcessVersionInput!) {{
  publishProcessVersion(input: $input) {{ processVersion {{ id }} {ERRORS} }}
}}
"""
SIZE = "query Size($asOf: Date) { riskPoints(first: 1, asOf: $asOf) { facets { size } } }"
HOLDERS = "query Holders($id: ID!, $asOf: Date) { riskPoint(id: $id, asOf: $asOf) { holders { id } } }"

MIGRATE = f"""
mutation Migrate($input: MigrateMattersInput!) {{
  migrateMatters(input: $input) {{
    migration {{ id total }} preview {{ matterId fromVersion keptSteps step dueBefore dueOn obstacle }} total {ERRORS}
  }}
}}
"""
MIGRATION = """
query Migration($id: ID!) { matterMigration(id: $id) { total migrated refused done } }
"""
LEDGER = """
query Ledger($id: ID!, $year: Int!) {
  reformLedger(bureauId: $id, year: $year) { items steps limitWorkingDays entries { itemCode processVersion } }
}
"""
METRICS = """
query Metrics($id: ID!) {
  pathMetrics(bureauId: $id, itemCode: "TAX-DEFERRAL", version: 2, since: "2026-06-01", until: "2026-06-30") {
    designed { steps limitDays } measured { matters visits handOvers }
  }
}
"""
DASHBOARD = """
query Dashboard($id: ID!) {
  programmeDashboard(bureauId: $id, year: 2026) {
    reform { steps limitWorkingDays } zeros { cases faults } educationCoverage { due done } rotation { overdue }
  }
}
"""
