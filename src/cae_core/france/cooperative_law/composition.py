"""What the law wants of the associates and of the capital of a Scop and of a Scic, met or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cae_core.france.cooperative_law.texts import art, checked, whole
from cae_core.law import Snapshot
from cae_core.membership.associates import Roll, Standing
from cae_core.membership.shares import ShareAccount
from cae_core.money import MILLION, Rate, divide_half_up, format_euros
from cae_core.reasons import Reason

__all__ = [
    "BENEFICIARIES",
    "EMPLOYEES",
    "PRODUCERS",
    "PUBLIC_BODIES",
    "scic_composition",
    "scop_composition",
]

#: Categories of associates that the law of Scic names.
EMPLOYEES, BENEFICIARIES, PRODUCERS, PUBLIC_BODIES = (
    "employees",
    "beneficiaries",
    "producers",
    "public_bodies",
)
_WORKERS = (Standing.EMPLOYED, Standing.RETAINED)


def _percent(part: int, total: int) -> int:
    rounded: int = divide_half_up(part * MILLION, total) if total else 0
    return rounded


def scop_composition(
    company: str, roll: Roll, holdings: Mapping[str, ShareAccount], law: Snapshot
) -> Iterator[Reason]:
    """Iterate over what the law wants of the associates of a Scop and of its capital, met or not.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 5, 21 and 24; 51 % of the capital and 65 % of the votes for
        those who work there.
    """
    least = f"scop_{company}_employed_associates_minimum"
    employed, wanted = roll.counted(Standing.EMPLOYED), law.value(least)
    yield checked(
        law,
        least,
        code="employed_associates",
        met=employed >= wanted,
        found=employed,
        wanted=wanted,
        unit="people",
        french=f"{employed} associés employés, {wanted} au moins",
        english=f"{employed} employed associates, at least {wanted}",
    )
    if company == "sarl":
        most = law.value("sarl_associates_maximum")
        yield checked(
            law,
            "sarl_associates_maximum",
            code="associates_maximum",
            met=len(roll) <= most,
            found=len(roll),
            wanted=most,
            unit="people",
            french=f"{len(roll)} associés dans une SARL, {most} au plus",
            english=f"{len(roll)} associates in a SARL, at most {most}",
        )
    yield from _capital_reasons(company, roll, holdings, law)
    # By heads: the votes of those from outside are reduced at the meeting, not their number.
    workers = roll.counted(*_WORKERS, Standing.FORMER)
    least_votes = law.value("scop_employed_votes_minimum")
    share = _percent(workers, len(roll))
    yield checked(
        law,
        "scop_employed_votes_minimum",
        code="employed_votes",
        met=workers * MILLION >= least_votes * len(roll),
        found=share,
        wanted=least_votes,
        unit="ppm",
        french=f"{workers} voix d'associés employés ou anciens employés sur {len(roll)} "
        f"({Rate(share).format()}), "
        f"au moins {Rate(least_votes).format()}",
        english=f"{workers} of {len(roll)} votes are of employed or former employed associates "
        f"({Rate(share)}), "
        f"at least {Rate(least_votes)}",
    )


def _capital_reasons(
    company: str, roll: Roll, holdings: Mapping[str, ShareAccount], law: Snapshot
) -> Iterator[Reason]:
    held = {code: account.subscribed_cents for code, account in holdings.items() if account.subscribed_cents}
    capital = sum(held.values())
    name = "scop_sa_capital_minimum" if company == "sa" else "scop_sarl_capital_minimum"
    least = law.value(name)
    yield checked(
        law,
        name,
        code="capital_minimum",
        met=capital >= least,
        found=capital,
        wanted=least,
        unit="cents",
        french=f"capital de {format_euros(capital)}, au moins {format_euros(least)}",
        english=f"capital of {format_euros(capital, 'en')}, at least {format_euros(least, 'en')}",
    )
    workers = sum(cents for code, cents in held.items() if _standing(roll, code) in _WORKERS)
    least, share = law.value("scop_employed_capital_minimum"), _percent(workers, capital)
    yield checked(
        law,
        "scop_employed_capital_minimum",
        code="employed_capital",
        met=workers * MILLION >= least * capital,
        found=share,
        wanted=least,
        unit="ppm",
        french=f"les associés employés ont {Rate(share).format()} du capital, au moins "
        f"{Rate(least).format()}",
        english=f"employed associates hold {Rate(share)} of the capital, at least {Rate(least)}",
    )
    most = law.value("scop_associate_capital_maximum")
    for code, cents in sorted(held.items()):
        if cents * MILLION > most * capital:
            share = _percent(cents, capital)
            yield checked(
                law,
                "scop_associate_capital_maximum",
                code="associate_capital",
                met=False,
                found=share,
                wanted=most,
                unit="ppm",
                french=f"{code} a {Rate(share).format()} du capital, {Rate(most).format()} au plus",
                english=f"{code} holds {Rate(share)} of the capital, at most {Rate(most)}",
            )


def _standing(roll: Roll, code: str) -> Standing | None:
    one = roll.get(code)
    return None if one is None else one.standing


def scic_composition(
    company: str, roll: Roll, holdings: Mapping[str, ShareAccount], law: Snapshot
) -> Iterator[Reason]:
    """Iterate over what the law wants of the associates of a Scic, met or not.

    Law:
        Loi n° 47-1775 du 10 septembre 1947, art. 19 septies: three categories, users and employees (or
        producers) among them, local authorities up to half of the capital.
    """
    present = {one.category for one in roll if one.category}
    least = whole(law, "scic_categories_minimum")
    yield checked(
        law,
        "scic_categories_minimum",
        code="categories",
        met=len(present) >= least,
        found=len(present),
        wanted=least,
        unit="categories",
        french=f"{len(present)} catégories d'associés ({', '.join(sorted(present))}), {least} au moins",
        english=f"{len(present)} categories of associates ({', '.join(sorted(present))}), at least {least}",
    )
    for category, others, french, english in (
        (BENEFICIARIES, (), "des bénéficiaires de l'activité", "those who benefit from the activity"),
        (
            EMPLOYEES,
            (PRODUCERS,),
            "des salariés, ou à défaut des producteurs",
            "employees, or else producers",
        ),
    ):
        yield Reason(
            code=f"category_{category}",
            met=bool({category, *others} & present),
            french=f"parmi les associés : {french}",
            english=f"among the associates: {english}",
            citations=art(law, "scic_categories_minimum"),
        )
    capital = sum(account.subscribed_cents for account in holdings.values())
    public = sum(
        account.subscribed_cents
        for code, account in holdings.items()
        if (one := roll.get(code)) is not None and one.category == PUBLIC_BODIES
    )
    most, share = law.value("scic_public_bodies_capital_maximum"), _percent(public, capital)
    yield checked(
        law,
        "scic_public_bodies_capital_maximum",
        code="public_bodies_capital",
        met=public * MILLION <= most * capital,
        found=share,
        wanted=most,
        unit="ppm",
        french=f"les collectivités ont {Rate(share).format()} du capital, {Rate(most).format()} au plus",
        english=f"public bodies hold {Rate(share)} of the capital, at most {Rate(most)}",
    )
    if company == "sa":
        yield from (
            one for one in _capital_reasons(company, roll, holdings, law) if one.code == "capital_minimum"
        )
