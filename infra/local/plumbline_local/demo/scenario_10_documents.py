"""GraphQL documents of the service hall's scenes."""

from plumbline_local.demo.case_documents import ERRORS

FORM = f"mutation Form($input: PublishFormInput!) {{ publishForm(input: $input) {{ form {ERRORS} }} }}"

WINDOWS = (
    f"mutation Windows($input: SetUpWindowsInput!) {{ setUpWindows(input: $input) {{ windows {ERRORS} }} }}"
)

QUEUE = f"mutation Queue($input: ReportQueueInput!) {{ reportQueue(input: $input) {{ proposal {{ id windows queue waiting threshold }} {ERRORS} }} }}"

CALL_TICKET = f"mutation Call($input: CallTicketInput!) {{ callTicket(input: $input) {{ window {ERRORS} }} }}"
SWITCH = f"mutation Switch($input: DecideSwitchInput!) {{ decideSwitch(input: $input) {{ proposal {{ decision decidedBy {{ id }} }} {ERRORS} }} }}"

SWITCHES = "query Log { windowSwitches { window fromClass toClass at by } }"

BOARD = "query Board($at: DateTime) { hallWindows(asOf: $at) { code home serves flexible } }"

_LOOKED = f"preReview {{ id missing {{ part code }} notice {{ zh en }} visits {{ missing {{ code }} }} }} receiptNo receiptCode {ERRORS}"

PRE_REVIEW = f"mutation Look($input: PreReviewApplicationInput!) {{ preReviewApplication(input: $input) {{ {_LOOKED} }} }}"

AGAIN = f"mutation Again($input: PresentAgainInput!) {{ presentAgain(input: $input) {{ {_LOOKED} }} }}"

STATUS = """
query Status($receiptNo: String!, $code: String!) {
  matterByReceipt(receiptNo: $receiptNo, code: $code) { state outcome stage { en } responsibleUnit dueOn missing notice { zh } }
}
"""
MATTER = """
query Matter($id: ID!) {
  matter(id: $id) {
    state outcome dueOn closedOn lateWorkingDays handlers { id } clocks { clock event dueOn }
    signOffRoute { person { id } refusal } path { steps handOvers visits elapsed }
  }
}
"""
