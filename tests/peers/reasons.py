"""Why a peer's payslip differs from ours: each reason is a claim about the peer that can be checked.

A reason does not excuse a line, it predicts a figure. It says which number the peer holds instead of the
law's (``law``), or what it adds and leaves out (``then``). All the reasons that apply to a case make one
model of the peer, and a gap is explained only where the peer's figure is the model's, to the cent. A peer
that was corrected no longer follows its model, and the comparison fails too: the table cannot rot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import attrs
from cases import Case
from figures import Figures

from cae_core import Payslip, Ruleset

__all__ = ["MODELE_SOCIAL", "OPENFISCA", "REASONS", "Reason"]

OPENFISCA = "openfisca-france"
MODELE_SOCIAL = "modele-social"

Values = Mapping[str, Any]


@attrs.frozen(kw_only=True)
class Reason:
    """A known difference of one peer.

    Attributes:
        code: a name for reports.
        engine: the peer.
        figures: the lines and totals where it starts; other totals follow.
        period: the months, in words; likewise ``population``.
        applies: whether the peer's figures of a case are concerned, under the law of its month.
        law: the values that the peer holds instead of the law's.
        then: what the peer does otherwise with the figures of the payslip, in place.
        last: whether ``then`` comes after the tax was withheld on the taxable net of the peer.
        what: the difference, in one sentence.
        text: the dated legal text that settles it.
        right: who is right.
    """

    code: str
    engine: str
    figures: tuple[str, ...]
    period: str
    population: str
    applies: Callable[[Case, Values], bool]
    law: Callable[[Case, Values, Ruleset], Mapping[str, Any]] | None = None
    then: Callable[[Payslip, Figures], None] | None = None
    last: bool = False
    what: str
    text: str
    right: str = "cae_core"


def _everywhere(case: Case, values: Values) -> bool:
    return True


def _executives(case: Case, values: Values) -> bool:
    return case.executive


# --- openfisca-france ---------------------------------------------------------------------------------------


def _from_2024_07(case: Case, values: Values) -> bool:
    return case.month >= "2024-07"


def _in_2019(case: Case, values: Values) -> bool:
    return case.month.startswith("2019")


def _one_step(case: Case, values: Values, rules: Ruleset) -> Mapping[str, Any]:
    """T with unemployment insurance from January on, in one coefficient."""
    return {
        "general_reduction_maximum_small": 3_214,
        "general_reduction_maximum_large": 3_254,
        "general_reduction_unemployment_maximum": 0,
    }


def _february(case: Case, values: Values) -> bool:
    return case.month.endswith("-02")


def _thirtieths(case: Case, values: Values, rules: Ruleset) -> Mapping[str, Any]:
    """The ceiling of February in thirtieths of a month; whole cents, as ceilings are multiples of 30 cents."""
    ceiling = values["social_security_ceiling_monthly"] * values["days_in_month"]
    return {"social_security_ceiling_monthly": round(Fraction(ceiling, 30))}


def _without_death_cover(slip: Payslip, figures: Figures) -> None:
    """CSG and CRDS on a base without the death cover, line by line."""
    values = slip.law.values
    base = slip.line("csg_deductible").base_cents - figures["provident_executive.employer"]
    deductible = base * values["csg_deductible_rate"] / 10**6
    other = base * (values["csg_non_deductible_rate"] + values["crds_rate"]) / 10**6
    less_deductible = figures["csg_deductible.employee"] - deductible
    less_other = figures["csg_crds_non_deductible.employee"] - other
    figures["csg_deductible.employee"] = deductible
    figures["csg_crds_non_deductible.employee"] = other
    figures["employee_contributions"] -= less_deductible + less_other
    figures["net_before_tax"] += less_deductible + less_other
    figures["taxable_net"] += less_deductible


def _without_employer_health(slip: Payslip, figures: Figures) -> None:
    figures["taxable_net"] -= figures["health_cover.employer"]


# --- modele-social ------------------------------------------------------------------------------------------


def _in_2020(case: Case, values: Values) -> bool:
    return case.month.startswith("2020")


def _without_2020(case: Case, values: Values, rules: Ruleset) -> Mapping[str, Any]:
    """No minimum wage, hence no reduction, and the neutral rates of the next year."""
    return {
        "general_reduction_maximum_small": 0,
        "general_reduction_maximum_large": 0,
        "withholding_neutral_scale": rules.month_law("2021-01").values["withholding_neutral_scale"],
    }


def _before_2023_05(case: Case, values: Values) -> bool:
    return case.month < "2023-05"


def _wage_of_2023_12_31(case: Case, values: Values, rules: Ruleset) -> Mapping[str, Any]:
    return {"reduced_rates_minimum_wage_hourly": 1152}


def _not_frozen(case: Case, values: Values) -> bool:
    return bool(values["general_reduction_minimum_wage_hourly"] != values["minimum_wage_hourly"])


def _current_minimum_wage(case: Case, values: Values, rules: Ruleset) -> Mapping[str, Any]:
    return {"general_reduction_minimum_wage_hourly": values["minimum_wage_hourly"]}


def _at_threshold(multiple: str) -> Callable[[Case, Values], bool]:
    def applies(case: Case, values: Values) -> bool:
        if multiple not in values or case.equivalent_hours:
            return False
        wage = values["reduced_rates_minimum_wage_hourly"] * values["full_time_hours_yearly"]
        return bool(case.gross_cents * 120_000 == values[multiple] * wage)

    return applies


def _just_below(multiple: str) -> Callable[[Case, Values, Ruleset], Mapping[str, Any]]:
    """« Under » instead of « at most »: the same as any lower threshold, for a pay at the threshold."""

    def law(case: Case, values: Values, rules: Ruleset) -> Mapping[str, Any]:
        return {multiple: values[multiple] - 1}

    return law


def _with_death_cover(slip: Payslip, figures: Figures) -> None:
    figures["taxable_net"] += figures["provident_executive.employer"]


def _before_the_grid(case: Case, values: Values) -> bool:
    return "2026-01" <= case.month < "2026-05"


def _grid_of_may(case: Case, values: Values, rules: Ruleset) -> Mapping[str, Any]:
    return {"withholding_neutral_scale": rules.month_law("2026-05").values["withholding_neutral_scale"]}


def _whole_euros_a_year(slip: Payslip, figures: Figures) -> None:
    """The tax of twelve such months to the euro, a twelfth of it taken back."""
    yearly_euros = 12 * figures["taxable_net"] * figures["withholding_rate"] / 10**8
    figures["net_paid"] = figures["net_before_tax"] - Fraction(round(yearly_euros) * 100, 12)


REASONS: tuple[Reason, ...] = (
    Reason(
        code="ags-rate",
        engine=OPENFISCA,
        figures=("ags.employer",),
        period="since 2024-07",
        population="everybody",
        applies=_from_2024_07,
        law=lambda case, values, rules: {"ags_rate": 2_000},
        what="the wage guarantee (AGS) is still charged at 0.20 %",
        text="0.25 % from 1 July 2024: board of the AGS, June 2024, kept on 26 June and 16 December 2025; "
        "C. trav. art. L3253-18",
    ),
    Reason(
        code="one-step-2019",
        engine=OPENFISCA,
        figures=("general_reduction.employer",),
        period="2019-01 to 2019-12",
        population="pay under 1.6 minimum wages; from October, where the two coefficients round otherwise than one",
        applies=_in_2019,
        law=_one_step,
        what="the maximum of the reduction is 0.3214 (0.3254 from 20 people) in all of 2019, in one coefficient",
        text="Loi n° 2018-1203 art. 8, IX and décret n° 2018-1356 of 28 December 2018, art. 4: 0.2809 (0.2849) on "
        "the pay of the year, and an increase of 0.0405 on the pay from 1 October 2019",
    ),
    Reason(
        code="february-ceiling",
        engine=OPENFISCA,
        figures=(
            "old_age_capped.employee",
            "old_age_capped.employer",
            "agirc_arrco.employee",
            "agirc_arrco.employer",
            "ceg.employee",
            "ceg.employer",
            "cet.employee",
            "cet.employer",
            "fnal.employer",
            "provident_executive.employer",
            "unemployment.employer",
            "ags.employer",
            "apec.employee",
            "apec.employer",
            "forfait_social.employer",
            "csg_deductible.employee",
            "csg_crds_non_deductible.employee",
        ),
        period="every February",
        population="pay above 28/30 (29/30 in 2020 and 2024) of the ceiling",
        applies=_february,
        law=_thirtieths,
        what="a whole February has 28 or 29 thirtieths of the ceiling",
        text="CSS art. R242-2 (décret n° 2017-858 of 9 May 2017, in force on 1 January 2018): the ceiling is "
        "reduced for incomplete months alone, by calendar days of the month",
    ),
    Reason(
        code="hours-151.67",
        engine=OPENFISCA,
        figures=("general_reduction.employer", "health.employer", "family.employer"),
        period="2019-01 to 2026-07; health and family until 2025-12",
        population="pay where the fourth decimal of the coefficient flips, or within 0.14 € above a threshold",
        applies=_everywhere,
        law=lambda case, values, rules: {"full_time_hours_yearly": 12 * values["full_time_hours_monthly"]},
        what="the minimum wage of the month counts 151.67 hours instead of 1,820 / 12",
        text="CSS art. D241-7 (décret n° 2025-887 of 4 September 2025 for 2026): the yearly minimum wage is "
        "1,820 hours; BOSS writes 151.67 for a month, the yearly formula settles",
        right="cae_core; the peer's rounding is that of the BOSS",
    ),
    Reason(
        code="csg-death-cover",
        engine=OPENFISCA,
        figures=("csg_deductible.employee", "csg_crds_non_deductible.employee"),
        period="2019-01 to 2026-07",
        population="executives",
        applies=_executives,
        then=_without_death_cover,
        what="the death cover of executives, paid by the employer, is left out of the CSG and CRDS base",
        text="CSS art. L136-1-1 and L242-1, II, 4° (in force since 2018): employer shares of provident cover "
        "are in the base, without abatement",
    ),
    Reason(
        code="taxable-health-cover",
        engine=OPENFISCA,
        figures=("taxable_net",),
        period="2019-01 to 2026-07",
        population="everybody with a health cover",
        applies=_everywhere,
        then=_without_employer_health,
        what="the employer share of the health cover is not added to the taxable net",
        text="CGI art. 83, 1° quater (loi n° 2013-1278 of 29 December 2013, art. 4)",
    ),
    Reason(
        code="unknown-2020",
        engine=MODELE_SOCIAL,
        figures=("general_reduction.employer", "withholding_rate", "net_paid"),
        period="2020",
        population="pay under 1.6 minimum wages; taxable net between the starts of a bracket in 2020 and in 2021",
        applies=_in_2020,
        law=_without_2020,
        what="the release has neither the minimum wage of 2020, hence no reduction, nor its neutral rates, for which "
        "it takes those of 2021",
        text="Décret n° 2019-1387 of 18 December 2019: 10.15 € an hour; loi n° 2019-1479 (LF 2020) art. 2; CGI art. "
        "204 H, III",
        right="cae_core; the release does not claim to know 2020",
    ),
    Reason(
        code="threshold-frozen-too-early",
        engine=MODELE_SOCIAL,
        figures=("health.employer", "family.employer"),
        period="until 2023-04",
        population="pay above the thresholds of the month, up to 4,368.00 € (health) or 6,115.20 € (family)",
        applies=_before_2023_05,
        law=_wage_of_2023_12_31,
        what="the thresholds of the reduced rates are those of the minimum wage of 31 December 2023 in every "
        "earlier month",
        text="CSS art. L241-2-1 and L241-6-1, until 31 December 2023: 2.5 and 3.5 times the minimum wage in force; "
        "décret n° 2023-1329 of 29 December 2023 freezes it from 1 January 2024",
    ),
    Reason(
        code="unfrozen-minimum-wage",
        engine=MODELE_SOCIAL,
        figures=("general_reduction.employer",),
        period="since 2026-06",
        population="pay under three minimum wages",
        applies=_not_frozen,
        law=_current_minimum_wage,
        what="the general reduction counts the minimum wage of June 2026 (12.31) instead of that of January",
        text="Décret n° 2026-509 of 12 June 2026: 12.02 for all of 2026; corrected upstream after 11.1.0",
    ),
    Reason(
        code="strict-health-threshold",
        engine=MODELE_SOCIAL,
        figures=("health.employer",),
        period="2023-05 to 2025-12",
        population="pay equal to the threshold (4,368.00 € in 2023 and 2024, 4,054.05 € in 2025)",
        applies=_at_threshold("health_reduced_rate_multiple"),
        law=_just_below("health_reduced_rate_multiple"),
        what="the reduced health rate stops just under the threshold instead of at it",
        text="CSS art. L241-2-1, until 31 December 2025: pay that « n'excède pas » the threshold; "
        "décrets n° 2023-1329 of 29 December 2023 and n° 2025-318 of 4 April 2025",
    ),
    Reason(
        code="strict-family-threshold",
        engine=MODELE_SOCIAL,
        figures=("family.employer",),
        period="2023-05 to 2025-12",
        population="pay equal to the threshold (6,115.20 € in 2023 and 2024, 5,945.94 € in 2025)",
        applies=_at_threshold("family_reduced_rate_multiple"),
        law=_just_below("family_reduced_rate_multiple"),
        what="the reduced family rate stops just under the threshold instead of at it",
        text="CSS art. L241-6-1, until 31 December 2025: pay that « n'excède pas » the threshold; "
        "décrets n° 2023-1329 of 29 December 2023 and n° 2025-318 of 4 April 2025",
    ),
    Reason(
        code="taxable-death-cover",
        engine=MODELE_SOCIAL,
        figures=("taxable_net",),
        period="2020-03 to 2026-07",
        population="executives",
        applies=_executives,
        then=_with_death_cover,
        what="the death cover of executives is added to the taxable net",
        text="CGI art. 83, 1° quater (loi n° 2013-1278 of 29 December 2013, art. 4): the employer share of "
        "the health cover alone is taxable",
    ),
    Reason(
        code="neutral-scale-too-early",
        engine=MODELE_SOCIAL,
        figures=("withholding_rate", "net_paid"),
        period="2026-01 to 2026-04",
        population="taxable net between the old and the new start of a bracket",
        applies=_before_the_grid,
        law=_grid_of_may,
        what="the neutral rates of 2026 are applied from January instead of May",
        text="Loi n° 2026-103 of 19 February 2026; CGI art. 204 H, III: from the first day of the third "
        "month after the finance act, 1 May 2026",
    ),
    Reason(
        code="yearly-tax-to-the-euro",
        engine=MODELE_SOCIAL,
        figures=("net_paid",),
        period="2020-03 to 2026-07",
        population="taxable net above the first bracket",
        applies=_everywhere,
        then=_whole_euros_a_year,
        last=True,
        what="the tax withheld is a twelfth of a yearly amount rounded to the euro",
        text="CGI art. 204 A and 204 H, III (in force since 1 January 2019): the rate applies to the taxable "
        "net of the month, to the cent on the payslip",
        right="cae_core; the peer estimates a year",
    ),
)
