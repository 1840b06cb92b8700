"""The rights of a salaried entrepreneur in France: what she is covered for, from her real pay.

She is an employee of the general regime for every branch (C. trav. art. L7332-2): nothing in the code of
social security excludes her or treats her apart. What is peculiar is her pay, which follows her turnover,
and her hours, which a convention gives.
"""

from cae_core.france.protection.birth_leave import SUPPLEMENTARY_BIRTH
from cae_core.france.protection.childcare import CHILDCARE
from cae_core.france.protection.collective_cover import GUARANTEE, HEALTH, PORTABILITY, PROVIDENT
from cae_core.france.protection.invalidity_death import DEATH, INVALIDITY
from cae_core.france.protection.paid_leave import PAID_LEAVE
from cae_core.france.protection.parents import ADOPTION, MATERNITY, PATERNITY
from cae_core.france.protection.retirement import POINTS, QUARTERS
from cae_core.france.protection.sickness import LONG_SICKNESS, SICKNESS
from cae_core.france.protection.supplement import SUPPLEMENT
from cae_core.france.protection.support_contract import SUPPORT
from cae_core.france.protection.training_account import TRAINING
from cae_core.france.protection.work_accident import ACCIDENT

__all__ = ["ENTITLEMENTS"]

#: Every right, in the order it is shown.
ENTITLEMENTS = (
    SICKNESS,
    LONG_SICKNESS,
    CHILDCARE,
    SUPPLEMENT,
    MATERNITY,
    PATERNITY,
    ADOPTION,
    SUPPLEMENTARY_BIRTH,
    ACCIDENT,
    INVALIDITY,
    DEATH,
    QUARTERS,
    POINTS,
    PAID_LEAVE,
    TRAINING,
    HEALTH,
    PROVIDENT,
    PORTABILITY,
    GUARANTEE,
    SUPPORT,
)
