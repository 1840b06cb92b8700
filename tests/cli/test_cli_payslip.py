"""`cae payslip`: the official slip of a person, and thousands of cases of a program."""

import json

import pytest
from cli_runner import CASE_9, cae, plain, process, words

#: The printed lines of the worked case 9: label, figures from left to right.
FRENCH = [
    ("Rémunération brute", "2 000,00"),
    ("Santé", ""),
    ("Sécurité sociale – maladie, maternité, invalidité, décès", "2 000,00 260,00"),
    ("Complémentaire santé", "25,00 25,00"),
    ("Accidents du travail – maladies professionnelles", "2 000,00 21,00"),
    ("Retraite", ""),
    ("Sécurité sociale plafonnée", "2 000,00 6,90 % 138,00 171,00"),
    ("Sécurité sociale déplafonnée", "2 000,00 0,40 % 8,00 42,20"),
    ("Complémentaire tranche 1", "2 000,00 3,15 % 63,00 94,40"),
    ("Contribution d'équilibre général tranche 1", "2 000,00 0,86 % 17,20 25,80"),
    ("Famille", "2 000,00 105,00"),
    ("Assurance chômage", "2 000,00 85,00"),
    ("Autres contributions dues par l'employeur", "83,92"),
    ("CSG déductible de l'impôt sur le revenu", "1 990,00 6,80 % 135,32"),
    ("CSG/CRDS non déductible de l'impôt sur le revenu", "1 990,00 2,90 % 57,71"),
    ("Exonérations et allègements de cotisations", "-629,40"),
    ("Total des cotisations et contributions", "444,23 283,92"),
    ("Montant net social", "1 555,77"),
    ("Net à payer avant impôt sur le revenu", "1 555,77"),
    ("Impôt sur le revenu prélevé à la source (taux neutre)", "1 638,48 0,50 % 8,19"),
    ("Net payé", "1 547,58"),
    ("Total versé par l'employeur", "2 283,92"),
    ("Allègements de cotisations employeur", "629,40"),
]


class TestOneSlip:
    """Headings and order of the adapted model of the arrêté of 25 February 2016."""

    def test_the_worked_case_9_line_by_line(self):
        done = cae("payslip", *CASE_9)
        assert done.exit_code == 0
        printed = [" ".join(line.split()) for line in plain(done.stdout).splitlines()]
        start = next(rank for rank, line in enumerate(printed) if line.startswith("Rémunération"))
        rows = [line for line in printed[start:] if line and not line.startswith("–")]
        assert rows[: len(FRENCH)] == [f"{label} {figures}".strip() for label, figures in FRENCH]

    def test_no_hours_on_the_slip_but_a_note_under_it(self):
        slip, _, notes = words(cae("payslip", *CASE_9).stdout).partition("629,40 –")
        assert "151,67" not in slip
        assert "heure" not in slip.lower()
        assert "151,67 h, selon la règle choisie « équivalent-heures »" in notes
        assert "Droit applicable au 1er mars 2026." in notes

    def test_english(self):
        found = words(cae("payslip", *CASE_9, "--lang", "en").stdout)
        assert "Payslip – March 2026" in found
        assert "Net social amount 1,555.77" in found
        assert "Total paid by the employer 2,283.92" in found
        assert "Other levies owed by the employer 83.92" in found

    def test_detail_lists_what_the_one_line_adds_up(self):
        found = words(cae("payslip", *CASE_9, "--detail").stdout)
        assert "Versement mobilité 2 000,00 2,00 % 40,00" in found
        assert "Forfait social sur la prévoyance et la santé 25,00 8,00 % 2,00" in found
        assert "Garantie des salaires (AGS) 2 000,00 0,25 % 5,00" in found
        assert "coefficient 0,3147" in found
        assert "dont imputée sur l'Urssaf : -534,38" in found
        assert "dont imputée sur l'Agirc-Arrco : -95,02" in found
        parts = ("6,00", "2,00", "40,00", "0,32", "20,00", "11,80", "1,80", "2,00")
        assert sum(int(part.replace(",", "")) for part in parts) == 8392

    def test_an_executive_has_apec_apart(self):
        found = words(cae("payslip", *CASE_9, "--executive").stdout)
        assert "Apec 2 000,00 0,024 % 0,48 0,72" in found
        assert "Complémentaire décès des cadres 2 000,00 30,00" in found
        assert "Assurance chômage 2 000,00 85,00" in found

    def test_values_to_review_are_named(self):
        found = words(cae("payslip", "--month", "2026-07", *CASE_9[2:]).stdout)
        assert "À vérifier, texte non relu :" in found

    def test_a_month_not_covered_says_what_to_do_and_can_be_assumed(self):
        arguments = ["--month", "2026-09", *CASE_9[2:]]
        refused = cae("payslip", *arguments)
        assert refused.exit_code == 2
        assert "dernier 31 juillet 2026" in refused.stderr
        assert "--assume-unchanged" in refused.stderr
        assumed = cae("payslip", *arguments, "--assume-unchanged")
        assert assumed.exit_code == 0
        assert "Hypothèse : les tables ne couvrent pas ce jour" in words(assumed.stdout)

    def test_personal_rate_and_french_notation(self):
        done = cae("payslip", *CASE_9[:3], "2 000,00", *CASE_9[4:], "--withholding", "7,5 %")
        assert "(taux personnalisé) 1 638,48 7,50 % 122,89" in words(done.stdout)


class TestBadInput:
    """Each problem names its option; all are said at once; nothing is printed on the output."""

    @pytest.mark.parametrize(
        ("option", "value", "said"),
        [
            ("--gross", "-5", "--gross : attendu : zéro ou plus ; reçu : '-5'"),
            ("--gross", "2000.005", "--gross : a deux décimales au plus"),
            ("--gross", "12e3", "--gross : doit être un nombre simple"),
            ("--gross", "99999999999", "--gross : est d'au plus"),
            ("--month", "mars", "--month : attendu : un mois comme 2026-03 ; reçu : 'mars'"),
            ("--month", "2018-12", "premier jour connu 1er janvier 2019"),
            ("--headcount", "0", "--headcount : attendu : un nombre entier de personnes"),
            ("--headcount", "3.5", "--headcount : attendu : un nombre entier de personnes"),
            ("--workplace-accident-rate", "101", "--workplace-accident-rate : est entre 0 et 100 %"),
            ("--mobility-rate", "0.00001", "--mobility-rate : a quatre décimales de pour cent au plus"),
            ("--hours-policy", "none", "--hours-policy : attendu : l'un de equivalent_hours"),
            ("--hours-policy", "contract_hours", "--contract-hours : manque"),
            ("--employed-days", "32", "--employed-days : attendu : un nombre de jours de 0 à 31"),
            ("--withholding", "neutre", "--withholding : doit être un nombre simple"),
            ("--health-cover-employee", "30", "moins de la moitié de la complémentaire santé"),
            ("--provident-employee-rate", "x", "--provident-employee-rate : doit être un nombre simple"),
            ("--budget", "3000", "--budget : avec --gross, c'est l'un ou l'autre"),
        ],
    )
    def test_one_problem(self, option, value, said):
        done = cae("payslip", *CASE_9, option, value)
        assert done.exit_code == 2
        assert said in words(done.stderr)
        assert done.stdout == ""

    def test_more_days_than_the_month_has(self):
        done = cae("payslip", *CASE_9, "--month", "2026-02", "--employed-days", "30")
        assert done.exit_code == 2
        assert "plus de jours d'emploi que le mois n'a de jours" in words(done.stderr)

    def test_all_problems_at_once(self):
        done = cae("payslip", "--gross", "abc", "--workplace-accident-rate", "200", "--lang", "en")
        assert done.exit_code == 2
        for option in ("--gross: must be a plain number", "--month: is missing", "--headcount: is missing",
                       "--workplace-accident-rate: must be between 0 and 100 %"):  # fmt: skip
            assert option in done.stderr


class TestBudget:
    """The largest gross whose cost fits, what is left and why."""

    def _facts(self):
        return [*CASE_9[:2], *CASE_9[4:]]

    def test_what_a_budget_gives(self):
        done = cae("payslip", *self._facts(), "--budget", "2283.92")
        assert done.exit_code == 0
        assert "Budget 2 283,92 € → brut 2 000,00 €, coût 2 283,92 €, reste 0,00 €." in words(done.stdout)
        assert "Un centime de brut de plus coûterait" in words(done.stdout)
        assert "Net payé 1 547,58" in words(done.stdout)

    def test_the_jump_at_the_end_of_the_reduction_is_named(self):
        found = words(cae("payslip", *self._facts(), "--budget", "7900", "--lang", "en").stdout)
        assert "gross €5,469.09" in found
        assert "The cost jumps here: Single degressive general reduction, €109.38 → €0.00." in found

    def test_a_budget_that_nothing_fits(self):
        done = cae("payslip", *self._facts(), "--budget", "10")
        assert done.exit_code == 1
        assert "rien n'y tient" in words(done.stderr)
        assert done.stdout == ""

    def test_neither_gross_nor_budget(self):
        done = cae("payslip", *self._facts())
        assert done.exit_code == 2
        assert "--gross : manque, ou --budget" in words(done.stderr)


CASE = {
    "id": "anna",
    "month": "2026-03",
    "gross_pay": "2000.00",
    "executive": False,
    "headcount": 30,
    "workplace_accident_rate": "1.05",
    "mobility_rate": "2",
    "health_cover": {"employee": "25", "employer": "25"},
    "hours_policy": "equivalent_hours",
    "withholding": "neutral",
}


class TestJson:
    """Cases on standard input, results on standard output; good and bad ones side by side."""

    def test_good_and_bad_cases(self):
        cases = [CASE, {**CASE, "id": "bad", "gross_pay": "-1"}, {**CASE, "id": "late", "month": "2031-01"}]
        done = cae("payslip", "--json", stdin=json.dumps(cases))
        assert done.exit_code == 1
        good, bad, late = json.loads(done.stdout)
        assert good["totals"]["net_before_tax"] == "1555.77"
        assert good["totals"]["employer_cost"] == "2283.92"
        assert bad["id"] == "bad"
        assert bad["error"]["problems"][0]["key"] == "gross_pay"
        assert late["error"]["problems"][0]["key"] == "month"
        assert "2 cas sur 3" in plain(done.stderr)

    def test_all_good_leaves_with_zero(self):
        done = cae("payslip", "--json", stdin=json.dumps([CASE]))
        assert done.exit_code == 0
        assert done.stderr == ""

    def test_the_empty_list(self):
        done = cae("payslip", "--json", stdin="[]")
        assert (done.exit_code, json.loads(done.stdout)) == (0, [])

    @pytest.mark.parametrize(
        "source",
        [
            "",
            "no",
            "{}",
            "3",
            '"text"',
            "null",
            "[NaN]",
            '[{"id": 1, "id": 2}]',
            "[" * 100_000,
            b"\xff\xfe\xff",
        ],
    )
    def test_what_is_no_list_of_cases_at_all(self, source):
        done = cae("payslip", "--json", stdin=source)
        assert done.exit_code == 2
        assert done.stdout == ""
        assert "entrée" in done.stderr

    def test_assume_unchanged(self):
        done = cae(
            "payslip", "--json", "--assume-unchanged", stdin=json.dumps([{**CASE, "month": "2027-01"}])
        )
        assert done.exit_code == 0
        assert json.loads(done.stdout)[0]["law_assumed_unchanged"] is True

    def test_labels_and_messages_in_the_language(self):
        cases = json.dumps([CASE, {**CASE, "id": "x", "gross_pay": 1.005}])
        french, english = (json.loads(cae("payslip", "--json", "--lang", lang, stdin=cases).stdout)
                           for lang in ("fr", "en"))  # fmt: skip
        assert french[0]["lines"][0]["label"].startswith("Sécurité sociale")
        assert english[0]["lines"][0]["label"].startswith("Social security")
        assert french[1]["error"]["message"] == "gross_pay\u00a0: a deux décimales au plus (reçu : 1.005)"
        assert english[1]["error"]["message"] == "gross_pay: must have at most two decimals (got 1.005)"

    def test_facts_belong_to_the_cases(self):
        done = cae("payslip", "--json", "--gross", "2000", "--executive", stdin="[]")
        assert done.exit_code == 2
        assert "--gross, --executive" in plain(done.stderr)

    def test_a_process_reads_and_writes_utf8(self):
        done = process("payslip", "--json", stdin=json.dumps([{**CASE, "id": "Zoé"}], ensure_ascii=False))
        assert done.returncode == 0
        assert json.loads(done.stdout)[0]["id"] == "Zoé"
        assert done.stderr == b""
