"""GraphQL documents of the scenes that happen in case flow."""

ERRORS = "userErrors { code message path }"

PUBLISH = f"mutation Publish($input: PublishItemInput!) {{ publishItem(input: $input) {{ item {{ code version }} {ERRORS} }} }}"

ACCEPT = f"""
mutation Accept($input: AcceptMatterInput!) {{
  acceptMatter(input: $input) {{
    matter {{ id receiptNo dueOn deadline {{ dueOn }} clocks {{ clock event dueOn }} }}
    receiptNo receiptCode {ERRORS}
  }}
}}
"""
HELD = "... on Hold { id code holdState: state grade allowedWays message(lang: EN) }"

ADVANCE = f"""
mutation Advance($input: AdvanceMatterInput!) {{
  advanceMatter(input: $input) {{
    result {{ __typename ... on Matter {{ id state unit {{ id }} step {{ code }} }} {HELD} }}
    waitingFor {{ id }} {ERRORS}
  }}
}}
"""
DECIDE = f"""
mutation Decide($input: DecideMatterInput!) {{
  decideMatter(input: $input) {{
    result {{ __typename ... on Matter {{ id state closedOn lateWorkingDays }} {HELD} }} {ERRORS}
  }}
}}
"""
CO_SIGN = f"mutation Sign($input: CoSignStepInput!) {{ coSignStep(input: $input) {{ waitingFor {{ id }} {ERRORS} }} }}"

ASSIGN = f"mutation Assign($input: AssignWorkInput!) {{ assignWork(input: $input) {{ matter {{ id }} {ERRORS} }} }}"

TRANSFER = f"mutation Send($input: TransferMatterInput!) {{ transferMatter(input: $input) {{ slipId matter {{ id }} {ERRORS} }} }}"

ACKNOWLEDGE_SLIP = f"""
mutation Receive($input: AcknowledgeTransferInput!) {{ acknowledgeTransfer(input: $input) {{ matter {{ id }} {ERRORS} }} }}
"""
MATTER = """
query Matter($id: ID!) {
  matter(id: $id) {
    state dueOn closedOn lateWorkingDays
    custody { unit { id } inTransit inTransitTo { id } }
    slips { id dueOn acknowledgedAt }
    withExtension { extensionDays dueOn }
    steps { step on inBudget signers { id } }
  }
}
"""
STATUS = """
query Status($receiptNo: String!, $code: String!) {
  matterByReceipt(receiptNo: $receiptNo, code: $code) { state outcome closedOn late reason }
}
"""
ALERTS = """
query Alerts($filter: AlertFilter) {
  alerts(filter: $filter, first: 100) {
    nodes { id kind phase grade state raisedAt verifyDue acknowledgeDue verifier { id } }
    totals { phase total visible suppressed }
  }
}
"""
TAKE_NOTE = f"mutation Note($input: AcknowledgeAlertInput!) {{ acknowledgeAlert(input: $input) {{ alert {{ state }} {ERRORS} }} }}"

RESOLVE = f"""
mutation Resolve($input: ResolveAlertInput!) {{
  resolveAlert(input: $input) {{
    alert {{ state verdict }} incident {{ id kind lateWorkingDays withExtension {{ dueOn }} }} {ERRORS}
  }}
}}
"""
PROPOSE = f"mutation Propose($input: ProposeInquiryInput!) {{ proposeInquiry(input: $input) {{ inquiry {{ id state }} {ERRORS} }} }}"

OPEN_INQUIRY = f"""
mutation Open($input: OpenInquiryInput!) {{
  openInquiry(input: $input) {{ inquiry {{ id number respondents {{ person {{ id }} }} }} {ERRORS} }}
}}
"""
SERVE = f"""
mutation Serve($input: ServeInquiryNoticeInput!) {{
  serveInquiryNotice(input: $input) {{ inquiry {{ defenceDueOn }} {ERRORS} }}
}}
"""
DEFEND = f"mutation Defend($input: StateDefenceInput!) {{ stateDefence(input: $input) {{ inquiry {{ id }} {ERRORS} }} }}"

HEARING = f"""
mutation Hearing($input: HoldHearingInput!) {{
  holdHearing(input: $input) {{ inquiry {{ quorum panel {{ person {{ id }} recused present }} }} {ERRORS} }}
}}
"""
VOTE = f"mutation Vote($input: CastRollCallVoteInput!) {{ castRollCallVote(input: $input) {{ inquiry {{ state }} {ERRORS} }} }}"

DECIDE_INQUIRY = f"""
mutation DecideInquiry($input: DecideInquiryInput!) {{
  decideInquiry(input: $input) {{
    inquiry {{ carried appealUntil publicationScope respondents {{ person {{ id }} part form }} }} {ERRORS}
  }}
}}
"""
TOTALS = "query Totals($id: ID!) { inquiry(id: $id) { totals { votesFor votesAgainst abstained } } }"

ORDER = f"""
mutation Order($input: IssueRectificationInput!) {{
  issueRectification(input: $input) {{ order {{ id dueOn unit {{ id }} }} {ERRORS} }}
}}
"""
TAKE_ON = f"mutation Take($input: TakeOnRectificationInput!) {{ takeOnRectification(input: $input) {{ order {{ state }} {ERRORS} }} }}"

SUBMIT = f"mutation Submit($input: SubmitRectificationInput!) {{ submitRectification(input: $input) {{ order {{ state }} {ERRORS} }} }}"

ACCEPT_ORDER = f"mutation Check($input: AcceptRectificationInput!) {{ acceptRectification(input: $input) {{ order {{ state }} {ERRORS} }} }}"

CORRECT = f"""
mutation Correct($input: CorrectHoldInput!) {{
  correctHold(input: $input) {{ hold {{ id state }} stillHeldBy {{ code }} {ERRORS} }}
}}
"""
ABANDON = f"mutation Abandon($input: AbandonHoldInput!) {{ abandonHold(input: $input) {{ hold {{ state }} {ERRORS} }} }}"

DEPARTURE = f"mutation Depart($input: RequestDepartureInput!) {{ requestDeparture(input: $input) {{ hold {{ state }} {ERRORS} }} }}"

HEARING_NOTICE = f"""
mutation Notice($input: ServeHearingNoticeInput!) {{
  serveHearingNotice(input: $input) {{ notice {{ requestUntil decideBy }} {ERRORS} }}
}}
"""
ISSUE = f"mutation Print($input: IssueDecisionInput!) {{ issueDecision(input: $input) {{ document {{ number signers {{ id }} }} {ERRORS} }} }}"

HOLD = "query Hold($id: ID!) { hold(id: $id) { id code state } }"

TIER = """
query Tier($point: String!, $facts: PenaltyFactsInput!) {
  penaltyTier(violationPoint: $point, facts: $facts) { code daysLate minFen maxFen }
}
"""
SECOND_REVIEWS = (
    "query Second($point: ID!) { secondReviews(pointId: $point, first: 100) { nodes { matterId } } }"
)

APPROVALS = "query Passed($point: ID!) { approvalsAtStep(pointId: $point) { receiptNo step signers { id } } }"
