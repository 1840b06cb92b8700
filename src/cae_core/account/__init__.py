"""The activity account (compte d'activité): entries, statement, cooperative fee, joint activities."""

from cae_core.account.csv_entries import read_entries, write_entries
from cae_core.account.entries import EFFECTS, Effect, Entry, EntryKind, Heading
from cae_core.account.fee_charge import FeeCharge, FeeLine, FeeLineKind, FeeState, MonthActivity
from cae_core.account.fee_scale import FeeBase, FeeBracket, FeeLimit, FeeMode, FeePeriod, FeeScale
from cae_core.account.fees import base_to_date, charge_month, fee_for
from cae_core.account.joint import JointActivity, JointShare, cumulated_parts
from cae_core.account.ledger import ActivityAccount, Period, Posting
from cae_core.account.statement import (
    ActivityStatement,
    AvailabilityPolicy,
    StatementDetail,
    StatementLine,
)

__all__ = [
    "EFFECTS",
    "ActivityAccount",
    "ActivityStatement",
    "AvailabilityPolicy",
    "Effect",
    "Entry",
    "EntryKind",
    "FeeBase",
    "FeeBracket",
    "FeeCharge",
    "FeeLimit",
    "FeeLine",
    "FeeLineKind",
    "FeeMode",
    "FeePeriod",
    "FeeScale",
    "FeeState",
    "Heading",
    "JointActivity",
    "JointShare",
    "MonthActivity",
    "Period",
    "Posting",
    "StatementDetail",
    "StatementLine",
    "base_to_date",
    "charge_month",
    "cumulated_parts",
    "fee_for",
    "read_entries",
    "write_entries",
]
