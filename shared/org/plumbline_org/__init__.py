"""The directory as every service sees it: a replica of its events, and the rules that need nothing else."""

from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_org.model import Org
from plumbline_org.oversight import Line, Reason, oversight
from plumbline_org.principal import org_principal
from plumbline_org.replica import ORG_MIGRATIONS, ORG_SUBSCRIPTIONS
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org

__all__ = [
    "ORG_MIGRATIONS",
    "ORG_SUBSCRIPTIONS",
    "Line",
    "Org",
    "Reason",
    "RiskCategory",
    "RiskGrade",
    "Role",
    "load_org",
    "org_principal",
    "oversight",
]
