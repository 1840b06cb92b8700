"""What belongs to the whole company: the allowance for bad weather, shared out, and rates of the funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cae_core import Ruleset
from cae_core.calendar import Month
from cae_core.errors import UnknownNameError
from cae_core.money import divide_half_up, split

__all__ = ["holiday_fund_ppm", "weather_allowance_shares"]

#: The published rates, by fund; every fund tells its members its own.
_FUNDS: Mapping[str, str] = {"nord-ouest": "btp_holiday_fund_north_west_rate"}
#: A campaign starts in April.
_FIRST_MONTH = 4


def holiday_fund_ppm(rules: Ruleset, fund: str, month: Month | str) -> int:
    """Return the published rate of a holiday fund, in millionths: the fact ``btp_holiday_fund_ppm``.

    Raises:
        UnknownNameError: no published rate of this fund is known; ask the fund.
        LawNotKnownError: its rate in that month is not known.
    """
    if fund not in _FUNDS:
        raise UnknownNameError("holiday fund with a known rate", fund, sorted(_FUNDS))
    day = (month if isinstance(month, Month) else Month.parse(month)).first_day
    value = rules.legislation.parameter(_FUNDS[fund]).on(day).value
    assert isinstance(value, int)  # a percentage
    return value


def weather_allowance_shares(
    rules: Ruleset, month: Month | str, gross_pays_cents: Sequence[int]
) -> tuple[int, ...]:
    """Share the company's allowance of a month between its building workers, in proportion to their pay.

    The twelve months of a campaign, from April to March, add up to the allowance of the year to the cent. The
    law has one allowance for the company; how a cooperative shares it out is its own choice, and this is one.

    Args:
        rules: a ruleset with the variant ``fr-btp``.
        month: the month.
        gross_pays_cents: gross pay of each person in the month, in cents; not all zero.

    Returns:
        The fact ``btp_weather_allowance_cents`` of each, in the same order.

    Raises:
        AmountError: nobody is paid.
        LawNotKnownError: the allowance of that month is not known.

    Law:
        Code du travail, art. D5424-36.
    """
    paid = month if isinstance(month, Month) else Month.parse(month)
    allowance = rules.legislation.parameter("btp_weather_allowance").on(paid.first_day).value
    assert isinstance(allowance, int)  # an amount
    rank = (paid.number - _FIRST_MONTH) % 12
    of_month = divide_half_up(allowance * (rank + 1), 12) - divide_half_up(allowance * rank, 12)
    return split(of_month, gross_pays_cents)
