"""`cae advise`: the plan, its guarantees and their price, a euro more; JSON; refusals in plain French."""

import json

import pytest
from cli_runner import CASE, cae, plain, words

pytest.importorskip("numpy")
ASKED = ("advise", str(CASE), "--assume-unchanged", "--paths", "60")


def written(text):
    """Return the figures of a text: its JSON."""
    return json.loads(text)


@pytest.fixture(scope="module")
def safe():
    done = cae(*ASKED, "--chance", "60")
    assert done.exit_code == 0, done.stderr
    return words(done.stdout)


@pytest.fixture(scope="module")
def figures():
    return written(cae(*ASKED, "--chance", "60", "--json").stdout)


class TestTable:
    def test_in_french(self, safe):
        for part in (
            "Claire Vasseur – Coopérative des Arches",
            "janvier 2026 … décembre 2026, 60 trajectoires, graine 1 ; viser : le plus chaque mois",
            "→ Le plan : ",
            "Garanties Voulu Trajectoires Autres tirages Prix",
            "part fixe du contrat payée 100 % 100 % 100 % 0,00 €",
            "Trimestres de retraite ≥ 4, le 31 décembre 60 %",
            "Combien, avec quelle sûreté Brut par mois",
            "De plus en brut en décembre 2025 +1,00 € +100,00 €",
            "Compté au départ : 2 900,00 € que des clients doivent encore.",
            "le droit est reconduit sans changement",
        ):
            assert part in safe, part

    def test_says_the_figures_of_the_json(self, safe, figures):
        plan = figures["advice"]["plan"]

        def euros(cents):
            return f"{cents // 100:,}".replace(",", " ") + f",{cents % 100:02d} €"

        assert f"Le plan : {euros(plan['monthly_cents'])} brut chaque mois" in safe
        assert f"soit au moins {euros(plan['monthly_net_cents'])} net avant impôt" in safe
        assert f"{euros(plan['mean_cents'])} en moyenne" in safe
        assert euros(figures["advice"]["prices"][0]["cents"]) in safe

    def test_the_fixed_part_of_the_case(self, figures):
        """It is 1,200 € since July 2025: no plan under it keeps it."""
        for plan in figures["advice"]["plans"]:
            (fixed,) = [each for each in plan["guarantees"] if each["code"] == "fixed_part_paid"]
            assert fixed["met"] is (plan["monthly_cents"] >= 120_000)
        assert figures["advice"]["plan"]["monthly_cents"] >= 120_000

    def test_a_euro_more_is_that_of_the_last_payslip(self, figures):
        """December 2025 of the case: the JSON of ``cae year`` has the same payslip, 2,155.43 € gross."""
        euro, hundred = figures["extra_pay"]
        assert (euro["month"], euro["gross_pay_cents"], hundred["gross_pay_cents"]) == (
            "2025-12",
            100,
            10_000,
        )
        # Over a minimum wage: old age 7.30, Agirc-Arrco 4.01, CSG and CRDS 9.53 %, rounded line by line.
        assert hundred["net_before_tax_cents"] in (7_915, 7_916, 7_917)
        assert {right["code"] for right in hundred["rights"]} == {
            "supplementary_pension_points",
            "sickness_daily_benefit",
            "unemployment_benefit",
        }

    def test_in_english(self):
        text = words(cae(*ASKED, "--chance", "60", "--lang", "en").stdout)
        assert "The plan: €" in text
        assert "Guarantees Wanted Paths Other paths Price" in text
        assert "account never under €0.00 60%" in text
        assert "More gross pay in December 2025" in text

    def test_what_cannot_be_kept(self):
        """A net of 5,000 € a month out of 34,160 € a year: no plan, and each guarantee that fails."""
        text = words(cae(*ASKED, "--net", "5000").stdout)
        assert "tient toutes les garanties. Le plus proche : " in text
        assert "compte jamais sous 0,00 € : il manque " in text
        figures = written(cae(*ASKED, "--net", "5000", "--json").stdout)["advice"]
        assert figures["feasible"] is False
        assert figures["prices"] == []
        failing = {each["code"]: each for each in figures["shortfalls"]}
        assert failing
        assert all(each["missing"] > 0 for each in failing.values())

    def test_the_same_seed_gives_the_same_answer(self, figures):
        again = written(cae(*ASKED, "--chance", "60", "--json").stdout)
        other = written(cae(*ASKED, "--chance", "60", "--json", "--seed", "2").stdout)
        assert again == figures
        assert other["advice"]["plans"] != figures["advice"]["plans"]

    def test_what_is_said_of_the_months_to_come(self):
        base = written(cae(*ASKED, "--json").stdout)["advice"]
        more = written(cae(*ASKED, "--json", "--turnover", "60000").stdout)["advice"]
        late = written(cae(*ASKED, "--json", "--paid-after", "4").stdout)["advice"]
        short = written(cae(*ASKED, "--json", "--until", "2026-06").stdout)["advice"]
        assert more["plan"]["mean_cents"] > base["plan"]["mean_cents"] > late["plan"]["mean_cents"]
        assert short["last_month"] == "2026-06"
        assert "retirement_quarters" not in {each["code"] for each in short["plan"]["guarantees"]}

    def test_the_aim(self):
        monthly, mean = (
            written(cae(*ASKED, "--chance", "60", "--json", "--aim", aim).stdout)["advice"]["plan"]
            for aim in ("monthly", "mean")
        )
        assert monthly["monthly_net_cents"] >= mean["monthly_net_cents"]
        assert mean["mean_cents"] >= monthly["mean_cents"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (("--chance", "0"), "attendu : un taux supérieur à 0 %"),
            (("--turnover", "abc"), "--turnover doit être un nombre simple"),
            (("--until", "2025-06"), "2025-06 vient avant le premier mois, 2026-01"),
            (("--turnover", "0"), "dire ce qui est attendu d'un an"),
            (("--uncertainty", "120"), "--uncertainty est entre 0 et 100 %"),
        ],
    )
    def test_in_plain_french(self, options, message):
        done = cae(*ASKED, *options)
        assert done.exit_code == 2
        assert message in plain(done.stderr)
        assert not done.stdout

    def test_law_that_is_not_known(self):
        done = cae("advise", str(CASE), "--paths", "5")
        assert done.exit_code == 2
        assert "ajouter --assume-unchanged" in plain(done.stderr)

    def test_no_file(self):
        assert "cannot" not in plain(cae("advise", "missing.toml").stderr)
