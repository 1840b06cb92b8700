"""Results for people: every printed sum is redone here from the printed figures alone."""

import re
from decimal import ROUND_HALF_UP, Decimal, getcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import (
    ContractError,
    HoursPolicy,
    InputError,
    InputErrors,
    LawNotKnownError,
    Month,
    PayFacts,
    Reason,
    UnknownNameError,
    load,
)
from cae_core.explain import (
    RowKind,
    Words,
    close_names,
    explain_amount,
    explainable_amounts,
    law_text,
    payslip_notes,
    payslip_rows,
    payslip_text,
    problem_text,
    used_parameters,
    values_to_review,
)
from cae_core.explain.slip_data import plain_euros, plain_percent
from cae_core.law import Citation
from strategies import MONTHS, pay_facts

LANGUAGES = ("fr", "en")


def facts(gross="2000", **changes):
    given = {
        "headcount": 30, "workplace_accident_rate": "1.05", "mobility_rate": "2",
        "health_cover_employee": "25", "health_cover_employer": "25", **changes,
    }  # fmt: skip
    return PayFacts.of(gross, **given)


def year(pays, first="2026-01", **changes):
    """The slips of consecutive months of one year."""
    slips, before = [], None
    month = Month.parse(first)
    for rank, pay in enumerate(pays):
        slips.append(load().payslip(month + rank, facts(pay, **changes), year_to_date=before))
        before = slips[-1].year_to_date
    return slips


CASE_9 = load().payslip("2026-03", facts())
SLIPS = [
    CASE_9,
    load().payslip("2026-03", facts("5500", executive=True, headcount=60, provident_employer_rate="0.7")),
    load().payslip("2026-03", facts("1200", headcount=60)),
    load().payslip("2024-11", facts("4500", executive=True, headcount=60)),
    load().payslip("2026-02", facts("40000", headcount=300, apprentice_ratio="2", employed_days=11)),
    load().payslip("2026-03", facts("900", hours_policy="contract_hours", contract_hours="75.5")),
    load().payslip("2026-03", facts("2500", hours_policy="full_time", withholding="7.5")),
    load().payslip("2025-03", facts("0")),
    *year(["3000", "6000", "2000", "5500"]),
    *year(["2000", "2500", "9000", "1500", "1800", "4000"], "2025-01"),
    *year(["2000", "0", "9000"], "2024-09", executive=True),
]


def number(text, lang):
    text = re.sub("[\u202f\u00a0 ]", "", text)
    return Decimal(text.replace(",", "") if lang == "en" else text.replace(",", "."))


#: Words that stand between figures and do not compute.
_SAID = re.compile(
    r" (avant|before|déjà soumis|already charged|déjà accordés|already granted|de couverture patronale|"
    r"of employer cover|h|jours calendaires|calendar days)(?= )"
)
_NUMBER = r"\d+(?:\.\d+)?"


def computable(text, lang):
    """Return a step with numbers as Python writes them: `1 234,56` becomes `1234.56`."""
    text = text.replace("\u202f", "").replace("\u00a0", " ")
    if lang == "en":
        return re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


def equations(text, lang):
    """Yield each printed equation of a step: left side, printed result, and the rounded amount if any."""
    for part in re.split(r" ?; |, | : |: ", computable(text, lang)):
        part = _SAID.sub("", part)
        found = re.search(
            rf"([-+−×÷½^()%. \d]*[+−×÷^][-+−×÷½^()%. \d]*) = (-?{_NUMBER})(?: → (-?{_NUMBER}))?( ?%)?", part
        )
        if found:
            left, printed, rounded, percent = found.groups()
            yield (re.sub(" ?%", "", left) if percent else left), printed, rounded


def check_equation(left, printed, rounded):
    """Redo one sum; what is made from figures printed rounded may differ by what their rounding hides."""
    getcontext().prec = 40
    expression = re.sub(rf"({_NUMBER}) ?%", r"(\1/100)", left.replace("½", "0.5"))
    for sign, operator in (("×", "*"), ("÷", "/"), ("−", "-"), ("^", "**")):
        expression = expression.replace(sign, operator)
    assert re.fullmatch(r"[-+*/(). \d]*", expression), left
    value = eval(re.sub(_NUMBER, lambda number: f"D('{number[0]}')", expression).strip(), {"D": Decimal})
    hidden = Decimal(0)
    for figure in re.findall(_NUMBER, left):
        decimals = len(figure.partition(".")[2])
        if decimals >= 4 and Decimal(figure) and (decimals > 4 or Decimal(figure) > 1):
            hidden += Decimal("0.5").scaleb(-decimals) / Decimal(figure)
    half = Decimal("0.5").scaleb(-len(printed.partition(".")[2]))
    assert abs(value - Decimal(printed)) <= half + 2 * hidden * (abs(value) + 1), (left, value, printed)
    if rounded is not None and len(rounded.partition(".")[2]) == 2:
        assert value == Decimal(printed)
        assert value.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(rounded)


def check_explanation(explanation, lang):
    """Redo every equation of an explanation; return how many there were."""
    count = 0
    for section in explanation.sections:
        for step in section.steps:
            for equation in equations(step.text, lang):
                check_equation(*equation)
                count += 1
    return count


class TestEveryAmountCanBeRedone:
    """A clerk redoes each step by hand from the figures on the page."""

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.month}-{slip.gross_pay}")
    def test_all_amounts_of_a_slip(self, slip, lang):
        count = 0
        for name, _, _ in explainable_amounts(slip, lang):
            explanation = explain_amount(slip, name, lang)
            count += check_explanation(explanation, lang)
            assert f"({name})" in explanation.title
            assert explanation.text(80).endswith("\n")
        assert count > 40

    @given(slip_facts=pay_facts(), month=st.sampled_from(MONTHS), lang=st.sampled_from(LANGUAGES))
    def test_any_facts(self, slip_facts, month, lang):
        slip = load().payslip(month, slip_facts)
        for name, _, _ in explainable_amounts(slip, lang):
            check_explanation(explain_amount(slip, name, lang), lang)

    @pytest.mark.parametrize(
        ("lang", "wrong"),
        [
            ("fr", "2\u202f000,00 × 6,90\u00a0% = 138,01"),
            ("en", "2,000.00 × 6.90% = 138.01"),
            ("fr", "4\u202f005,00 × 6,90\u00a0% = 276,345 → 276,34"),
            ("en", "13,500.00 × 0.0688 = 928.81"),
            ("fr", "0,0200 + 0,3781 × 0,77942521 = 0,3146"),
            ("fr", "5,00 avant + 1,00 = 6,01"),
        ],
    )
    def test_the_verifier_sees_a_wrong_figure(self, lang, wrong):
        (equation,) = equations(wrong, lang)
        with pytest.raises(AssertionError):
            check_equation(*equation)

    def test_the_amount_explained_is_that_of_the_line(self):
        for slip in SLIPS:
            for line in slip.lines:
                text = explain_amount(slip, line.code, "en").text(1000)
                for cents, share in ((line.employee_cents, "employee"), (line.employer_cents, "employer")):
                    if cents:
                        assert Words("en").euros(cents) in text.splitlines()[1], share


class TestLines:
    """Base, rate with its dated text, rounding; a line that is not due says why."""

    def text(self, name, slip=CASE_9, lang="fr"):
        return re.sub("[\u00a0\u202f]", " ", explain_amount(slip, name, lang).text(200))

    def test_capped_old_age(self):
        found = self.text("old_age_capped")
        assert "la plus petite de 2 000,00 et 4 005,00 = 2 000,00" in found
        assert "Montant : 2 000,00 × 6,90 % = 138,00" in found
        assert "Montant : 2 000,00 × 8,55 % = 171,00" in found
        assert "depuis le 1er janvier 2016" in found
        assert "source : openfisca-france" in found
        assert "CSS art. D242-4 ; L241-3, al. 1" in found

    def test_a_rate_made_of_two(self):
        assert "2,40 % + 0,50 % = 2,90 %" in self.text("csg_crds_non_deductible")
        found = self.text("csg_deductible")
        assert (
            "abattement 1,75 % × 2 000,00 = 35,00 ; 2 000,00 − 35,00 + 25,00 de couverture patronale" in found
        )

    def test_a_rounded_amount_shows_the_exact_product(self):
        slip = load().payslip("2026-03", facts("5500"))
        assert "4 005,00 × 6,90 % = 276,345 → 276,35, arrondi au centime le plus proche" in self.text(
            "old_age_capped", slip
        )

    def test_a_negative_base_after_a_high_month(self):
        slip = year(["3000", "6000", "2000"])[-1]
        found = self.text("agirc_arrco_t2", slip)
        assert "Assiette du mois : 0,00 − 990,00 déjà soumis = -990,00" in found
        assert "-990,00 × 8,64 % = -85,536 → -85,54" in found

    def test_amounts_of_a_contract(self):
        assert "25,00, montant du contrat de santé" in self.text("health_cover")

    def test_a_rate_that_is_notified(self):
        assert "1,05 %, taux AT/MP notifié à l'établissement par la Carsat" in self.text("workplace_accident")

    def test_not_due(self):
        assert "elle dépend du statut de cadre" in self.text("apec")
        assert "à partir de 50 ; effectif 30" in self.text("construction")
        assert "nul" in self.text("provident")

    def test_assumptions_are_said(self):
        assert "– Le taux donné est celui du lieu de travail, part régionale comprise." in self.text(
            "mobility"
        )

    def test_a_value_to_review_says_so(self):
        slip = load().payslip("2026-07", facts())
        assert "à vérifier : le texte n'a pas été relu" in self.text("ags", slip)


class TestReduction:
    """The formula with the figures put in, the cumul, what was granted before, the two parts."""

    def text(self, slip, lang="fr"):
        return re.sub("[\u00a0\u202f]", " ", explain_amount(slip, "general_reduction", lang).text(300))

    def test_case_9(self):
        found = self.text(CASE_9)
        assert "12,02 × 1 820 h ÷ 12 = 1 823,0333" in found
        assert "Rapport : ½ × (3 × 1 823,0333 ÷ 2 000,00 − 1) = 0,86727500" in found
        assert "= 0,3147, arrondi à quatre décimales" in found
        assert "2 000,00 × 0,3147 = 629,40" in found
        assert "629,40 × 6,01 % ÷ 0,3981 = 95,02" in found
        assert "629,40 − 95,02 = 534,38" in found

    def test_progressive_regularisation(self):
        slips = year(["2000", "3500", "2000", "6000"], health_cover_employee="0", health_cover_employer="0")
        found = self.text(slips[-1], "en")
        assert "13,500.00 × 0.0688 = 928.80" in found
        assert "928.80 − 1,289.25 already granted = -360.45" in found

    def test_a_year_with_two_maximums(self):
        slip = year(["2000", "2000", "2000", "2000", "2000"], "2025-01")[-1]
        found = self.text(slip)
        assert "Due sur la rémunération au paramètre 0,3194 : 8 000,00 ×" in found
        assert "Due sur la rémunération au paramètre 0,3193 : 2 000,00 ×" in found

    def test_above_the_exit(self):
        assert "la rémunération atteint le point de sortie : 0" in self.text(
            load().payslip("2026-03", facts("6000"))
        )


class TestTotals:
    """Totals are the sums of their lines."""

    def test_each_total_ends_on_its_amount(self):
        for slip in SLIPS:
            for name in (
                "employee_contributions",
                "employer_cost",
                "net_before_tax",
                "taxable_net",
                "net_paid",
            ):
                last = [step for step in explain_amount(slip, name, "en").sections[0].steps if step.text][-1]
                assert last.text.endswith(f"= {Words('en').amount(getattr(slip, f'{name}_cents'))}")

    def test_taxable_net_adds_what_the_law_adds(self):
        found = re.sub("[\u00a0\u202f]", " ", explain_amount(CASE_9, "taxable_net").text(200))
        assert "1 555,77 + 25,00 + 57,71 = 1 638,48" in found
        assert "CGI art. 83, 1° quater" in found

    def test_the_neutral_bracket(self):
        found = re.sub("[\u00a0\u202f]", " ", explain_amount(CASE_9, "withholding").text(200))
        assert "à partir de 1 620,00, moins de 1 683,00 : 0,50 %" in found
        assert "1 638,48 × 0,50 % = 8,1924 → 8,19" in found

    def test_a_name_that_is_not_there(self):
        with pytest.raises(UnknownNameError, match="Did you mean net_paid"):
            explain_amount(CASE_9, "net_payd")


class TestSlip:
    """The statutory model: headings, order, one line for the other levies."""

    def test_order_of_the_model(self):
        codes = [row.code for row in payslip_rows(SLIPS[1])]
        order = [
            "gross_pay", "health", "provident", "provident_executive", "health_cover", "workplace_accident",
            "retirement", "old_age_capped", "old_age_uncapped", "agirc_arrco_t1", "agirc_arrco_t2", "family",
            "unemployment", "apec", "other_employer", "csg_deductible", "csg_crds_non_deductible",
            "total_contributions", "net_social_amount", "net_before_tax", "withholding", "net_paid",
            "employer_cost", "reductions",
        ]  # fmt: skip
        assert [code for code in order if code in codes] == order
        ranks = [codes.index(code) for code in order]
        assert ranks == sorted(ranks)

    @pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.month}-{slip.gross_pay}")
    def test_the_columns_add_up_to_the_total(self, slip):
        for detail in (False, True):
            rows = payslip_rows(slip, "en", detail=detail)
            end = next(rank for rank, row in enumerate(rows) if row.code == "total_contributions")
            for column in ("employee", "employer"):
                figures = [getattr(row, column) for row in rows[1:end] if row.kind is not RowKind.DETAIL]
                added = sum((number(figure, "en") for figure in figures if figure), Decimal(0))
                assert added == number(getattr(rows[end], column), "en")

    def test_zero_lines_are_not_printed(self):
        assert "agirc_arrco_t2" not in {row.code for row in payslip_rows(CASE_9)}

    def test_a_slip_without_pay(self):
        rows = {row.code: row for row in payslip_rows(load().payslip("2026-03", facts("0")), "en")}
        assert rows["health_cover"].employer == "25.00"
        assert rows["net_before_tax"].employee == "-27.43"  # the cover, and the CSG on its employer share

    def test_tax_withheld_to_date(self):
        rows = payslip_rows(CASE_9, "en", withheld_before_cents=1_000)
        assert [row.employee for row in rows if row.kind is RowKind.DETAIL] == ["18.19"]

    @pytest.mark.parametrize("width", [70, 80, 96, 140])
    def test_text_keeps_its_width_and_its_figures(self, width):
        found = payslip_text(CASE_9, width=width)
        assert max(map(len, found.splitlines())) <= width
        for figure in ("1\u202f555,77", "1\u202f547,58", "2\u202f283,92"):
            assert figure in found

    def test_text_in_english(self):
        assert "Net paid" in payslip_text(CASE_9, "en", detail=True, width=120)

    def test_notes(self):
        notes = " ".join(payslip_notes(load().payslip("2027-01", facts(), assume_unchanged=True), "en"))
        assert "policy “equivalent hours”" in notes
        assert "Law of 1 January 2027." in notes
        assert "carried forward" in notes
        assert "To review" in " ".join(payslip_notes(load().payslip("2026-07", facts()), "en"))
        late = load().payslip("2026-06", facts(), known_on=Month(2026, 6).first_day)
        assert "Texts published by 1 June 2026 only." in payslip_notes(late, "en")

    @pytest.mark.parametrize("policy", list(HoursPolicy))
    def test_every_policy_has_a_name_in_both_languages(self, policy):
        slip = load().payslip("2026-03", facts(hours_policy=policy, contract_hours="100"))
        assert policy.french_name in payslip_notes(slip)[0]


class TestReads:
    """Which values of the law a slip was made of, seen by reading, not declared a second time."""

    def test_only_what_the_slip_used(self):
        used = set(used_parameters(CASE_9))
        assert {"old_age_capped_employee_rate", "social_security_ceiling_monthly", "general_reduction_power",
                "general_reduction_delta_small", "withholding_neutral_scale"} <= used  # fmt: skip
        assert not {"apec_employee_rate", "general_reduction_delta_large", "minimum_wage_hourly"} & used

    def test_values_to_review(self):
        assert values_to_review(CASE_9) == ()
        assert values_to_review(load().payslip("2024-03", facts())) == ()
        assert "ags_rate" in values_to_review(load().payslip("2026-07", facts()))


class TestWords:
    """Both languages; a plugin's own words stay as they are."""

    def test_an_unknown_language_is_refused(self):
        with pytest.raises(InputError, match="expected one of fr, en, got 'de'"):
            Words("de")

    def test_every_assumption_of_the_rules_has_its_french(self):
        rules = load()
        for row in (*rules.contributions, *rules.reductions):
            for sentence in row.assumptions:
                assert Words("fr").assumption(sentence) != sentence, sentence

    def test_a_sentence_of_a_plugin_stays(self):
        assert Words("fr").assumption("Something of a plugin.") == "Something of a plugin."

    @pytest.mark.parametrize(
        ("cents", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123456, "1234.56")]
    )
    def test_plain_euros(self, cents, text):
        assert plain_euros(cents) == text

    @pytest.mark.parametrize(
        ("ppm", "text"), [(0, "0"), (69_000, "6.9"), (85_500, "8.55"), (160, "0.016"), (1_000_000, "100")]
    )
    def test_plain_percent(self, ppm, text):
        assert plain_percent(ppm) == text


class TestLaw:
    """The history of a value with everything behind it."""

    def test_text(self):
        parameter = load().legislation.parameter("general_reduction_minimum_wage_hourly")
        found = law_text(parameter, "en")
        assert "2026-06-01  €12.02/h" in found
        assert "published on 2026-06-14" in found
        assert "Known until 2026-07-31." in found
        assert "à vérifier" in law_text(load().legislation.parameter("ags_rate"))

    def test_close_names(self):
        law = load().legislation
        assert close_names(law, "agsrate")[0] == "ags_rate"
        assert "minimum_wage_hourly" in close_names(law, "SMIC")
        assert close_names(law, "zzzzzz") == ()


class TestProblems:
    """Errors said in French; each sentence here was raised by the library, not written by hand."""

    def raised(self, kind, call):
        with pytest.raises(kind) as caught:
            call()
        return re.sub("[\u00a0\u202f]", " ", problem_text(caught.value)), problem_text(caught.value, "en")

    @pytest.mark.parametrize(
        ("call", "french"),
        [
            (
                lambda: facts(2000.5),
                "gross_pay doit être un nombre exact ou un texte, pas « float » (reçu : 2000.5)",
            ),
            (lambda: facts("-1"), "gross_pay ne doit pas être négatif (reçu : '-1')"),
            (lambda: facts("1.005"), "gross_pay a deux décimales au plus (reçu : '1.005')"),
            (
                lambda: facts("x"),
                "gross_pay doit être un nombre simple, comme 1234.56 ou 1 234,56 (reçu : 'x')",
            ),
            (lambda: facts(mobility_rate="101"), "mobility_rate est entre 0 et 100 % (reçu : '101')"),
            (
                lambda: facts(headcount=0),
                "headcount : attendu : un nombre entier de personnes, au moins 1 ; reçu : 0",
            ),
            (lambda: facts(executive=1), "executive : attendu : true ou false ; reçu : 1"),
            (
                lambda: facts(hours_policy="contract_hours"),
                "contract_hours : la règle contract_hours a besoin des heures du mois",
            ),
            (lambda: Month.parse("mars"), "month : attendu : un mois comme 2026-03 ; reçu : 'mars'"),
            (
                lambda: load().payslip("2026-03", facts(health_cover_employee="30")),
                "health_cover : en 2026-03, l'employeur paie moins de la moitié de la complémentaire santé "
                "obligatoire (CSS art. L911-7)",
            ),
            (
                lambda: load().payslip("2027-01", facts()),
                "le droit n'est pas connu au 1er janvier 2027 : premier jour connu 1er janvier 2019, "
                "dernier 31 juillet 2026.",
            ),
            (
                lambda: load().legislation.parameter("csg_deductible_rat"),
                "aucun paramètre ne s'appelle 'csg_deductible_rat'. "
                "Vouliez-vous dire csg_deductible_rate, csg_non_deductible_rate ?",
            ),
        ],
    )
    def test_said_in_french(self, call, french):
        said, english = self.raised(Exception, call)
        assert said == french
        assert "reçu" not in english

    def test_many_problems_are_listed(self):
        errors = InputErrors("case.toml is not a case that can be run", [InputError("a", "is missing"),
                             InputError("b", "unknown key; did you mean 'c'?")])  # fmt: skip
        assert problem_text(errors).replace("\u00a0", " ").split("\n") == [
            "case.toml n'est pas un cas que l'on peut calculer",
            "  - a : manque",
            "  - b : clé inconnue ; vouliez-vous dire 'c' ?",
        ]
        assert problem_text(errors, "en").startswith(
            "case.toml is not a case that can be run\n  - a: is missing"
        )

    def test_a_contract_lists_its_objections(self):
        goals = Reason(
            code="goals", met=False, french="manque : les objectifs", english="missing: the goals",
            citations=(Citation("C. trav. art. L7331-2 2° a"),),
        )  # fmt: skip
        error = ContractError("le CESA n'est pas valable", "the CESA is not valid", [goals])
        assert problem_text(error) == (
            "le CESA n'est pas valable\u00a0:\n  - manque : les objectifs (C. trav. art. L7331-2 2° a)"
        )
        assert (
            problem_text(error, "en")
            == str(error)
            == ("the CESA is not valid:\n  - missing: the goals (C. trav. art. L7331-2 2° a)")
        )

    def test_what_has_no_french_stays_as_it_was(self):
        assert (
            problem_text(InputError("x", "something nobody foresaw")) == "x\u00a0: something nobody foresaw"
        )

    def test_a_law_without_an_end(self):
        error = LawNotKnownError("x", Month(2020, 1).first_day, None, None)
        assert "no end" in problem_text(error, "en")
