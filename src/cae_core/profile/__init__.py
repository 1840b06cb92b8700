"""A cooperative described in one file: its fee, its fixed part, its capital, and what it does not publish."""

from cae_core.profile.activity import activity_months, spread
from cae_core.profile.cooperative_profile import CooperativeProfile, ProfileScale
from cae_core.profile.examples import Disagreement, ExampleCheck, check_example, inconsistencies
from cae_core.profile.fee_year import FeeShare, FeeYear, OtherCharge, fee_years
from cae_core.profile.published import PublishedExample
from cae_core.profile.reader import profile_from_mapping, read_profile
from cae_core.profile.terms import (
    CapeTerms,
    CapitalTerms,
    Confidence,
    FeeContract,
    Reading,
    RecurringCharge,
    Remark,
    Source,
)

__all__ = [
    "CapeTerms",
    "CapitalTerms",
    "Confidence",
    "CooperativeProfile",
    "Disagreement",
    "ExampleCheck",
    "FeeContract",
    "FeeShare",
    "FeeYear",
    "OtherCharge",
    "ProfileScale",
    "PublishedExample",
    "Reading",
    "RecurringCharge",
    "Remark",
    "Source",
    "activity_months",
    "check_example",
    "fee_years",
    "inconsistencies",
    "profile_from_mapping",
    "read_profile",
    "spread",
]
