"""Two hands for a rule (SoD-6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.four_eyes import AuthorApproves, check_approver


@given(st.text(max_size=2), st.text(max_size=2))
def test_only_the_author_is_refused(author: str, approver: str) -> None:
    if author == approver:
        with pytest.raises(AuthorApproves, match="another officer"):
            check_approver(author, approver, "another officer approves")
    else:
        check_approver(author, approver)
