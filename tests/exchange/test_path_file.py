"""Paths from a TOML file: everything that is wrong at once, each with its place and its articles."""

import shutil
from pathlib import Path

import pytest

from cae_core import InputError, InputErrors, LawNotKnownError
from cae_core.exchange.path_file import read_paths
from cae_core.explain import problem_text

EXAMPLE = Path(__file__).parents[2] / "examples" / "path" / "arches.toml"
TEXT = EXAMPLE.read_text("utf-8")


def changed(tmp_path, *changes):
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = tmp_path / "arches.toml"
    file.write_text(text, "utf-8")
    return file


def problems(tmp_path, *changes, lang="fr"):
    with pytest.raises(InputErrors) as caught:
        read_paths(changed(tmp_path, *changes))
    return problem_text(caught.value, lang).replace("\u00a0", " ").replace("\u202f", " ")


class TestExample:
    def test_three_people(self):
        found = read_paths(EXAMPLE)
        assert found.cooperative == "Coopérative des Arches"
        assert [(each.person, each.stage, len(each.history)) for each in found.people] == [
            ("E042", "associate", 8), ("E118", "cesa_trial", 2), ("E127", "cape", 3),
        ]  # fmt: skip
        claire = found.person("E042")
        assert claire.history[1].event["contract"].cooperative.identification == "RCS Auch 900 000 000"
        assert claire.history[1].event["contract"].commitments_ceiling_cents == 300_000
        assert not found.person("E118").facts.account_online

    def test_a_contract_starts_on_its_first_day(self):
        claire = read_paths(EXAMPLE).person("E042")
        assert str(claire.history[2].event.on) == "2024-03-01"

    def test_nobody_of_this_code(self):
        with pytest.raises(InputError, match=r"code of one person \(E042, E118, E127\), got 'E000'"):
            read_paths(EXAMPLE).person("E000")

    def test_a_folder(self, tmp_path):
        shutil.copy(EXAMPLE, tmp_path / "a.toml")
        changed(tmp_path, *[(f'code = "{code}"', f'code = "{code}b"') for code in ("E042", "E118", "E127")])
        found = read_paths(tmp_path)
        assert [each.person for each in found.people] == ["E042", "E118", "E127", "E042b", "E118b", "E127b"]
        assert found.cooperative == "Coopérative des Arches"


class TestProblems:
    def test_all_of_them_with_their_place(self, tmp_path):
        said = problems(
            tmp_path,
            ('legal_form = "scop_sarl"', 'legal_forme = "scop"'),
            ("on = 2024-06-15", 'on = "juin"'),
            ('kind = "information_meeting"', 'kind = "reunion"'),
            ('resources = "Un atelier', 'ressources = "Un atelier'),
            ("report_signed = true", 'report_signed = "oui"'),
        )
        for line in (
            "cooperative : legal_forme : clé inconnue ; vouliez-vous dire 'legal_form' ?",
            "cooperative : meeting[1] : on : attendu : un jour comme 2026-03-31 ; reçu : 'juin'",
            "person[1] : event[1] : kind : attendu : l'un de information_meeting, interview",
            "person[1] : event[2] : contract : ressources : clé inconnue",
            "person[1] : event[4] : report_signed : attendu : true ou false ; reçu : 'oui'",
        ):
            assert line.replace(" : ", ": ") in said.replace(" : ", ": "), said

    def test_a_contract_with_all_its_objections(self, tmp_path):
        said = problems(
            tmp_path,
            ("ends_on = 2024-02-29\n", "ends_on = 2024-03-01\nfull_time_employee = true\n"),
            ('accounting_terms = "Pièces remises chaque fin de mois."\n', ""),
            ('statutes = "Statuts mis à jour le 12 juin 2023."\n', ""),
        )
        assert "le contrat d'appui au projet d'entreprise (CAPE) n'est pas valable" in said
        assert "salarié à temps complet, ce que la loi exclut (C. com. art. L127-1)" in said
        assert "une période a 12 mois au plus, donc jusqu'au 2024-02-29 (C. com. art. L127-2)" in said
        assert "(accounting_terms) (C. com. art. R127-1 5°)" in said
        assert "(statutes) (C. trav. art. L7331-2 2° e)" in said

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (
                ("starts_on = 2024-03-01\n", "starts_on = 2024-02-29\n"),
                None,
            ),
            (
                ("starts_on = 2024-03-01\n", "starts_on = 2023-03-01\n"),
                "il commence le 2023-03-01, avant sa signature du 2024-02-15",
            ),
            (
                ("on = 2025-12-01\nends_on = 2026-12-31", "on = 2026-01-01\nends_on = 2026-12-31"),
                "le renouvellement 1 est signé le 2026-01-01, après le terme du 2025-12-31",
            ),
            (
                ("on = 2025-12-01\nends_on = 2026-12-31", "on = 2025-12-01\nends_on = 2025-12-31"),
                "le renouvellement 1 finit le 2025-12-31, avant de commencer le 2026-01-01 (C. com. art. L127-2)",
            ),
            (
                ("trial_ends_on = 2026-04-11", "trial_ends_on = 2026-06-12"),
                "(3 mois entiers), soit jusqu'au 2026-06-11 (C. trav. art. L7332-1)",
            ),
            (
                ("on = 2025-06-14\nvoted_on = 2025-06-14", "on = 2026-03-02\nvoted_on = 2025-06-14"),
                "étape « sorti » depuis le 2026-03-01 (échéance pour devenir associé)",
            ),
            (
                ('vote = "admitted"', 'vote = "refused"'),
                "vote : 2025-06-14, résultat : refus (Loi n° 78-763 du 19 juillet 1978, art. 7)",
            ),
            (
                ("ends_on = 2025-09-30\n", "ends_on = 2025-06-30\n"),
                "finit le 2025-06-30, avant de commencer le 2025-07-01",
            ),
            (("on = 2024-12-10", "on = 2024-07-03"), "l'événement précédent est du 2024-07-04"),
            (('code = "E118"', 'code = "E042"'), "E042 est le code de deux personnes"),
            (
                ('legal_form = "scop_sarl"', 'legal_form = "sarl"'),
                "attendu : l'un de scop, scic, cooperative, scop_sarl, scop_sa",
            ),
        ],
    )
    def test_what_the_law_does_not_allow(self, tmp_path, change, said):
        if said is None:
            assert read_paths(changed(tmp_path, change)).people
        else:
            assert said in problems(tmp_path, change)

    def test_each_place_is_named_once(self, tmp_path):
        said = problems(tmp_path, ('vote = "admitted"', 'vote = "refused"'), lang="en")
        assert (
            "arches.toml: person[1]: event[7]: Claire Vasseur, 2025-06-14: admission as an associate" in said
        )

    def test_a_file_that_is_none(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_paths(tmp_path / "none.toml")
        with pytest.raises(InputError, match="the folder holds no TOML file"):
            read_paths(tmp_path)
        (tmp_path / "a.toml").write_text("person = [", "utf-8")
        with pytest.raises(InputError, match="is not a TOML file"):
            read_paths(tmp_path)

    def test_nobody(self, tmp_path):
        (tmp_path / "a.toml").write_text('[cooperative]\nname = "C"\n', "utf-8")
        with pytest.raises(InputErrors) as caught:
            read_paths(tmp_path / "a.toml")
        assert "person: is missing: expected [[person]]" in str(caught.value)


class TestLaw:
    def test_beyond_what_is_known(self, tmp_path):
        change = (
            "signed_on = 2026-01-05\nstarts_on = 2026-01-12\n",
            "signed_on = 2026-08-01\nstarts_on = 2026-08-03\n",
        )
        later = ("trial_ends_on = 2026-04-11", "trial_ends_on = 2026-10-31")
        sent = ("on = 2026-02-10", "on = 2026-09-03")
        file = changed(tmp_path, change, later, sent)
        with pytest.raises(LawNotKnownError, match="not known on 2026-08-03"):
            read_paths(file)
        assert read_paths(file, assume_unchanged=True).person("E118").assume_unchanged
