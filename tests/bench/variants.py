"""What variants cost: a payslip under three of them against the plain one, and activating them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

from gates import Measure, timed

import cae_core
from cae_core import PayFacts, hookimpl
from cae_core.law import Citation
from cae_core.plugins import plugin
from cae_core.variants import RemoveLine, VariantInfo, VariantKind

ROOT = Path(__file__).parent.parent.parent
FACTS = PayFacts.of("2500", headcount=130, workplace_accident_rate="3.5", mobility_rate="2")
GIVEN = {"btp_expense_deduction": 1, "btp_holiday_fund_ppm": 207_000, "btp_weather_allowance_cents": 60_000}


def _cooperative() -> object:
    said = VariantInfo(kind=VariantKind.COOPERATIVE, french_name="x", english_name="x", requires=["fr"])
    change = RemoveLine(code="construction", citation=Citation("Statuts"))
    return SimpleNamespace(
        cae_variant=hookimpl(lambda: [said]), cae_register_changes=hookimpl(lambda: [change])
    )


def variant_measures() -> list[Measure]:
    """Return the gates of variants: territory, sector and cooperative together cost less than twice."""
    for name in ("cae-fr-alsace-moselle", "cae-fr-btp"):
        sys.path.insert(0, str(ROOT / "plugins" / name / "src"))
    import cae_fr_alsace_moselle
    import cae_fr_btp

    plain = cae_core.load()
    alone = {"fr": plugin("fr")}
    together = {
        **alone,
        "fr-alsace-moselle": cae_fr_alsace_moselle,
        "fr-btp": cae_fr_btp,
        "cooperative": _cooperative(),
    }
    three = cae_core.assemble(together)
    many = [2000_00 + 7919 * i % 800_000 for i in range(1000)]
    given = PayFacts.of("2500", headcount=130, workplace_accident_rate="3.5", mobility_rate="2", given=GIVEN)

    def run(rules: cae_core.Ruleset, facts: PayFacts) -> float:
        def payslips() -> None:
            for cents in many:
                rules.payslip("2026-03", facts.with_gross(cents))

        return timed(payslips) / len(many)

    return [
        Measure(
            "one payslip under three variants", "the plain payslip", lambda: run(three, given),
            lambda: run(plain, FACTS), 2, at_least=False,
        ),
        Measure(
            "three variants and their country activated", "the country alone",
            lambda: timed(lambda: cae_core.assemble(together)),
            lambda: timed(lambda: cae_core.assemble(alone)), 2, at_least=False,
        ),
    ]  # fmt: skip
