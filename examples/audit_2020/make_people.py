"""Make ``people.csv``: 130 invented entrepreneurs in April 2020, the same at each run.

    python examples/audit_2020/make_people.py > examples/audit_2020/people.csv

Nobody is real: numbers instead of names, figures drawn with a fixed seed from plausible ranges.
"""

import random

SEED, PEOPLE = 2020, 130
PAID = [f"2019-{month:02d}" for month in range(3, 13)] + ["2020-01", "2020-02"]
EXPECTED = ["2020-04", "2020-05", "2020-06"]
#: Trade, how often, and the chances to have gone on, slowed down or stopped.
TRADES = (
    ("développement web", 10, (7, 2, 1)),
    ("graphisme", 9, (5, 4, 1)),
    ("formation professionnelle", 12, (2, 3, 5)),
    ("conseil aux entreprises", 12, (5, 4, 1)),
    ("bien-être et massage", 11, (0, 1, 9)),
    ("coiffure à domicile", 5, (0, 0, 10)),
    ("couture et mode", 8, (2, 3, 5)),
    ("ébénisterie", 6, (2, 5, 3)),
    ("maraîchage et paysage", 9, (6, 3, 1)),
    ("événementiel", 7, (0, 1, 9)),
    ("guide et tourisme", 6, (0, 0, 10)),
    ("photographie", 6, (1, 2, 7)),
    ("traduction et rédaction", 8, (6, 3, 1)),
    ("traiteur", 6, (0, 3, 7)),
    ("services à domicile", 9, (3, 4, 3)),
    ("musique et spectacle", 6, (0, 1, 9)),
)


def person(number: int, draw: random.Random) -> list[str]:
    """Return the cells of one person."""
    trade, _, chances = draw.choices(TRADES, [weight for _, weight, _ in TRADES])[0]
    state = draw.choices(["travaille", "réduit", "arrêté"], chances)[0]
    standing = draw.choices(["CESA", "associé", "CAPE", "mandataire"], [62, 38, 29, 1])[0]
    mean = draw.choice([200, 450, 700, 900, 1100, 1300, 1500, 1700, 2000, 2400, 3100, 4200])
    even = draw.random() < 0.3
    months = 12 if draw.random() < 0.78 else draw.randint(1, 11)
    pays = ["" for _ in PAID]
    if standing != "CAPE" or draw.random() < 0.4:
        for rank in range(12 - months, 12):
            factor = 1 if even else draw.choice([0, 0.3, 0.6, 0.8, 1, 1, 1.2, 1.5, 2.1])
            pays[rank] = f"{int(mean * factor / 10) * 10}"
    usual = int(mean * draw.uniform(1.7, 2.4) / 10) * 10
    expected, gross, net = [], [], []
    share = {"travaille": 1.0, "réduit": draw.uniform(0.2, 0.8), "arrêté": 0.0}[state]
    for rank in range(len(EXPECTED)):
        # The market comes back a little in June.
        left = min(share + (0.25 if rank == 2 and state != "travaille" else 0), 1.0)
        expected.append(f"{int(usual * left)}")
        kept = int(mean * left) if state == "réduit" or left not in (0, 1) else 0
        gross.append(f"{kept}" if kept else "")
        net.append(f"{kept * 0.78:.2f}" if kept else "")
    child = f"{draw.choice([21, 35, 70])}" if draw.random() < 0.14 and standing != "CAPE" else ""
    evidence = "non" if state != "travaille" and draw.random() < 0.12 else "oui"
    return [
        f"P{number:03d}",
        standing,
        state,
        trade,
        f"{usual}",
        child,
        evidence,
        *pays,
        *expected,
        *gross,
        *net,
    ]


def main() -> None:
    """Write the file on the screen."""
    draw = random.Random(SEED)
    columns = ["numero", "statut", "etat", "metier", "ca_habituel", "heures_garde_enfant", "justificatif"]
    columns += [f"paie_{month}" for month in PAID]
    for name in ("ca_prevu", "brut_maintenu", "net_maintenu"):
        columns += [f"{name}_{month}" for month in EXPECTED]
    print(";".join(columns))
    for number in range(1, PEOPLE + 1):
        print(";".join(person(number, draw)))


if __name__ == "__main__":
    main()
