"""What a year gives for retirement: quarters of the basic pension, points of the supplementary one."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.errors import InputError
from cae_core.france.protection.common import HUNDREDTHS, ceiling_yearly, css, figure
from cae_core.france.protection.open_points import (
    MATERNITY_QUARTER_BY_DAYS,
    NO_MONTHLY_LIMIT,
    POINTS_OF_THE_YEAR,
    YEAR_NOT_OVER,
)
from cae_core.law import Citation
from cae_core.money import MILLION, Lane, divide_half_up, format_decimal, least
from cae_core.protection import Amount, Case, Entitlement, Finding, MonthKind, Nearest, Person, StoppageKind
from cae_core.reasons import Reason

__all__ = ["YearOfLife", "free_points", "points_of_pay", "quarters_of_pay"]

_SICK = (StoppageKind.SICKNESS, StoppageKind.LONG_ILLNESS, StoppageKind.WORK_ACCIDENT)
_BIRTH = (StoppageKind.MATERNITY, StoppageKind.ADOPTION)
#: A point has two decimals, its price four.
_POINT = 10**4


@attrs.frozen(kw_only=True)
class YearOfLife:
    """What a civil year held beside pay. Without it, the stoppages of the history say it.

    Attributes:
        sick_days: days of sickness or accident benefits paid.
        birth_days: days of maternity or adoption benefits paid.
        unemployed_days: days of unemployment benefit paid.
        partial_activity_hours_hundredths: hours of partial activity paid.
        longest_stoppage_days: the longest stoppage in a row, in days.
        points_before_hundredths: points of the year before, for the free points.
    """

    sick_days: int | None = None
    birth_days: int | None = None
    unemployed_days: int | None = None
    partial_activity_hours_hundredths: int = 0
    longest_stoppage_days: int | None = None
    points_before_hundredths: int | None = None

    def __attrs_post_init__(self) -> None:
        for field in attrs.fields(type(self)):
            value = getattr(self, field.name)
            if value is not None and (type(value) is not int or value < 0):
                raise InputError(field.name, f"expected a whole number, zero or more, got {value!r}")


def quarters_of_pay(case: Case, gross_cents: Lane) -> Lane:
    """Return how many quarters the pay of the year of the day gives.

    Law:
        Code de la sécurité sociale, art. R351-9: pay up to the yearly ceiling, over 150 hourly minimum wages
        of 1 January, four at most.
    """
    one = _one_quarter(case)
    counted = least(gross_cents, ceiling_yearly(case, case.on))
    return least(counted // one, case.count("quarters_maximum"))


def _one_quarter(case: Case) -> int:
    january = dt.date(case.on.year, 1, 1)
    wage = case.value("minimum_wage_hourly", january)
    return case.value("quarter_minimum_wages", january) * wage // HUNDREDTHS


def _days(case: Case, *kinds: StoppageKind) -> int:
    year = case.history.year(case.on.year)
    return sum(case.history.stopped_days(month, *kinds) for month in year.first.through(year.last))


def _assimilated(case: Case, life: YearOfLife) -> list[Amount]:
    """Return the quarters that each event of the year gives."""

    def given(days: int | None, *kinds: StoppageKind) -> int:
        return _days(case, *kinds) if days is None else days

    units = [
        ("sickness_days", given(life.sick_days, *_SICK), "maladie ou accident", "sickness or accident"),
        ("maternity_days", given(life.birth_days, *_BIRTH), "maternité ou adoption", "maternity or adoption"),
        (
            "unemployment_days",
            given(life.unemployed_days, StoppageKind.UNEMPLOYMENT),
            "chômage",
            "unemployment",
        ),
        (
            "partial_activity_hours",
            life.partial_activity_hours_hundredths,
            "activité partielle",
            "partial activity",
        ),
    ]
    # What started within the year counts in it: partial activity did in March 2020.
    last = min(dt.date(case.on.year, 12, 31), case.law.parameter("assimilated_sickness_days").known_until)
    found = []
    for name, lived, french, english in units:
        if lived and case.in_force(f"assimilated_{name}", last):
            quarters = lived // case.value(f"assimilated_{name}", last)
            code = f"quarters_of_{name.rpartition('_')[0]}"
            found.append(figure(code, f"trimestres : {french}", f"quarters: {english}", quarters, "quarters"))
    return [amount for amount in found if amount.value]


def _quarters(case: Case) -> Finding:
    year = case.history.year(case.on.year)
    gross = year.gross_pay_cents
    one, most = _one_quarter(case), case.count("quarters_maximum")
    by_pay = quarters_of_pay(case, gross)
    further = _assimilated(case, case.fact(YearOfLife))
    total = min(by_pay + sum(amount.value for amount in further), most)
    wanted = one * min(by_pay + 1, most)
    reasons = [
        Reason(
            code="quarter",
            met=total > 0,
            french=f"un trimestre par {format_decimal(one, 2)} € de brut dans l'année",
            english=f"a quarter for each €{format_decimal(one, 2, 'en')} of gross pay in the year",
            citations=(case.citation("quarter_minimum_wages"),),
            found=gross,
            wanted=one,
            unit="cents",
        ),
        Reason(
            code="full_year",
            met=total == most,
            french=f"{total} trimestres sur {most}",
            english=f"{total} quarters of {most}",
            citations=(css("R351-9"),),
            found=total,
            wanted=most,
            unit="quarters",
        ),
    ]
    amounts = [
        figure("quarters", "trimestres de l'année", "quarters of the year", total, "quarters"),
        figure("quarters_of_pay", "trimestres par la paie", "quarters of pay", by_pay, "quarters"),
        *further,
        figure("one_quarter", "brut d'un trimestre", "gross pay of a quarter", one),
    ]
    last = dt.date(case.on.year, 12, 31)
    nearest = None
    if total < most:
        nearest = Nearest(
            code="full_year", missing=wanted - gross, unit="cents", by_on=last,
            french="de brut pour un trimestre de plus", english="of gross pay for one more quarter",
        )  # fmt: skip
    return case.finding(
        total > 0,
        reasons=reasons,
        amounts=amounts,
        assumptions=(NO_MONTHLY_LIMIT, MATERNITY_QUARTER_BY_DAYS, *([YEAR_NOT_OVER] if year.missing else [])),
        nearest=nearest,
    )


def _quarters_columns(case: Case) -> dict[str, Lane]:
    """Return the quarters of pay alone: stoppages are one person's."""
    return {"quarters": quarters_of_pay(case, case.history.year(case.on.year).gross_pay_cents)}


def points_of_pay(case: Case, gross_cents: int) -> int:
    """Return the points of the supplementary pension that the pay of a year gives, in hundredths.

    Law:
        ANI du 17 novembre 2017: pay of each bracket × its rate ÷ price of the point; the call rate gives
        none.
    """
    january = dt.date(case.on.year, 1, 1)
    ceiling = ceiling_yearly(case, january)
    second_end = ceiling * case.value("bracket_2_ceilings", january) // HUNDREDTHS
    first = min(gross_cents, ceiling)
    second = max(min(gross_cents, second_end) - ceiling, 0)
    rates = case.value("points_first_rate", january), case.value("points_second_rate", january)
    price = case.value("point_purchase_price", january)
    # cents × millionths ÷ ten-thousandths of a euro, to hundredths of a point.
    points: int = divide_half_up((first * rates[0] + second * rates[1]) * _POINT, price * MILLION)
    return points


def free_points(before_hundredths: int, contributed_hundredths: int, days: int) -> int:
    """Return the points of a stoppage, in hundredths: days at the rate of the year before, up to its total.

    Law:
        Agirc-Arrco: the points of a day are those of the year before ÷ 365, to four decimals.
    """
    daily = divide_half_up(before_hundredths * 100, 365)
    computed = int(divide_half_up(daily * days, 100))
    return max(min(computed, before_hundredths - contributed_hundredths), 0)


def _points(case: Case) -> Finding:
    life, year = case.fact(YearOfLife), case.history.year(case.on.year)
    # A contract of support is not affiliated to the supplementary pension.
    gained = points_of_pay(case, year.only(MonthKind.EMPLOYMENT).gross_pay_cents)
    limit = case.value("free_points_days")
    longest = life.longest_stoppage_days if life.longest_stoppage_days is not None else _longest(case)
    reasons = [
        Reason(
            code="pay",
            met=gained > 0,
            french=f"{format_decimal(gained, 2)} points par les cotisations de l'année",
            english=f"{format_decimal(gained, 2, 'en')} points by the contributions of the year",
            citations=(case.citation("point_purchase_price", dt.date(case.on.year, 1, 1)),),
        )
    ]
    extra, missing = 0, []
    if longest:
        long_enough = longest > limit
        reasons.append(
            Reason(
                code="free_points",
                met=long_enough,
                french=f"arrêt de {longest} jours de suite, il en faut plus de {limit}",
                english=f"{longest} days off in a row, more than {limit} are needed",
                citations=(case.citation("free_points_days"),),
                found=longest,
                wanted=limit + 1,
                unit="days",
            )
        )
        before = life.points_before_hundredths
        if long_enough and before is None:
            missing.append("points_before_hundredths")
        elif long_enough and before is not None:
            extra = free_points(before, gained, longest)
    value = case.value("point_service_value")
    yearly = divide_half_up((gained + extra) * value, _POINT)
    amounts: list[Amount] = [
        figure("points", "points de l'année", "points of the year", gained + extra, "points_hundredths"),
        figure(
            "free_points",
            "dont points sans contribution",
            "of which free points",
            extra,
            "points_hundredths",
        ),
        figure(
            "pension_of_the_points",
            "pension de ces points",
            "pension of these points",
            int(yearly),
            per="year",
        ),
    ]
    return case.finding(
        gained + extra > 0,
        reasons=reasons,
        amounts=amounts,
        assumptions=(POINTS_OF_THE_YEAR, *([YEAR_NOT_OVER] if year.missing else [])),
        missing_facts=missing,
    )


def _longest(case: Case) -> int:
    """Return the longest stoppage of the history that touches the year, in days."""
    end_of_year = dt.date(case.on.year, 12, 31)
    days = [
        ((each.interval.ends_on or end_of_year) - each.interval.starts_on).days + 1
        for each in case.history.stoppages
        if each.kind in (*_SICK, *_BIRTH)
        and each.interval.starts_on <= end_of_year
        and (each.interval.ends_on or end_of_year) >= dt.date(case.on.year, 1, 1)
    ]
    return max(days, default=0)


QUARTERS = Entitlement(
    code="retirement_quarters",
    french_name="Trimestres de retraite",
    english_name="Retirement quarters",
    family="retirement",
    formula=_quarters,
    citations=(css("L351-2", "R351-9", "R351-12"),),
    assumptions=(NO_MONTHLY_LIMIT, MATERNITY_QUARTER_BY_DAYS, YEAR_NOT_OVER),
    facts=(Person, YearOfLife),
    columns=_quarters_columns,
)
POINTS = Entitlement(
    code="supplementary_pension_points",
    french_name="Points de retraite complémentaire",
    english_name="Supplementary pension points",
    family="retirement",
    formula=_points,
    citations=(Citation("ANI du 17 novembre 2017 (Agirc-Arrco)"),),
    assumptions=(POINTS_OF_THE_YEAR, YEAR_NOT_OVER),
    facts=(Person, YearOfLife),
)
