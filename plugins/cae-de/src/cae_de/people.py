"""Who a German payslip is about: the facts it asks for, the helper that finds them, what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from cae_core import PayFacts, Ruleset
from cae_core.calendar import Month, to_day
from cae_core.errors import InputError
from cae_core.law import Citation
from cae_core.money import Lane, Rate
from cae_core.payroll import FactCheck, FactSpec
from cae_core.payroll.rules import Values
from cae_de.formulas import mini_job_limit

__all__ = ["CHECKS", "FACTS", "PLACES", "given"]

#: Where the work is done, and the number that stands for it.
PLACES: Mapping[str, int] = {"west": 0, "east": 1, "saxony": 2}

FACTS = (
    FactSpec(
        name="de_place",
        french_name="lieu de travail : Ouest (0), Est (1), Saxe (2)",
        english_name="place of work: West (0), East (1), Saxony (2)",
        unit="0, 1 or 2",
        default=None,
    ),
    FactSpec(
        name="de_age",
        french_name="âge le premier jour du mois",
        english_name="age on the first day of the month",
        unit="years",
        default=None,
    ),
    FactSpec(
        name="de_children",
        french_name="enfants, quel que soit leur âge",
        english_name="children, whatever their age",
        unit="people",
        default=None,
    ),
    FactSpec(
        name="de_children_under_25",
        french_name="enfants de moins de 25 ans le premier jour du mois",
        english_name="children under 25 on the first day of the month",
        unit="people",
        default=None,
    ),
    FactSpec(
        name="de_top_up_half_ppm",
        french_name="moitié du taux supplémentaire de la caisse maladie (Zusatzbeitrag)",
        english_name="half of the top-up rate of the health fund (Zusatzbeitrag)",
        unit="millionths",
        default=None,
    ),
)

#: The age under which a child counts for the lower rate of care.
_CHILD_UNTIL = 25
_PPM_MOST = 50_000


def given(
    rules: Ruleset,
    month: Month | str,
    *,
    born_on: dt.date | str,
    children_born_on: Iterable[dt.date | str] = (),
    place: str = "west",
    fund_top_up: object = None,
) -> dict[str, int]:
    """Return the facts that a German payslip asks for, as ``PayFacts(given=…)`` takes them.

    The law counts to the end of the month in which a year of life is completed, and somebody born on the
    first completes it the day before: so what counts is the age on the first day of the month.

    Args:
        rules: a ruleset with the variant ``de``.
        month: the month paid.
        born_on: the day of birth.
        children_born_on: the days of birth of all children, grown up or not, adopted and foster ones too.
        place: where the work is done: ``"west"``, ``"east"`` (one ceiling of 2024 differs) or ``"saxony"``.
        fund_top_up: the top-up rate of the health fund in percent, such as ``"2.45"``; ``None`` is the
            average that is announced for the year, which no fund has to charge.

    Raises:
        InputError: another place, or somebody not born yet.
        LawNotKnownError: the average of the month is not known.

    Law:
        SGB XI § 55 Abs. 3; SGB V § 242; BGB § 187 Abs. 2.
    """
    paid = month if isinstance(month, Month) else Month.parse(month)
    if place not in PLACES:
        raise InputError("place", f"expected {', '.join(PLACES)}, got {place!r}")
    ages = [_age(to_day(day, "children_born_on"), paid) for day in children_born_on]
    if fund_top_up is None:
        half = rules.legislation.parameter("health_top_up_average_half_rate").on(paid.first_day).value
        assert isinstance(half, int)  # a percentage
    else:
        half, odd = divmod(Rate.percent(fund_top_up, "fund_top_up").ppm, 2)
        if odd:
            raise InputError("fund_top_up", f"expected a rate with a whole half, got {fund_top_up!r}")
    return {
        "de_place": PLACES[place],
        "de_age": _age(to_day(born_on, "born_on"), paid),
        "de_children": len(ages),
        "de_children_under_25": sum(age < _CHILD_UNTIL for age in ages),
        "de_top_up_half_ppm": half,
    }


def _age(born_on: dt.date, month: Month) -> int:
    first = month.first_day
    age = first.year - born_on.year - ((first.month, first.day) < (born_on.month, born_on.day))
    # A child of the month paid is there, though not on its first day.
    if born_on > month.last_day:
        raise InputError("born_on", f"expected a day before the end of {month}, got {born_on}")
    return max(age, 0)


def _of(facts: PayFacts, name: str) -> Lane:
    return facts.given.get(name, 0)


def _no_place(facts: PayFacts, values: Values) -> Lane:
    place = _of(facts, "de_place")
    return (place < 0) | (place > max(PLACES.values()))


def _in_saxony(facts: PayFacts, values: Values) -> Lane:
    return _of(facts, "de_place") == PLACES["saxony"]


def _mini_job(facts: PayFacts, values: Values) -> Lane:
    pay = facts.gross_pay_cents
    return (pay > 0) & (pay <= mini_job_limit(values))


def _impossible_children(facts: PayFacts, values: Values) -> Lane:
    children, young = _of(facts, "de_children"), _of(facts, "de_children_under_25")
    return (young > children) | (young < 0)


def _impossible_top_up(facts: PayFacts, values: Values) -> Lane:
    half = _of(facts, "de_top_up_half_ppm")
    return (half < 0) | (half > _PPM_MOST)


def _old_enough_to_retire(facts: PayFacts, values: Values) -> Lane:
    return _of(facts, "de_age") >= values["retirement_age_lowest"]


def _under_minimum_wage(facts: PayFacts, values: Values) -> Lane:
    """Below the minimum wage of the hours of the contract, where they are given; hours are in hundredths."""
    return facts.gross_pay_cents * 100 < facts.contract_hours_hundredths * values["minimum_wage"]


def _part_of_a_month(facts: PayFacts, values: Values) -> bool:
    return facts.employed_days is not None


def _french_facts(facts: PayFacts, values: Values) -> Lane:
    """Facts that nothing here reads: what they say would be lost without a word."""
    return (
        (facts.workplace_accident_ppm != 0)
        | (facts.mobility_ppm != 0)
        | (facts.health_cover_employee_cents != 0)
        | (facts.health_cover_employer_cents != 0)
        | (facts.provident_employee_ppm != 0)
        | (facts.provident_employer_ppm != 0)
    )


def _tax_rate(facts: PayFacts, values: Values) -> bool:
    return facts.withholding_ppm is not None


CHECKS = (
    FactCheck(
        code="de_place",
        message="the place of work (de_place) is 0 for the West, 1 for the East or 2 for Saxony",
        citation=Citation("SGB IV § 9"),
        violated=_no_place,
    ),
    FactCheck(
        code="de_saxony",
        message="work in Saxony shares the contribution for care in another way, which is not covered",
        citation=Citation("SGB XI § 58 Abs. 3"),
        violated=_in_saxony,
    ),
    FactCheck(
        code="de_mini_job",
        message="a mini-job (Minijob), or a month of one paid less than usual, is not covered",
        citation=Citation("SGB IV § 8 Abs. 1 Nr. 1 ; BVV § 2 Abs. 2"),
        violated=_mini_job,
    ),
    FactCheck(
        code="de_children",
        message="children under 25 (de_children_under_25) are some of the children (de_children)",
        citation=Citation("SGB XI § 55 Abs. 3"),
        violated=_impossible_children,
    ),
    FactCheck(
        code="de_top_up",
        message="half of the top-up rate (de_top_up_half_ppm) is from 0 to 5 %",
        citation=Citation("SGB V § 242"),
        violated=_impossible_top_up,
    ),
    FactCheck(
        code="de_retirement_age",
        message="from the age at which people may retire, contributions change, which is not covered",
        citation=Citation("SGB VI § 172 et § 235 ; SGB III § 28 Abs. 1 Nr. 1"),
        violated=_old_enough_to_retire,
    ),
    FactCheck(
        code="de_minimum_wage",
        message="the pay is less than the minimum wage (Mindestlohn) of the hours of the contract",
        citation=Citation("MiLoG § 1"),
        violated=_under_minimum_wage,
    ),
    FactCheck(
        code="de_part_of_a_month",
        message="a month that is not whole has smaller ceilings, which is not covered",
        citation=Citation("BVV § 1 Abs. 1"),
        violated=_part_of_a_month,
    ),
    FactCheck(
        code="de_french_facts",
        message="accident and mobility rates and covers are facts of a French payslip; give none",
        citation=Citation("SGB VII § 150"),
        violated=_french_facts,
    ),
    FactCheck(
        code="de_tax_rate",
        message="income tax (Lohnsteuer) is not computed: no rate of it is applied",
        citation=Citation("EStG § 38"),
        violated=_tax_rate,
    ),
)
