"""A person's case from a TOML file and a CSV of entries: every problem names its place, all of them at once."""

import datetime as dt
from pathlib import Path

import pytest

from cae_core import HoursPolicy, InputError, InputErrors, Month, Regularisation, load
from cae_core.account import AvailabilityPolicy, FeeBase, FeeMode
from cae_core.errors import CaeCoreError
from cae_core.exchange.case_file import read_case
from cae_core.money import Rate
from cae_core.payroll.pay_policy import FixedThenSettle, SmoothPay, SpendAvailable
from cae_core.payroll.run import run_months

EXAMPLE = Path(__file__).parents[2] / "examples" / "atelier"
TOML = (EXAMPLE / "case.toml").read_text("utf-8")


@pytest.fixture
def case_of(tmp_path):
    """Return a reader of the example with some of its texts replaced; entries of its own where given."""

    def read(*changes, entries=None):
        text = TOML
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} is in the example {text.count(old)} times"
            text = text.replace(old, new)
        file = tmp_path / "case.toml"
        file.write_text(text, "utf-8")
        csv = (EXAMPLE / "entries.csv").read_text("utf-8") if entries is None else entries
        (tmp_path / "entries.csv").write_text(csv, "utf-8")
        return read_case(file)

    return read


@pytest.fixture
def problems_of(case_of):
    """Return a reader of the problems of a changed example."""

    def read(*changes, entries=None):
        with pytest.raises(InputErrors) as caught:
            case_of(*changes, entries=entries)
        assert str(caught.value).startswith("case.toml is not a case that can be run\n  - case.toml: ")
        return [str(problem) for problem in caught.value.exceptions]

    return read


class TestTheExample:
    """The example of the repository, read as it is written."""

    @property
    def case(self):
        return read_case(EXAMPLE / "case.toml")

    def test_months_and_person(self):
        assert (self.case.first_month, self.case.last_month) == (Month(2025, 1), Month(2025, 12))
        assert (self.case.entrepreneur.code, self.case.entrepreneur.name) == ("E042", "Claire Vasseur")

    def test_cooperative(self):
        cooperative = self.case.engagement.cooperative
        assert cooperative.headcount == 130
        assert cooperative.workplace_accident_rate == Rate.percent("1.15")
        assert cooperative.mobility_rate == Rate.percent("0.80")
        assert cooperative.health_cover_employee_cents == cooperative.health_cover_employer_cents == 2_500
        assert cooperative.provident_employer_rate == cooperative.apprentice_ratio == Rate(0)

    def test_contract(self):
        contract = self.case.engagement.contract
        assert (contract.signed_on, contract.starts_on, contract.ends_on) == (
            dt.date(2024, 2, 15),
            dt.date(2024, 3, 1),
            None,
        )
        assert contract.fixed_pay_on(dt.date(2025, 6, 30)) == 90_000
        assert contract.fixed_pay_on(dt.date(2025, 7, 1)) == 120_000

    def test_engagement(self):
        engagement = self.case.engagement
        assert engagement.policy == SmoothPay(months=2, reserve_cents=150_000)
        assert engagement.availability is AvailabilityPolicy.CASH
        assert engagement.hours_policy is HoursPolicy.EQUIVALENT_HOURS
        assert engagement.withholding_ppm is None
        assert engagement.entered_on == dt.date(2023, 3, 1)
        assert not engagement.executive
        assert not engagement.on_social_minimum

    def test_changes_and_absences(self, case_of):
        """A change is from a month on; an absence has its days."""
        more = """
[[change]]
from = "2025-04"
executive = true
headcount = 140
workplace_accident_rate = "1.20"
mobility_rate = "0.85"
withholding = "4.1"

[[absence]]
starts_on = 2025-06-11
ends_on = 2025-06-20

[[activity]]"""
        engagement = case_of(("[[activity]]", more)).engagement
        march, june = (engagement.facts(Month(2025, number)) for number in (3, 6))
        assert (march.executive, march.headcount, march.workplace_accident_ppm) == (False, 130, 11_500)
        assert (june.executive, june.headcount, june.workplace_accident_ppm) == (True, 140, 12_000)
        assert (june.mobility_ppm, june.withholding_ppm, june.employed_days) == (8_500, 41_000, 20)

    def test_regularisation(self, case_of):
        assert self.case.engagement.regularisation is Regularisation.PROGRESSIVE
        late = case_of(('withholding = "neutral"', 'withholding = "neutral"\nregularisation = "year_end"'))
        assert late.engagement.regularisation is Regularisation.YEAR_END

    def test_fee_scale(self):
        scale = self.case.engagement.scale
        assert (scale.base, scale.mode) == (FeeBase.GROSS_MARGIN, FeeMode.MARGINAL)
        assert [(bracket.from_cents, bracket.rate.ppm) for bracket in scale.brackets] == [
            (0, 115_000),
            (3_000_000, 105_000),
            (6_000_000, 95_000),
        ]

    def test_account(self):
        case = self.case
        account = case.start.account
        assert account is case.account
        assert account.codes == ("reliure",)
        assert account.holder is case.entrepreneur
        assert len(account.entries) == len((EXAMPLE / "entries.csv").read_text("utf-8").splitlines()) - 1

    def test_a_path_may_be_a_text(self):
        assert read_case(str(EXAMPLE / "case.toml")).entrepreneur == self.case.entrepreneur


class TestOtherValues:
    """What the example does not use."""

    @pytest.mark.parametrize(
        ("new", "policy"),
        [
            ('kind = "spend_available"', SpendAvailable()),
            ('kind = "fixed_then_settle"', FixedThenSettle()),
            ('kind = "fixed_then_settle"\nsettles_in = 6', FixedThenSettle(settles_in=6)),
            ('kind = "smooth"', SmoothPay(months=3, reserve_cents=0)),
            ("", SpendAvailable()),
        ],
    )
    def test_pay_policies(self, case_of, new, policy):
        case = case_of(
            ('kind = "smooth"\nmonths = 2\nreserve = "1500.00"', new), ('availability = "cash"', "")
        )
        assert case.engagement.policy == policy
        assert case.engagement.availability is AvailabilityPolicy.CASH

    def test_the_policy_may_be_left_out(self, case_of):
        start = TOML.index("[pay_policy]")
        assert case_of((TOML[start:], "")).engagement.policy == SpendAvailable()

    @pytest.mark.parametrize("word", ["accrual", "résultat facturé"])
    def test_availability(self, case_of, word):
        case = case_of(('availability = "cash"', f'availability = "{word}"'))
        assert case.engagement.availability is AvailabilityPolicy.ACCRUAL

    def test_person(self, case_of):
        case = case_of(
            (
                'withholding = "neutral"\nhours_policy = "equivalent_hours"',
                'withholding = "4.3"\nhours_policy = "contract_hours"\ncontract_hours = "75.84"\n'
                "executive = true\non_social_minimum = true",
            )
        )
        engagement = case.engagement
        assert engagement.withholding_ppm == 43_000
        assert engagement.hours_policy is HoursPolicy.CONTRACT_HOURS
        assert engagement.contract_hours_hundredths == 7_584
        assert engagement.executive
        assert engagement.on_social_minimum

    def test_cover(self, case_of):
        old = 'health_cover = { employee = "25.00", employer = "25.00" }'
        new = 'provident_cover = { employee_rate = "0.5", employer_rate = "1.5" }\napprentice_ratio = "2"'
        cooperative = case_of((old, new)).engagement.cooperative
        assert cooperative.health_cover_employer_cents == 0
        assert cooperative.provident_employee_rate == Rate.percent("0.5")
        assert cooperative.provident_employer_rate == Rate.percent("1.5")
        assert cooperative.apprentice_ratio == Rate.percent("2")

    def test_a_contract_that_ends(self, case_of):
        case = case_of(("starts_on = 2024-03-01", "starts_on = 2024-03-01\nends_on = 2025-09-30"))
        assert case.engagement.contract.ends_on == dt.date(2025, 9, 30)

    @pytest.mark.parametrize("written", ["900.0", "900", "900.00", '"900"', '"900,00"'])
    def test_a_number_is_read_exactly(self, case_of, written):
        """TOML numbers with a point come as decimals, so no float ever exists."""
        case = case_of(('fixed_pay = "900.00"', f"fixed_pay = {written}"))
        assert case.engagement.contract.fixed_pay_cents == 90_000

    def test_a_number_a_double_cannot_hold(self, case_of):
        assert (
            case_of(('fixed_pay = "900.00"', "fixed_pay = 900.07")).engagement.contract.fixed_pay_cents
            == 90_007
        )


class TestEachProblem:
    """One thing wrong is one problem, that names its place and says what was wanted."""

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ('entries = "entries.csv"', 'entries = "entries.csv"\nlast_mont = 1', "last_mont: unknown key; did you mean 'last_month'?"),
            ("headcount = 130", "headcont = 130\nheadcount = 130", "cooperative: headcont: unknown key; did you mean 'headcount'?"),
            ('employee = "25.00", ', 'employe = "25.00", employee = "25.00", ', "cooperative: health_cover: employe: unknown key; did you mean"),
            ('code = "E042"', 'code = "E042"\nage = 42', "entrepreneur: age: unknown key; known: code, name, entered_on"),
            ('kind = "services"', 'kind = "services"\ncolour = "blue"', "activity[1]: colour: unknown key"),
            ("signed_on = 2024-02-15", "signed_on = 2024-02-15\ntrial = 8", "contract: trial: unknown key"),
            ('from = 2025-07-01', 'from = 2025-07-01\nfix_pay = 1', "contract: amendment[1]: fix_pay: unknown key; did you mean 'fixed_pay'?"),
            ("months = 2", "months = 2\nsettles_in = 6", "pay_policy: settles_in: unknown key"),
            ('code = "arches"', 'code = "arches"\nrate = "10"', "fee_scale: rate: unknown key"),
        ],
    )  # fmt: skip
    def test_an_unknown_key(self, problems_of, old, new, problem):
        (found,) = problems_of((old, new))
        assert found.startswith(f"case.toml: {problem}")

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ("headcount = 130", "", "cooperative: headcount: is missing"),
            ('workplace_accident_rate = "1.15"', "", "cooperative: workplace_accident_rate: is missing"),
            ('name = "Claire Vasseur"', "", "entrepreneur: name: is missing"),
            ('code = "reliure"', "", "activity[1]: code: is missing"),
            ("signed_on = 2024-02-15", "", "contract: signed_on: is missing"),
            ("from = 2025-07-01", "", "contract: amendment[1]: from: is missing"),
            ('base = "gross_margin"', "", "fee_scale: base: is missing"),
            ('first_month = "2025-01"', "", "first_month: is missing"),
        ],
    )
    def test_a_missing_key(self, problems_of, old, new, problem):
        assert problems_of((old, new)) == [f"case.toml: {problem}"]

    @pytest.mark.parametrize("section", ["cooperative", "entrepreneur", "activity", "contract", "fee_scale"])
    def test_a_missing_section(self, problems_of, section):
        """One problem for the section, not one for each of its keys."""
        header = f"[[{section}]]" if section == "activity" else f"[{section}]"
        start = TOML.index(header)
        end = min(
            (
                TOML.index(other, start + 1)
                for other in ("[entrepreneur]", "[[activity]]", "[contract]", "[fee_scale]", "[pay_policy]")
                if other in TOML[start + 1 :]
            ),
        )
        (found,) = problems_of((TOML[start:end], ""))
        assert found.startswith(f"case.toml: {section}: is missing")

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ("headcount = 130", "headcount = 0", "cooperative: Cooperative.headcount: expected a whole number of people, at least 1, got 0"),
            ("headcount = 130", "headcount = 130.0", "cooperative: headcount: expected a whole number, zero or more, got Decimal('130.0')"),
            ('mobility_rate = "0.80"', 'mobility_rate = "101"', "cooperative: mobility_rate: must be between 0 and 100 % (got '101')"),
            ('employer = "25.00"', 'employer = "-25.00"', "cooperative: health_cover: employer: expected zero or more, got '-25.00'"),
            ('health_cover = { employee = "25.00", employer = "25.00" }', "health_cover = 25", "cooperative: health_cover: expected a table of keys and values, got 25"),
            ("entered_on = 2023-03-01", 'entered_on = "1er mars 2023"', "entrepreneur: entered_on: expected a day such as 2026-03-31, got '1er mars 2023'"),
            ("entered_on = 2023-03-01", "entered_on = 2023-03-01T10:00:00", "entrepreneur: entered_on: expected a day, got the moment"),
            ('withholding = "neutral"', 'withholding = "normal"', "entrepreneur: withholding: must be a plain number"),
            ('hours_policy = "equivalent_hours"', 'hours_policy = "half"', "entrepreneur: hours_policy: expected one of equivalent_hours, full_time, contract_hours, got 'half'"),
            ('hours_policy = "equivalent_hours"', 'hours_policy = "contract_hours"', "entrepreneur: contract_hours: is missing: the policy needs it"),
            ('code = "E042"', 'code = "E042"\nexecutive = "yes"', "entrepreneur: executive: expected true or false, got 'yes'"),
            ('fixed_pay = "900.00"', "fixed_pay = 900.005", "contract: fixed_pay: must have at most two decimals (got Decimal('900.005'))"),
            ('fixed_pay = "900.00"', 'fixed_pay = "10 % du chiffre d\'affaires"', "contract: fixed_pay: must be a plain number"),
            ('fixed_pay = "1200.00"', "fixed_pay = -1", "contract: amendment[1]: fixed_pay: expected zero or more, got -1"),
            ("from = 2025-07-01", "from = 2024-03-01", "contract: the CESA (contrat d'entrepreneur salarié associé) is not valid:\n  - amendments must follow each other"),
            ("starts_on = 2024-03-01", "starts_on = 2024-02-01", "contract: the CESA (contrat d'entrepreneur salarié associé) is not valid:\n  - it starts on 2024-02-01, before it is signed"),
            ('kind = "smooth"', 'kind = "lissage"', "pay_policy: kind: expected one of spend_available, fixed_then_settle, smooth, share, got 'lissage'"),
            ("months = 2", "months = 0", "pay_policy: months: expected a whole number of months, at least 1, got 0"),
            ('reserve = "1500.00"', 'reserve = "-1"', "pay_policy: reserve: expected zero or more, got '-1'"),
            ('availability = "cash"', 'availability = "cach"', "pay_policy: availability: expected one of cash, accrual, got 'cach'; did you mean 'cash'?"),
            ('mode = "marginal"', 'mode = "flat"', "fee_scale: brackets: a flat scale (taux unique) has one, got 3"),
            ('rate = "11.5"', "rate = 11.50001", "fee_scale: brackets[1]: rate: must have at most four decimals of a percent"),
            ('first_month = "2025-01"', 'first_month = "janvier"', "first_month: expected a month such as 2026-03, got 'janvier'"),
            ('entries = "entries.csv"', 'entries = "journal.csv"', "entries: no file 'journal.csv' beside case.toml"),
            ('entries = "entries.csv"', "entries = 3", "entries: expected a text, got 3"),
        ],
    )  # fmt: skip
    def test_a_value_that_is_not_understood(self, problems_of, old, new, problem):
        found = problems_of((old, new))
        assert len(found) == 1, found
        assert found[0].startswith(f"case.toml: {problem}")

    def test_a_table_where_a_list_is_wanted(self, problems_of):
        found = problems_of(("[[activity]]", "[activity]"))
        assert found[0].startswith("case.toml: activity: expected a list of tables, got {'code': 'reliure'")


class TestContract:
    """
    The written contract has its contents, a to f, and the steps to membership.
    (Code du travail, art. L7331-2, 2° and R7331-10)
    """

    def test_what_lacks_is_listed_with_its_letters(self, problems_of):
        start, end = TOML.index("goals = "), TOML.index("[[contract.amendment]]")
        (found,) = problems_of((TOML[start:end], ""))
        assert found.startswith(
            "case.toml: contract: the CESA (contrat d'entrepreneur salarié associé) is not valid:"
        )
        listed = [line.split("C. trav. art. ")[1].rstrip(")") for line in found.splitlines()[1:]]
        assert listed == [*(f"L7331-2 2° {letter}" for letter in "abcddef"), "R7331-10"]

    def test_one_that_lacks(self, problems_of):
        (found,) = problems_of(('statutes = "Statuts mis à jour le 12 juin 2023."', ""))
        assert found.count("\n  - ") == 1
        assert (
            "missing: the statutes of the cooperative in force (statutes) (C. trav. art. L7331-2 2° e)"
            in found
        )

    def test_an_empty_one(self, problems_of):
        (found,) = problems_of(('statutes = "Statuts mis à jour le 12 juin 2023."', 'statutes = " "'))
        assert found == "case.toml: contract: statutes: expected a text, got ' '"


class TestEntries:
    """The CSV is read with the case, and its rows are reported with it."""

    HEADER = "date;nature;montant;activité;libellé;pièce\n"

    def test_a_broken_row_names_its_line_and_column(self, case_of):
        rows = "06/01/2025;facture;1 350,00;reliure;;F1\n32/01/2025;factur;1350,001;reliure;;F2\n"
        with pytest.raises(InputErrors) as caught:
            case_of(entries=self.HEADER + rows)
        found = [str(problem).rpartition("entries.csv, ")[2] for problem in caught.value.exceptions]
        assert found == [
            "line 3, column 'date': expected a day such as 2026-12-31 or 31/12/2026, got '32/01/2025'",
            found[1],
            "line 3, column 'montant': must have at most two decimals, got '1350,001'",
        ]
        assert found[1].startswith("line 3, column 'nature': expected one of ")
        assert found[1].endswith("got 'factur'; did you mean 'facture'?")

    def test_an_unknown_activity(self, case_of):
        rows = self.HEADER + "06/01/2025;facture;100,00;poterie;;F1\n"
        with pytest.raises(InputErrors) as caught:
            case_of(entries=rows)
        (problem,) = caught.value.exceptions
        assert problem.where.startswith("2025-01-06 facture F1")
        assert problem.message == "belongs to activity 'poterie', this account to reliure"

    def test_no_entries_at_all(self, case_of):
        assert case_of(entries=self.HEADER).account.entries == ()
        assert case_of(('entries = "entries.csv"', "")).account.entries == ()


class TestMonths:
    """A year is only right from its start: January, or the first month of the contract."""

    STARTED = ("starts_on = 2024-03-01", "starts_on = 2025-03-17")

    @pytest.mark.parametrize("first", ["2025-01", "2025-03"])
    def test_january_or_the_first_month_of_the_contract(self, case_of, first):
        case = case_of(self.STARTED, ('first_month = "2025-01"', f'first_month = "{first}"'))
        assert case.first_month == Month.parse(first)

    def test_any_other_month(self, case_of):
        with pytest.raises(InputError) as caught:
            case_of(self.STARTED, ('first_month = "2025-01"', 'first_month = "2025-04"'))
        assert str(caught.value) == (
            "case.toml: first_month: expected January or the first month of the contract, 2025-03: from 2025-04 on, "
            "the pay of the year to date would be missing"
        )

    def test_the_last_before_the_first(self, case_of):
        with pytest.raises(InputError) as caught:
            case_of(('last_month = "2025-12"', 'last_month = "2024-12"'))
        assert str(caught.value) == "case.toml: last_month: 2024-12 comes before the first month, 2025-01"

    def test_a_single_month(self, case_of):
        case = case_of(('last_month = "2025-12"', 'last_month = "2025-01"'))
        assert case.first_month == case.last_month


class TestFile:
    """A file that is none."""

    def test_it_does_not_exist(self, tmp_path):
        with pytest.raises(InputError, match=r"nowhere\.toml: cannot be read: No such file or directory"):
            read_case(tmp_path / "nowhere.toml")

    def test_it_is_a_folder(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read: Is a directory"):
            read_case(tmp_path)

    @pytest.mark.parametrize("content", [b"first_month = \n", b"a = 1\na = 2\n", b"\xff\xfe"])
    def test_it_is_not_toml(self, tmp_path, content):
        (tmp_path / "case.toml").write_bytes(content)
        with pytest.raises(InputError, match=r"case\.toml: is not a TOML file: ") as caught:
            read_case(tmp_path / "case.toml")
        assert isinstance(caught.value, CaeCoreError)

    def test_an_empty_file_lacks_its_sections(self, tmp_path):
        (tmp_path / "case.toml").write_text("", "utf-8")
        with pytest.raises(InputErrors) as caught:
            read_case(tmp_path / "case.toml")
        wanted = (
            "first_month",
            "last_month",
            "cooperative",
            "entrepreneur",
            "contract",
            "fee_scale",
            "activity",
        )
        assert [problem.where for problem in caught.value.exceptions] == [
            f"case.toml: {key}" for key in wanted
        ]


class TestAllAtOnce:
    """One run reports everything, in the order of the tables and whatever their kind."""

    def test_nine_problems(self, problems_of):
        found = problems_of(
            ('last_month = "2025-12"', 'last_month = "décembre"\nlast_moth = 1'),
            ("headcount = 130", 'headcount = "130"'),
            ('mobility_rate = "0.80"', "mobility_rate = -1"),
            ('name = "Claire Vasseur"', ""),
            ('kind = "services"', "kind = 3"),
            ('fixed_pay = "900.00"', "fixed_pay = 900.005"),
            ('rate = "10.5"', 'rate = "dix"'),
            ('kind = "smooth"', 'kind = "smoth"'),
            entries="date;nature;montant;activité\n01/01/2025;facture;dix;reliure\n",
        )
        places = [
            problem.split(": expected")[0].split(": must")[0].split(": is missing")[0] for problem in found
        ]
        assert places[:-2] == [
            "case.toml: last_month",
            "case.toml: cooperative: headcount",
            "case.toml: cooperative: mobility_rate",
            "case.toml: entrepreneur: name",
            "case.toml: contract: fixed_pay",
            "case.toml: fee_scale: brackets[2]: rate",
            "case.toml: pay_policy: kind",
            "case.toml: activity[1]: kind",
        ]
        assert "entries.csv, line 2, column 'montant': " in found[-2]
        assert found[-1] == "case.toml: last_moth: unknown key; did you mean 'last_month'?"


class TestTheStartOfTheFee:
    """A fee counted over more than the months run needs what came before; it is asked for, never taken as nothing."""

    def changed(self, tmp_path, *changes):
        text = (EXAMPLE / "case.toml").read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "entries.csv").write_text((EXAMPLE / "entries.csv").read_text("utf-8"), "utf-8")
        (tmp_path / "case.toml").write_text(text, "utf-8")
        return tmp_path / "case.toml"

    def test_a_scale_since_entry_asks_for_the_base_before(self, tmp_path):
        path = self.changed(tmp_path, ('mode = "marginal"', 'mode = "since_entry"'))
        with pytest.raises(InputError, match=r"opening: expected fee_base_since_entry.*2023-03.*2025-01"):
            read_case(path)

    def test_and_continues_from_it(self, tmp_path):
        path = self.changed(
            tmp_path,
            ('mode = "marginal"', 'mode = "since_entry"'),
            ("[pay_policy]", '[opening]\nfee_base_since_entry = "59000.00"\n\n[pay_policy]'),
        )
        case = read_case(path)
        (january,) = run_months(load(), case.engagement, Month(2025, 1), Month(2025, 1), case.start)
        # 2,005.50 of margin: 1,000.00 up to 60,000 at 10.5 %, the rest at 9.5 %.
        assert january.fee.amount_cents == 105_00 + 95_52

    def test_a_fee_year_that_starts_before_the_run_is_refused(self, tmp_path):
        path = self.changed(tmp_path, ('mode = "marginal"', 'mode = "marginal"\nyear_starts_in = 7'))
        with pytest.raises(InputError, match=r"first_month: expected month 07.*got 2025-01"):
            read_case(path)
