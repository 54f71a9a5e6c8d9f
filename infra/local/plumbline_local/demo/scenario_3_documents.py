"""The GraphQL documents of scenario 3."""

MAKE_KEY = "mutation Key($input: MakeSealingKeyInput!) { makeSealingKey(input: $input) { personId userErrors { code message path } } }"

FILE = """
mutation File($input: FileIntakeInput!) {
  fileIntake(input: $input) {
    result { complaintId receipt { receiptNo receivedAt promisedBy } }
    userErrors { code message path }
  }
}
"""
REPORTS = "query Reports { sealedReports { id receivedOn named repeatOf noticeDueOn } }"

HANDED = "query Handed { handedReports { id receivedAt reportUpDueOn } }"

OPEN = """
mutation Open($input: OpenSealedReportInput!) {
  openSealedReport(input: $input) { content { text subjectId riskPointId } userErrors { code message path } }
}
"""
REQUEST_IDENTITY = """
mutation Ask($input: RequestIdentityInput!) {
  requestIdentity(input: $input) { openingId userErrors { code message path } }
}
"""
APPROVE_IDENTITY = """
mutation Agree($input: OpenIdentityInput!) {
  approveIdentity(input: $input) { openingId userErrors { code message path } }
}
"""
OPEN_IDENTITY = """
mutation Read($input: OpenIdentityInput!) {
  openIdentity(input: $input) { informant { name phone } userErrors { code message path } }
}
"""
DISPOSE = """
mutation Dispose($input: DisposeSealedReportInput!) {
  disposeSealedReport(input: $input) { report { disposition disposedOn } userErrors { code message path } }
}
"""
CLOSE = """
mutation Close($input: CloseSealedReportInput!) {
  closeSealedReport(input: $input) { report { outcome closedOn resultDueOn } userErrors { code message path } }
}
"""
POINT = "query Point($id: ID!) { riskPoint(id: $id) { id heightenedSince } }"
