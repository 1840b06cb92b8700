"""The personal training account (compte personnel de formation, CPF): credit, fee and caps of use."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.france.protection.common import HUNDREDTHS, figure, labour
from cae_core.france.protection.open_points import TRAINING_SHARE, YEAR_NOT_OVER
from cae_core.money import MILLION, apply_rate
from cae_core.protection import Case, Entitlement, Finding, Nearest, Person
from cae_core.reasons import Reason

__all__ = ["Training", "training_credit", "training_fee"]


@attrs.frozen(kw_only=True)
class Training:
    """What decides the account, beside the pay of the year.

    Attributes:
        balance_cents: what the account holds before the year.
        low_qualified: she has no diploma of the level that the law asks for.
        exempt: she pays no share of a training: jobseeker, employer's contribution, serious incapacity.
    """

    balance_cents: int = 0
    low_qualified: bool = False
    exempt: bool = False


def work_share(case: Case, gross_cents: int) -> int:
    """Return which part of a full year of work a pay stands for, in millionths: a proposal.

    Law:
        Code du travail, art. R6323-1: pay that no hours set is compared with a number of minimum wages.
    """
    january = dt.date(case.on.year, 1, 1)
    full = case.value("training_yearly_minimum_wages", january) * case.value("minimum_wage_hourly", january)
    return min(gross_cents * MILLION * HUNDREDTHS // full, MILLION)


def training_credit(case: Case, gross_cents: int, training: Training) -> int:
    """Return the credit of a year before the cap of the account, in cents."""
    kind = "training_low_qualified" if training.low_qualified else "training"
    whole = case.value(f"{kind}_credit" if training.low_qualified else "training_yearly_credit")
    share = work_share(case, gross_cents)
    if share >= case.value("training_full_credit_share"):
        return whole
    return int(apply_rate(whole, share))


def training_fee(case: Case, exempt: bool) -> int:
    """Return what a person pays for a training she buys on the day, in cents.

    Law:
        Code du travail, art. L6323-4 et R6323-12-1; nothing before 2 May 2024.
    """
    if exempt or not case.in_force("training_participation"):
        return 0
    return case.value("training_participation")


def _training(case: Case) -> Finding:
    training, year = case.fact(Training), case.history.year(case.on.year)
    gross = year.gross_pay_cents
    credit = training_credit(case, gross, training)
    kind = "training_low_qualified" if training.low_qualified else "training"
    cap = case.value(f"{kind}_cap")
    credit = max(min(credit, cap - training.balance_cents), 0)
    share, wanted = work_share(case, gross), case.value("training_full_credit_share")
    reason = Reason(
        code="half_a_year",
        met=share >= wanted,
        french="la paie vaut au moins la moitié d'une année au SMIC : crédit entier, sinon en proportion",
        english="pay is worth half a year at the minimum wage at least: whole credit, else in proportion",
        citations=(labour("L6323-11", "R6323-1"),),
        found=share,
        wanted=wanted,
        unit="ppm",
        needs_review=True,
    )
    full = case.value("training_yearly_minimum_wages", dt.date(case.on.year, 1, 1))
    wage = case.value("minimum_wage_hourly", dt.date(case.on.year, 1, 1))
    half = -(-full * wage * wanted // (HUNDREDTHS * MILLION))
    nearest = None
    if not reason.met:
        nearest = Nearest(
            code="half_a_year", missing=half - gross, unit="cents", by_on=dt.date(case.on.year, 12, 31),
            french="de brut pour un crédit entier", english="of gross pay for a whole credit",
        )  # fmt: skip
    amounts = [
        figure("credit", "crédit de l'année", "credit of the year", credit),
        figure("cap", "plafond du compte", "cap of the account", cap),
        figure(
            "fee",
            "participation à une formation",
            "share paid for a training",
            training_fee(case, training.exempt),
        ),
    ]
    if case.in_force("training_specific_register_cap"):
        caps = (
            ("training_specific_register_cap", "usage : répertoire spécifique", "use: specific register"),
            ("training_skills_review_cap", "usage : bilan de compétences", "use: skills review"),
            ("training_driving_cap", "usage : permis de conduire", "use: driving licence"),
            (
                "training_driving_more",
                "usage : permis cofinancé, en plus",
                "use: licence with co-funding, more",
            ),
        )
        amounts += [figure(name, french, english, case.value(name)) for name, french, english in caps]
    assumptions = [TRAINING_SHARE, *([YEAR_NOT_OVER] if year.missing else [])]
    return case.finding(
        credit > 0, reasons=[reason], amounts=amounts, assumptions=assumptions, nearest=nearest
    )


TRAINING = Entitlement(
    code="training_account",
    french_name="Compte personnel de formation (CPF)",
    english_name="Training account",
    family="training",
    formula=_training,
    citations=(labour("L6323-11", "L6323-11-1", "R6323-1"),),
    assumptions=(TRAINING_SHARE, YEAR_NOT_OVER),
    facts=(Person, Training),
    needs=("training_yearly_credit",),
)
