"""The payslip as rows for a reader, under the headings and in the order of the statutory model.

The *adapted* model of the arrêté of 25 February 2016 stands until 31 December 2026. A CESA has no working
time: no hours and no hourly rate are on the slip; the reference hours of some rules are in a note under it.

Law:
    Code du travail, art. R3243-1; arrêté du 25 février 2016, as changed by that of 31 janvier 2023.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import attrs

from cae_core.explain.reads import values_to_review
from cae_core.explain.words import Words
from cae_core.money import format_decimal
from cae_core.payroll import Heading, HoursPolicy, Payslip, PayslipLine, ReductionLine

__all__ = ["RowKind", "SlipRow", "hours_policy_name", "ordered_lines", "payslip_notes", "payslip_rows"]

#: Headings that the model prints as one line.
_ONE_LINE = frozenset(
    {
        "workplace_accident",
        "family",
        "unemployment",
        "other_employer",
        "csg_deductible",
        "csg_crds_non_deductible",
    }
)


class RowKind(Enum):
    """What a row is, for whoever draws it."""

    GROSS = "gross"
    #: A heading of the model, without figures where lines follow it.
    HEADING = "heading"
    LINE = "line"
    #: A part of the line above, not to be added again.
    DETAIL = "detail"
    TOTAL = "total"
    #: What a person looks for first.
    NET = "net"


@attrs.frozen(kw_only=True)
class SlipRow:
    """One row: a label and its figures, already written for the reader.

    Attributes:
        code: the contribution, heading or total the row shows; what :func:`explain_amount` takes.
    """

    kind: RowKind
    code: str
    label: str
    base: str = ""
    employee_rate: str = ""
    employee: str = ""
    employer_rate: str = ""
    employer: str = ""


def ordered_lines(slip: Payslip) -> tuple[PayslipLine, ...]:
    """Return the lines of a slip that charge something, in the order of the table of contributions."""
    ranks = {code: rank for rank, code in enumerate(slip.law.contributions)}
    owed = [line for line in slip.lines if line.base_cents or line.employee_cents or line.employer_cents]
    return tuple(sorted(owed, key=lambda line: ranks[line.code]))


def payslip_rows(
    slip: Payslip, lang: str = "fr", *, detail: bool = False, withheld_before_cents: int | None = None
) -> tuple[SlipRow, ...]:
    """Return the rows of a payslip.

    Args:
        slip: the payslip.
        lang: ``"fr"`` or ``"en"``.
        detail: list what the model groups in one line, with the employer rates.
        withheld_before_cents: income tax withheld in the earlier months of the year, where known.
    """
    return tuple(_Rows(slip, Words(lang), detail).all(withheld_before_cents))


class _Rows:
    def __init__(self, slip: Payslip, words: Words, detail: bool) -> None:
        self.slip, self.words, self.detail = slip, words, detail
        self.lines = ordered_lines(slip)

    def all(self, withheld_before_cents: int | None) -> Iterator[SlipRow]:
        slip, words = self.slip, self.words
        amount = words.amount
        yield SlipRow(
            kind=RowKind.GROSS,
            code="gross_pay",
            label=words("Rémunération brute", "Gross pay"),
            employee=amount(slip.gross_pay_cents),
        )
        for heading in slip.law.headings:
            lines = [line for line in self.lines if line.contribution.heading == heading.code]
            reductions = [line for line in slip.reductions if line.reduction.heading == heading.code]
            if heading.code in _ONE_LINE:
                yield from self._one_line(heading, lines)
            elif lines:
                yield SlipRow(kind=RowKind.HEADING, code=heading.code, label=heading.name(words.lang))
                for line in lines:
                    yield self._line(line, RowKind.LINE)
            yield from self._reductions(heading, reductions)
        yield SlipRow(
            kind=RowKind.TOTAL,
            code="total_contributions",
            label=words("Total des cotisations et contributions", "Total of contributions"),
            employee=amount(slip.employee_contributions_cents),
            employer=amount(slip.employer_contributions_cents - slip.reductions_cents),
        )
        yield from self._nets(withheld_before_cents)

    def _line(self, line: PayslipLine, kind: RowKind, label: str = "") -> SlipRow:
        words = self.words
        rated = not line.contribution.is_amount
        has_employee = bool(line.employee_ppm or line.employee_cents)
        has_employer = bool(line.employer_ppm or line.employer_cents)
        return SlipRow(
            kind=kind,
            code=line.code,
            label=label or line.contribution.name(words.lang),
            base=words.amount(line.base_cents) if rated else "",
            employee_rate=words.percent(line.employee_ppm) if line.employee_ppm else "",
            employee=words.amount(line.employee_cents) if has_employee else "",
            employer_rate=words.percent(line.employer_ppm) if line.employer_ppm and self.detail else "",
            employer=words.amount(line.employer_cents) if has_employer else "",
        )

    def _one_line(self, heading: Heading, lines: list[PayslipLine]) -> Iterator[SlipRow]:
        """A heading that is a line itself; a line with an employee share beside others stays apart."""
        apart = [line for line in lines if line.employee_ppm] if len(lines) > 1 else []
        grouped = [line for line in lines if line not in apart]
        label = heading.name(self.words.lang)
        if len(grouped) == 1:
            yield self._line(grouped[0], RowKind.HEADING, label)
        elif grouped:
            same_base = len({(line.contribution.base, line.base_cents) for line in grouped}) == 1
            yield SlipRow(
                kind=RowKind.HEADING,
                code=heading.code,
                label=label,
                base=self.words.amount(grouped[0].base_cents) if same_base else "",
                employer=self.words.amount(sum(line.employer_cents for line in grouped)),
            )
            if self.detail:
                for line in grouped:
                    yield self._line(line, RowKind.DETAIL)
        for line in apart:
            yield self._line(line, RowKind.LINE)

    def _reductions(self, heading: Heading, reductions: list[ReductionLine]) -> Iterator[SlipRow]:
        words = self.words
        given = [line for line in reductions if line.amount_cents]
        if not given:
            return
        yield SlipRow(
            kind=RowKind.HEADING,
            code=given[0].code if len(given) == 1 else "reductions",
            label=heading.name(words.lang),
            employer=words.amount(-sum(line.amount_cents for line in given)),
        )
        if not self.detail:
            return
        for line in given:
            coefficient = format_decimal(line.coefficient, 4, words.lang)
            yield SlipRow(
                kind=RowKind.DETAIL,
                code=line.code,
                label=f"{line.reduction.name(words.lang)} (coefficient {coefficient})",
                base=words.amount(line.base_cents),
                employer=words.amount(-line.amount_cents),
            )
            for label, cents in (
                (words("dont imputée sur l'Urssaf", "of which at the Urssaf"), line.urssaf_part_cents),
                (words("dont imputée sur l'Agirc-Arrco", "of which at Agirc-Arrco"), line.pension_part_cents),
            ):
                yield SlipRow(
                    kind=RowKind.DETAIL,
                    code=line.code,
                    label=f"{label}{words.colon}{words.amount(-cents)}",
                )

    def _nets(self, withheld_before_cents: int | None) -> Iterator[SlipRow]:
        slip, words = self.slip, self.words
        amount = words.amount

        def row(kind: RowKind, code: str, label: str, cents: int, **more: str) -> SlipRow:
            return SlipRow(kind=kind, code=code, label=label, employee=amount(cents), **more)

        yield row(
            RowKind.NET,
            "net_social_amount",
            words("Montant net social", "Net social amount"),
            slip.net_social_amount_cents,
        )
        yield row(
            RowKind.NET,
            "net_before_tax",
            words("Net à payer avant impôt sur le revenu", "Net pay before income tax"),
            slip.net_before_tax_cents,
        )
        kind = {
            "neutral": words("taux neutre", "neutral rate"),
            "personal": words("taux personnalisé", "personal rate"),
            "formula": words("formule légale", "legal formula"),
            "none": words("non calculé", "not computed"),
        }[slip.taxed_by]
        yield row(
            RowKind.LINE,
            "withholding",
            f"{words('Impôt sur le revenu prélevé à la source', 'Income tax withheld')} ({kind})",
            slip.withholding_cents,
            base=amount(slip.taxable_net_cents),
            employee_rate=words.percent(slip.withholding_ppm),
        )
        if withheld_before_cents is not None:
            yield row(
                RowKind.DETAIL,
                "withholding",
                words("cumul annuel de l'impôt prélevé", "withheld since 1 January"),
                withheld_before_cents + slip.withholding_cents,
            )
        yield row(RowKind.NET, "net_paid", words("Net payé", "Net paid"), slip.net_paid_cents)
        yield SlipRow(
            kind=RowKind.TOTAL,
            code="employer_cost",
            label=words("Total versé par l'employeur", "Total paid by the employer"),
            employer=amount(slip.employer_cost_cents),
        )
        yield SlipRow(
            kind=RowKind.LINE,
            code="reductions",
            label=words("Allègements de cotisations employeur", "Reductions of employer contributions"),
            employer=amount(slip.reductions_cents),
        )


_POLICIES = {
    HoursPolicy.EQUIVALENT_HOURS: "equivalent hours",
    HoursPolicy.FULL_TIME: "full time",
    HoursPolicy.CONTRACT_HOURS: "hours of the contract",
}


def hours_policy_name(policy: HoursPolicy, lang: str = "fr") -> str:
    """Return what a policy of reference hours is called."""
    return policy.french_name if lang == "fr" else _POLICIES[policy]


def payslip_notes(slip: Payslip, lang: str = "fr") -> tuple[str, ...]:
    """Return what stands under the slip: reference hours, day of the law, assumptions, values to review."""
    words = Words(lang)
    policy, notes = hours_policy_name(slip.hours_policy, lang), []
    if slip.reference_hours_hundredths is not None:
        hours = format_decimal(slip.reference_hours_hundredths, 2, lang)
        notes.append(
            words(
                f"Heures de référence de la réduction générale{words.colon}{hours} h, selon la règle choisie "
                f"« {policy} » ; un CESA n'a pas de durée de travail.",
                f"Reference hours of the general reduction: {hours} h, under the chosen policy “{policy}”; "
                "a CESA has no working time.",
            )
        )
    notes.append(
        words(
            f"Droit applicable au {words.day(slip.law.snapshot.day)}.",
            f"Law of {words.day(slip.law.snapshot.day)}.",
        )
    )
    if slip.law.snapshot.known_on is not None:
        known = words.day(slip.law.snapshot.known_on)
        notes.append(words(f"Textes publiés au plus tard le {known}.", f"Texts published by {known} only."))
    for reason in slip.reasons:
        met = words("oui", "yes") if reason.met else words("non", "no")
        if reason.needs_review:
            met += words(", texte non relu", ", text not read yet")
        notes.append(f"{reason.text(lang)}{words.colon}{met}.")
    if slip.assumed:
        notes.append(
            words(
                "Hypothèse : les tables ne couvrent pas ce jour, les dernières valeurs sont reconduites.",
                "Assumption: the tables do not cover this day; the last known values are carried forward.",
            )
        )
    review = values_to_review(slip)
    if review:
        listed = ", ".join(words.parameter(slip.law.snapshot.parameter(name)) for name in review)
        notes.append(
            words(
                f"À vérifier, texte non relu{words.colon}{listed}.",
                f"To review, text not read yet: {listed}.",
            )
        )
    return tuple(notes)
