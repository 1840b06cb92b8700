"""Compare the library with OpenFisca-France and modele-social, line by line, and explain every gap.

    python tests/peers/compare.py                                # the whole grid; exit code 1 on a surprise
    python tests/peers/compare.py --write docs/reference/generated/peers.rst
    python tests/peers/compare.py --month 2026-07 --gross 3000 --headcount 30    # one case, side by side

``CAE_PEERS_PYTHON`` names a Python that has ``openfisca-france``, ``CAE_PEERS_NODE_HOME`` a folder whose
``node_modules`` holds what ``tests/peers/package.json`` asks for; ``nox -s peers`` installs both.
The peers are run as separate programs: nothing of them is imported here.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
from cases import MODELE_SOCIAL_MONTHS, Case, equivalent_hours_cases, full_time_cases, months
from figures import TOTALS, Figures, composing_lines, figures_of, peer_figures, unit_of
from reasons import MODELE_SOCIAL, OPENFISCA, REASONS, Reason

import cae_core
from cae_core import Month, Ruleset, to_cents
from cae_core.money import apply_rate, lookup
from cae_core.payroll import engine
from cae_core.payroll.month_law import MonthLaw

HERE = Path(__file__).parent
ENGINES = (OPENFISCA, MODELE_SOCIAL)
#: modele-social takes one processor a process.
NODE_PROCESSES = 2
#: One cent a line: the peers do not round as a payslip does.
_CENT = Fraction(1)
#: openfisca-france computes in float32: an amount is known to one part in 2**23.
_FLOAT32 = Fraction(1, 2**23)
_DOUBLE = Fraction(1, 10**6)


# --- the peers ----------------------------------------------------------------------------------------------


def _answers(command: Sequence[str], cases: Sequence[dict[str, object]]) -> tuple[str, list[Any]]:
    """Run an adapter on some cases; return the name of its engine and its payslips."""
    done = subprocess.run(command, input=json.dumps(cases), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    found = json.loads(done.stdout)
    return found["engine"], found["results"]


def run_openfisca(cases: Sequence[dict[str, object]]) -> tuple[str, list[Any]]:
    """Return the payslips of openfisca-france."""
    return _answers([_peer_path("CAE_PEERS_PYTHON"), str(HERE / "openfisca_adapter.py")], cases)


def run_modele_social(cases: Sequence[dict[str, object]]) -> tuple[str, list[Any]]:
    """Return the payslips of modele-social, from a few processes at once."""
    _peer_path("CAE_PEERS_NODE_HOME")
    command = ["node", str(HERE / "modele_social_adapter.mjs")]
    parts = [cases[rank::NODE_PROCESSES] for rank in range(NODE_PROCESSES)]
    with ThreadPoolExecutor(NODE_PROCESSES) as pool:
        answers = list(pool.map(lambda part: _answers(command, part), parts))
    results: list[Any] = [None] * len(cases)
    for rank, (_, part) in enumerate(answers):
        results[rank::NODE_PROCESSES] = part
    return answers[0][0], results


def _peer_path(variable: str) -> str:
    path = os.environ.get(variable)
    if not path:
        raise SystemExit(f"{variable} is not set; `nox -s peers` installs the peers and sets it")
    return path


RUNNERS = {OPENFISCA: run_openfisca, MODELE_SOCIAL: run_modele_social}


# --- a model of a peer --------------------------------------------------------------------------------------


class PeerModels:
    """Our rules with the numbers and the steps of a peer, as its reasons describe them."""

    def __init__(self, rules: Ruleset) -> None:
        """Start from the rules of the library."""
        self._rules = rules
        self._laws: dict[Any, MonthLaw] = {}

    def reasons_for(self, engine_name: str, case: Case) -> tuple[Reason, ...]:
        """Return the reasons that concern a case."""
        values = self._rules.month_law(case.month).values
        return tuple(
            reason for reason in REASONS if reason.engine == engine_name and reason.applies(case, values)
        )

    def predict(self, case: Case, reasons: Iterable[Reason], peer: Figures, tolerance: Fraction) -> Figures:
        """Return the figures of a peer under some reasons.

        Where the taxable net is the peer's but for the roundings, the tax is withheld on the peer's own, so
        that a fraction of a cent tips neither a bracket nor a rounding.
        """
        reasons = tuple(reasons)
        slip = engine.payslip(self._law(case, reasons), case.facts)
        figures = figures_of(slip)
        for reason in reasons:
            if reason.then and not reason.last:
                reason.then(slip, figures)
        if "withholding_rate" in peer:
            if abs(peer["taxable_net"] - figures["taxable_net"]) <= tolerance:
                figures["taxable_net"] = peer["taxable_net"]
            taxable = figures["taxable_net"]
            starts, rates = slip.law.values["withholding_neutral_scale"]
            rate = lookup(starts, rates, int(taxable))
            figures["withholding_rate"] = Fraction(rate)
            figures["net_paid"] = figures["net_before_tax"] - apply_rate(round(taxable), rate)
        for reason in reasons:
            if reason.then and reason.last:
                reason.then(slip, figures)
        return figures

    def _law(self, case: Case, reasons: Iterable[Reason]) -> MonthLaw:
        law = self._rules.month_law(case.month)
        changes: dict[str, Any] = {}
        for reason in reasons:
            if reason.law:
                changes.update(reason.law(case, law.values, self._rules))
        key = case.month, tuple(sorted(changes.items()))
        if key not in self._laws:
            values = {**law.values, **changes}
            self._laws[key] = attrs.evolve(law, values=values, schedules={})
        return self._laws[key]


# --- the comparison -----------------------------------------------------------------------------------------


@attrs.frozen
class Gap:
    """A figure on which a peer and the library differ by more than roundings."""

    case: Case
    figure: str
    ours: Fraction
    peer: Fraction
    predicted: Fraction
    reasons: tuple[Reason, ...]
    effects: tuple[Fraction, ...]


@attrs.define
class Comparison:
    """What one peer said of its cases."""

    engine: str
    version: str
    cases: int = 0
    figures: int = 0
    agreed: int = 0
    largest_rounding: Fraction = Fraction(0)
    explained: list[Gap] = attrs.field(factory=list)
    surprises: list[Gap] = attrs.field(factory=list)


def _tolerance(engine_name: str, figure: str, lines: int, amount: Fraction) -> Fraction:
    """How far roundings alone may lead: one cent a line; half a cent where the peer rounds nothing."""
    if engine_name == OPENFISCA:
        return _CENT * lines + abs(amount) * _FLOAT32
    each = _CENT / 2 if figure in TOTALS else _CENT
    return each * lines + _DOUBLE


def compare(
    engine_name: str, version: str, rules: Ruleset, cases: Sequence[Case], answers: Sequence[Any]
) -> Comparison:
    """Compare every line and every total of every case, and explain each gap or call it a surprise."""
    models = PeerModels(rules)
    found = Comparison(engine_name, version)
    for case, answer in zip(cases, answers, strict=True):
        slip = rules.payslip(case.month, case.facts)
        ours, peer = figures_of(slip), peer_figures(answer)
        reasons = models.reasons_for(engine_name, case)
        tolerances = {
            figure: _tolerance(engine_name, figure, composing_lines(figure, slip), amount)
            for figure, amount in peer.items()
        }
        of_taxable_net = tolerances["taxable_net"]
        predicted = models.predict(case, reasons, peer, of_taxable_net)
        without: dict[str, Figures] = {}
        found.cases += 1
        for figure, amount in peer.items():
            tolerance = tolerances[figure]
            found.figures += 1
            surprise = abs(amount - predicted[figure])
            if surprise <= tolerance and abs(amount - ours[figure]) <= tolerance:
                found.agreed += 1
                if figure not in TOTALS:
                    found.largest_rounding = max(found.largest_rounding, abs(amount - ours[figure]))
                continue
            # Which reasons matter: those without which the model would say something else.
            matter, effects = [], []
            for reason in reasons:
                if reason.code not in without:
                    others = [other for other in reasons if other is not reason]
                    without[reason.code] = models.predict(case, others, peer, of_taxable_net)
                effect = predicted[figure] - without[reason.code][figure]
                if effect:
                    matter.append(reason)
                    effects.append(effect)
            if not matter:
                # Two reasons may lead to one figure, each alone: then those that do matter.
                for reason in reasons:
                    effect = models.predict(case, [reason], peer, of_taxable_net)[figure] - ours[figure]
                    if effect:
                        matter.append(reason)
                        effects.append(effect)
            gap = Gap(case, figure, ours[figure], amount, predicted[figure], tuple(matter), tuple(effects))
            explained = surprise <= tolerance and matter
            (found.explained if explained else found.surprises).append(gap)
    return found


# --- reports ------------------------------------------------------------------------------------------------


def _write(amount: Fraction, figure: str, sign: bool = False) -> str:
    """Write an amount of cents in euros, or a rate of millionths in percents."""
    scaled = float(amount) / (10_000 if unit_of(figure) == "%" else 100)
    return f"{scaled:{'+' if sign else ''},.2f} {unit_of(figure)}"


@attrs.frozen
class ReasonReport:
    """What a reason explained."""

    reason: Reason
    gaps: int
    cases: int
    largest: Gap
    effect: Fraction


def reports_of(found: Comparison) -> list[ReasonReport]:
    """Return what each reason of a peer explained, in the order of the table; with its own largest effect."""
    gaps: Counter[str] = Counter()
    cases: dict[str, set[Case]] = defaultdict(set)
    largest: dict[str, tuple[Fraction, Gap]] = {}
    for gap in found.explained:
        for reason, effect in zip(gap.reasons, gap.effects, strict=True):
            gaps[reason.code] += 1
            cases[reason.code].add(gap.case)
            known = largest.get(reason.code)
            if gap.figure in reason.figures and (known is None or abs(effect) > abs(known[0])):
                largest[reason.code] = effect, gap
    return [
        ReasonReport(
            reason,
            gaps[reason.code],
            len(cases[reason.code]),
            largest[reason.code][1],
            largest[reason.code][0],
        )
        for reason in REASONS
        if reason.code in largest
    ]


def unobserved(found: Comparison) -> list[Reason]:
    """Return the reasons of a peer that explained nothing: the peer was corrected, or the claim is wrong."""
    observed = {report.reason.code for report in reports_of(found)}
    return [reason for reason in REASONS if reason.engine == found.engine and reason.code not in observed]


def print_report(found: Comparison) -> None:
    """Print the counts of a peer, its reasons and its surprises."""
    print(
        f"\n{found.version}: {found.cases:,} cases, {found.figures:,} figures: {found.agreed:,} agree "
        f"(a line within {float(found.largest_rounding):.4f} cent), {len(found.explained):,} explained, "
        f"{len(found.surprises):,} unexplained"
    )
    for report in reports_of(found):
        effect = _write(report.effect, report.largest.figure, sign=True)
        print(
            f"  {report.reason.code:<26} {report.gaps:>7,} figures of {report.cases:>6,} cases, "
            f"at most {effect} ({report.largest.figure}: {report.largest.case})"
        )
    for reason in unobserved(found):
        print(f"  {reason.code:<26} was never observed: remove it, or correct its claim")
    for gap in found.surprises[:40]:
        print(
            f"  UNEXPLAINED {gap.figure}: ours {_write(gap.ours, gap.figure)}, peer {_write(gap.peer, gap.figure)}, "
            f"predicted {_write(gap.predicted, gap.figure)} ({gap.case})"
        )
    if len(found.surprises) > 40:
        print(f"  … and {len(found.surprises) - 40:,} more")


def print_case(found: Comparison, case: Case, rules: Ruleset, answer: Any) -> None:
    """Print one case side by side."""
    ours, peer = figures_of(rules.payslip(case.month, case.facts)), peer_figures(answer)
    gaps = {gap.figure: gap for gap in (*found.explained, *found.surprises)}
    print(f"\n{found.version}: {case}\n  {'figure':<34}{'cae_core':>15}{'peer':>15}  gap")
    for figure, amount in peer.items():
        if not ours[figure] and not amount:
            continue
        note = ""
        if figure in gaps:
            codes = ", ".join(reason.code for reason in gaps[figure].reasons) or "UNEXPLAINED"
            note = f"{_write(amount - ours[figure], figure, sign=True)} {codes}"
        print(f"  {figure:<34}{_write(ours[figure], figure):>15}{_write(amount, figure):>15}  {note}")


def _rst(found: Sequence[Comparison]) -> str:
    """The table of the documentation, in reStructuredText."""
    lines = [
        ".. Written by tests/peers/compare.py; do not edit.",
        "",
        ".. list-table:: The runs",
        "   :header-rows: 1",
        "",
    ]
    _row(lines, "Peer", "Cases", "Figures", "Agree to the cent", "Explained", "Unexplained")
    for peer in found:
        _row(
            lines, peer.version, f"{peer.cases:,}", f"{peer.figures:,}", f"{peer.agreed:,}",
            f"{len(peer.explained):,}", f"{len(peer.surprises):,}",
        )  # fmt: skip
    lines += ["", ".. list-table:: Where they differ, and why", "   :header-rows: 1", ""]
    _row(
        lines, "Engine", "Line", "Difference", "Period", "Population", "Largest gap", "Text", "Who is right",
        "How to reproduce",
    )  # fmt: skip
    for peer in found:
        for report in reports_of(peer):
            reason = report.reason
            started = dict.fromkeys(figure.partition(".")[0] for figure in reason.figures)
            _row(
                lines,
                peer.version,
                ", ".join(f"``{line}``" for line in started),
                reason.what,
                reason.period,
                reason.population,
                f"{_write(report.effect, report.largest.figure, sign=True)} on ``{report.largest.figure}``",
                reason.text,
                reason.right,
                f"``nox -s peers -- {report.largest.case}``",
            )
    return "\n".join((*lines, ""))


def _row(lines: list[str], *cells: str) -> None:
    lines.extend(f"   {'*' if rank == 0 else ' '} - {cell}" for rank, cell in enumerate(cells))


def write_atomically(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(text)
    temporary = Path(file.name)
    temporary.chmod(0o644)
    temporary.replace(path)


# --- the command --------------------------------------------------------------------------------------------


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--engine", choices=ENGINES, action="append", help="this peer alone (may be repeated)"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table of the documentation")
    one = parser.add_argument_group("one case, printed side by side")
    one.add_argument("--month", metavar="YYYY-MM")
    one.add_argument("--gross", metavar="EUROS")
    one.add_argument("--headcount", type=int, default=30)
    one.add_argument("--executive", action="store_true")
    one.add_argument("--equivalent-hours", action="store_true")
    arguments = parser.parse_args()
    if bool(arguments.month) != bool(arguments.gross):
        parser.error("one case needs both --month and --gross")
    return arguments


def main() -> int:
    """Run the comparison; return 1 where a gap is not explained."""
    arguments = _arguments()
    rules = cae_core.load()
    every: dict[str, list[Case]] = {}
    if arguments.month:
        case = Case(
            str(Month.parse(arguments.month)), to_cents(arguments.gross, "--gross"), arguments.executive,
            arguments.headcount, arguments.equivalent_hours,
        )  # fmt: skip
        every = {engine_name: [case] for engine_name in ENGINES}
    else:
        for engine_name, of_months in ((OPENFISCA, months()), (MODELE_SOCIAL, MODELE_SOCIAL_MONTHS)):
            every[engine_name] = [
                *full_time_cases(rules, of_months),
                *equivalent_hours_cases(rules, of_months),
            ]
    found, failed = [], False
    for engine_name in arguments.engine or ENGINES:
        cases = every[engine_name]
        version, answers = RUNNERS[engine_name]([case.as_json(rules) for case in cases])
        comparison = compare(engine_name, version, rules, cases, answers)
        found.append(comparison)
        if arguments.month:
            print_case(comparison, cases[0], rules, answers[0])
        else:
            print_report(comparison)
            failed |= bool(unobserved(comparison))
        failed |= bool(comparison.surprises)
    if arguments.write:
        write_atomically(arguments.write, _rst(found))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
