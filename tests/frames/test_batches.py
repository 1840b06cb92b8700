"""A file computed part by part: the same cents however it is cut, nothing lost, nothing twice, whoever is killed."""

import csv
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cae_core.errors
from cae_core import InputError, InputErrors
from cae_core.errors import CaeCoreError, LawNotKnownError, MissingExtraError, UnknownNameError

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402
from frame_samples import federation, in_euros, integer_frame  # noqa: E402
from lossy import always_die, write_or_die  # noqa: E402

from cae_core.exchange.batches import (  # noqa: E402
    PartJob,
    WorkersLostError,
    open_batch,
    open_runner,
    plan_parts,
    run_batch,
    sum_part,
)
from cae_core.exchange.frames import (  # noqa: E402
    FindingsKernel,
    PayslipKernel,
    add_sums,
    frame_findings,
    frame_payslips,
    sum_by_month,
)

TABLE = integer_frame(federation(people=30))
WANTED = frame_payslips(TABLE)
SRC = Path(cae_core.__file__).parents[1]


def written(folder, table=TABLE, *, group=10, name="in.parquet"):
    file = folder / name
    pq.write_table(table, file, row_group_size=group)
    return file


class TestParts:
    """A person belongs whole to the part she starts in."""

    @settings(max_examples=15)
    @given(st.integers(1, 60), st.integers(3, 120))
    def test_any_row_groups_any_parts(self, tmp_path_factory, group, rows):
        folder = tmp_path_factory.mktemp("cut")
        done = run_batch(written(folder, group=group), folder / "out.parquet", rows=rows)
        assert pq.read_table(folder / "out.parquet").equals(WANTED)
        assert (done.rows, done.failed) == (210, 0)
        assert sorted(file.name for file in folder.iterdir()) == ["in.parquet", "out.parquet"]

    @settings(max_examples=20)
    @given(st.integers(1, 60), st.integers(1, 120))
    def test_sums_of_parts_in_any_order(self, tmp_path_factory, group, rows):
        parts = plan_parts(written(tmp_path_factory.mktemp("cut"), group=group), rows=rows)
        sums = [sum_part(PartJob(part, PayslipKernel())) for part in reversed(parts)]
        found = add_sums(each for each in sums if each is not None)
        assert found.to_pylist() == sum_by_month(WANTED).to_pylist()

    def test_rows_that_name_nobody(self, tmp_path):
        people = TABLE["person"].to_pylist()
        for row in (0, 1, 9, 10, 11, 30, 209):
            people[row] = None
        table = TABLE.set_column(0, "person", pa.array(people))
        outputs = []
        for group, rows in ((7, 4), (210, 500)):
            done = run_batch(written(tmp_path, table, group=group), tmp_path / "out.parquet", rows=rows)
            outputs.append(pq.read_table(tmp_path / "out.parquet"))
            assert (done.rows, done.failed) == (210, 7)
        assert outputs[0].equals(outputs[1])

    def test_months_alone_are_not_put_together(self, tmp_path):
        table = TABLE.drop_columns("person")
        kernel = PayslipKernel(year_to_date=False)
        run_batch(written(tmp_path, table), tmp_path / "out.parquet", kernel, rows=20)
        assert pq.read_table(tmp_path / "out.parquet").equals(frame_payslips(table, year_to_date=False))

    def test_not_sorted_over_a_border(self, tmp_path):
        """The rows of the part before are looked at too."""
        file = written(tmp_path, pa.concat_tables([TABLE.slice(70), TABLE.slice(0, 70)]), group=70)
        with pytest.raises(InputError, match="must be sorted by person, .*'P00000' comes after 'P00029'"):
            run_batch(file, tmp_path / "out.parquet", rows=70)
        assert not (tmp_path / "out.parquet").exists()

    def test_no_row(self, tmp_path):
        done = run_batch(written(tmp_path, TABLE.slice(0, 0)), tmp_path / "out.parquet")
        assert (done.rows, done.failed) == (0, 0)
        assert pq.read_table(tmp_path / "out.parquet").schema == WANTED.schema


class TestRights:
    """A file of pay histories gives the rights of its frame, however it is cut and whoever computes."""

    table = TABLE.select(["person", "month", "gross_pay_cents"]).slice(0, 70)
    kernel = FindingsKernel(on="2026-07-02", rights=("sickness_daily_benefit", "paternity_benefit"))
    wanted = frame_findings(table, on="2026-07-02", rights=kernel.rights)

    @settings(max_examples=8)
    @given(st.integers(1, 60), st.integers(3, 60))
    def test_any_row_groups_any_parts(self, tmp_path_factory, group, rows):
        folder = tmp_path_factory.mktemp("cut")
        file = written(folder, self.table, group=group)
        done = run_batch(file, folder / "out.parquet", self.kernel, rows=rows)
        assert pq.read_table(folder / "out.parquet").equals(self.wanted)
        assert (done.rows, done.failed) == (20, 0)

    def test_the_same_bytes_from_two_processes(self, tmp_path):
        file = written(tmp_path, self.table)
        run_batch(file, tmp_path / "one.parquet", self.kernel, rows=20)
        run_batch(file, tmp_path / "two.parquet", self.kernel, rows=20, workers=2)
        assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()

    def test_payslips_are_not_resumed_as_rights(self, tmp_path):
        """Both may have the same options; their parts have nothing in common."""
        file = written(tmp_path, self.table.append_column("headcount", pa.array([130] * 70)).append_column(
            "workplace_accident_ppm", pa.array([10_500] * 70)
        ))  # fmt: skip
        with (
            open_batch(file, tmp_path / "out.parquet", PayslipKernel(), rows=20) as work,
            open_runner() as runner,
        ):
            list(work.compute(runner))
        file = written(tmp_path, self.table)
        assert run_batch(file, tmp_path / "out.parquet", self.kernel, rows=20).resumed == 0


class TestLargeGroups:
    """A file of one row group is cut all the same: memory, progress and other processes depend on parts."""

    @pytest.mark.parametrize("rows", [20, 105, 209])
    def test_one_group(self, tmp_path, rows):
        file = written(tmp_path, group=210)
        with open_batch(file, tmp_path / "out.parquet", rows=rows) as work:
            cut = [
                (job.part.past_group - job.part.first_group, Path(job.part.file).name) for job in work.jobs
            ]
        if rows == 20:
            assert cut == [(1, "cut.parquet")] * 11
        else:  # not twice as large as a part
            assert cut == [(1, "in.parquet")]
        done = run_batch(file, tmp_path / "out.parquet", rows=rows)
        assert pq.read_table(tmp_path / "out.parquet").equals(WANTED)
        assert done.parts == len(cut)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]

    def test_the_copy_is_made_once(self, tmp_path):
        file = written(tmp_path, group=210)
        stamps = []
        for _ in range(2):
            with open_batch(file, tmp_path / "out.parquet", rows=20) as work:
                stamps.append(Path(work.jobs[0].part.file).stat().st_mtime_ns)
        assert stamps[0] == stamps[1]


class TestRefusals:
    """What cannot be used is said at once, and what was there is untouched."""

    def test_not_parquet(self, tmp_path):
        (tmp_path / "in.parquet").write_text("person\n")
        with pytest.raises(InputError, match="expected a Parquet file"):
            run_batch(tmp_path / "in.parquet", tmp_path / "out.parquet")

    def test_no_such_file(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read: No such file"):
            run_batch(tmp_path / "in.parquet", tmp_path / "out.parquet")

    def test_no_such_folder(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(InputError, match="cannot be written"):
            run_batch(written(tmp_path), tmp_path / "file" / "out.parquet")

    def test_columns(self, tmp_path):
        (tmp_path / "out.parquet").write_text("before")
        with pytest.raises(InputErrors):
            run_batch(written(tmp_path, TABLE.drop_columns("headcount")), tmp_path / "out.parquet")
        assert (tmp_path / "out.parquet").read_text() == "before"

    def test_onto_itself(self, tmp_path):
        file = written(tmp_path)
        with pytest.raises(InputError, match="is the input"):
            run_batch(file, file)

    @pytest.mark.skipif(sys.platform == "win32", reason="no lock there")
    def test_two_at_once(self, tmp_path):
        file = written(tmp_path)
        refused = pytest.raises(InputError, match="another run is at work on it")
        with open_batch(file, tmp_path / "out.parquet"), refused:
            run_batch(file, tmp_path / "out.parquet")

    def test_workers(self):
        with pytest.raises(InputError, match="workers: expected at least one"), open_runner(0):
            pass
        with pytest.raises(InputError, match="rows: expected at least one row"):
            plan_parts("nowhere", rows=0)


class TestResume:
    """A run goes on where it stopped; the parts of another input or of other options are never used."""

    def stopped(self, tmp_path, kernel=None, **options):
        """A run that stops after two parts."""
        opened = open_batch(tmp_path / "in.parquet", tmp_path / "out.parquet", kernel, **options)
        with opened as work, open_runner() as runner:
            done = work.compute(runner)
            next(done), next(done)
        return [job.result for job in work.jobs]

    def test_what_is_done_is_not_done_again(self, tmp_path):
        written(tmp_path)
        first, second, third, *_ = self.stopped(tmp_path, rows=20)
        stamps = [each.stat().st_mtime_ns for each in (first, second)]
        assert not third.exists()
        with open_batch(tmp_path / "in.parquet", tmp_path / "out.parquet", rows=20) as work:
            assert work.resumed == 2
            with open_runner() as runner:
                assert sorted(work.compute(runner)) == list(range(2, len(work.jobs)))
            assert [each.stat().st_mtime_ns for each in (first, second)] == stamps
            assert work.assemble().resumed == 2
        assert pq.read_table(tmp_path / "out.parquet").equals(WANTED)

    @pytest.mark.parametrize("change", ["input", "options", "rows", "release"])
    def test_another_work_starts_over(self, tmp_path, change, monkeypatch):
        written(tmp_path)
        kernel, rows, table = PayslipKernel(), 20, TABLE
        stale = self.stopped(tmp_path, kernel, rows=rows)
        if change == "input":
            gross = pa.array([cents + 1 for cents in TABLE["gross_pay_cents"].to_pylist()])
            table = TABLE.set_column(TABLE.column_names.index("gross_pay_cents"), "gross_pay_cents", gross)
            written(tmp_path, table)
        elif change == "options":
            kernel = PayslipKernel(lang="en", totals="net_paid")
        elif change == "release":
            monkeypatch.setattr("importlib.metadata.version", lambda name: f"another {name}")
        else:
            rows = 30
        with open_batch(tmp_path / "in.parquet", tmp_path / "out.parquet", kernel, rows=rows) as work:
            assert work.resumed == 0
            assert not any(file.exists() for file in stale)
        assert run_batch(tmp_path / "in.parquet", tmp_path / "out.parquet", kernel, rows=rows).rows == 210
        wanted = frame_payslips(table, totals=kernel.totals)
        assert pq.read_table(tmp_path / "out.parquet").equals(wanted)

    def test_the_same_work_in_another_process(self, tmp_path):
        """What a part depends on is said alike everywhere, plugins included; otherwise nothing would be resumed."""
        written(tmp_path)
        script = (
            "from cae_core.exchange.batches import open_batch\n"
            "from cae_core.exchange.frames import PayslipKernel\n"
            "with open_batch('in.parquet', 'out.parquet', PayslipKernel(variants=('fr', 'fr-btp'))) as work:\n"
            "    print(work._folder.name)\n"
        )
        info = tmp_path / "installed" / "cae_fr_btp-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cae-fr-btp\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[cae_core.variants]\nfr-btp = cae_fr_btp\n")
        sources = [SRC, SRC.parent / "plugins/cae-fr-btp/src", info.parent]
        folders = {
            subprocess.run(
                [sys.executable, "-c", script], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8",
                env={"PYTHONPATH": ":".join(map(str, sources)), "PYTHONHASHSEED": seed},
            ).stdout
            for seed in ("1", "2")
        }  # fmt: skip
        assert len(folders) == 1

    def test_stopped_while_the_output_is_assembled(self, tmp_path, monkeypatch):
        """Everything is computed: nothing is computed again, and no half of an output was there."""

        def stop(_):
            raise KeyboardInterrupt

        written(tmp_path)
        with monkeypatch.context() as patch:
            patch.setattr("cae_core.exchange.batches.run.settle", stop)
            with pytest.raises(KeyboardInterrupt):
                run_batch(tmp_path / "in.parquet", tmp_path / "out.parquet", rows=20)
        assert not (tmp_path / "out.parquet").exists()
        done = run_batch(tmp_path / "in.parquet", tmp_path / "out.parquet", rows=20)
        assert done.resumed == done.parts
        assert pq.read_table(tmp_path / "out.parquet").equals(WANTED)

    @pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
    @pytest.mark.parametrize("computed", ["payslips", "payslips by two workers", "rights"])
    def test_killed_and_started_again(self, tmp_path, computed):
        """kill -9 in the middle; the second run gives the bytes of a run that nobody disturbed.

        Workers end with the process that started them: they neither hold the output nor write any more.
        """
        table = integer_frame(federation(people=120))
        kernel = PayslipKernel(lang="fr")
        options = ["--workers", "2"] if "two workers" in computed else []
        if computed == "rights":
            table = table.select(["person", "month", "gross_pay_cents"]).slice(0, 500)
            kernel = FindingsKernel(on="2026-07-02")
            options = ["--covered", "--on", "2026-07-02"]
        source = written(tmp_path, table, group=30)
        run_batch(source, tmp_path / "wanted.parquet", kernel, rows=30)
        out = tmp_path / "out.parquet"
        command = [
            sys.executable,
            "-m",
            "cae_core.cli",
            "batch",
            str(source),
            str(out),
            "--rows",
            "30",
            *options,
        ]
        environment = {"PYTHONPATH": str(SRC), "PATH": ""}
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 60
        while len(list(tmp_path.glob("out.parquet.parts/*/part-*.parquet"))) < 3:
            assert process.poll() is None, "it ended before it was killed"
            assert time.monotonic() < deadline
            time.sleep(0.002)
        process.kill()
        process.communicate(timeout=60)  # until the last worker has let go of what they all write errors to
        assert not out.exists()
        again = subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert again.returncode == 0, again.stderr
        assert "Reprise" in again.stderr
        assert out.read_bytes() == (tmp_path / "wanted.parquet").read_bytes()
        assert sorted(file.name for file in tmp_path.iterdir()) == [
            "in.parquet",
            "out.parquet",
            "wanted.parquet",
        ]


class TestProcesses:
    """Several processes give the bytes of one; a worker that is killed loses nothing."""

    def test_the_same_bytes(self, tmp_path):
        source = written(tmp_path)
        run_batch(source, tmp_path / "one.parquet", rows=20)
        run_batch(source, tmp_path / "two.parquet", rows=20, workers=2)
        assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()

    @pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
    def test_a_worker_is_killed(self, tmp_path):
        source = written(tmp_path)
        with open_batch(source, tmp_path / "out.parquet", rows=20) as work:
            with open_runner(2) as runner:
                done = list(runner.run(write_or_die, work.jobs))
            assert (Path(work.jobs[0].folder) / "killed").exists()
            assert sorted(done) == list(range(len(work.jobs)))
            work.assemble()
        assert pq.read_table(tmp_path / "out.parquet").equals(WANTED)

    @pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
    def test_workers_that_always_die(self, tmp_path):
        opened = open_batch(written(tmp_path), tmp_path / "out.parquet")
        refused = pytest.raises(WorkersLostError, match="ended 3 times")
        with opened as work, open_runner(2) as runner, refused:
            list(runner.run(always_die, work.jobs))

    def test_a_refusal_comes_back_as_it_was(self, tmp_path):
        file = written(tmp_path, pa.concat_tables([TABLE.slice(70), TABLE.slice(0, 70)]), group=70)
        with pytest.raises(InputError, match="must be sorted by person") as caught:
            run_batch(file, tmp_path / "out.parquet", rows=70, workers=2)
        assert caught.value.where == "person"

    @pytest.mark.parametrize(
        "error",
        [
            InputError("here", "wrong"),
            InputErrors("several", [InputError("here", "wrong"), InputError("there", "too")]),
            UnknownNameError("total", "nt", ("net",)),
            LawNotKnownError("the law", cae_core.Month(2030, 1).first_day, None, None),
            MissingExtraError("dask", "dask"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_every_error_travels(self, error):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert isinstance(again, CaeCoreError)
        own = {name: value for name, value in vars(error).items() if name != "exceptions"}
        assert {name: vars(again)[name] for name in own} == own


class TestTexts:
    """CSV in, CSV out: the numbers as people write them."""

    def csv(self, folder, delimiter=";"):
        table = in_euros(TABLE, str)
        rows = [table.column_names, *zip(*(column.to_pylist() for column in table.columns), strict=True)]
        file = folder / "in.csv"
        lines = [delimiter.join("" if cell is None else cell for cell in row) for row in rows]
        file.write_text("\ufeff" + "\n".join(lines) + "\n", "utf-8")
        return file

    @pytest.mark.parametrize("delimiter", [";", ","])
    def test_the_cents_of_the_frame(self, tmp_path, delimiter):
        done = run_batch(self.csv(tmp_path, delimiter), tmp_path / "out.csv", rows=50)
        assert (done.rows, done.failed) == (210, 0)
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
            header, *lines = csv.reader(stream, delimiter=";")
        wanted = frame_payslips(in_euros(TABLE, str))
        assert header == wanted.column_names
        columns = [column.to_pylist() for column in wanted.columns]
        for line, row in zip(lines, zip(*columns, strict=True), strict=True):
            assert line == ["" if cell is None else str(cell) for cell in row]

    def test_a_bad_cell(self, tmp_path):
        file = self.csv(tmp_path)
        lines = file.read_text("utf-8").splitlines()
        lines[7] = lines[7].replace(lines[7].split(";")[2], "mille")
        file.write_text("\n".join(lines), "utf-8")
        done = run_batch(file, tmp_path / "out.csv")
        assert (done.rows, done.failed) == (210, 1)
        assert "un nombre simple" in (tmp_path / "out.csv").read_text("utf-8").splitlines()[7]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "expected a first row that names the columns"),
            (b"a;b\n1\n", "expected well-formed CSV"),
            (b"\xe9\xe9;b\n", "expected UTF-8"),
        ],
    )
    def test_refused(self, tmp_path, content, said):
        (tmp_path / "in.csv").write_bytes(content)
        with pytest.raises(InputError, match=said):
            run_batch(tmp_path / "in.csv", tmp_path / "out.csv")


DASK = """
import sys
from cae_core.exchange.batches import open_batch, open_runner, run_batch
from distributed import LocalCluster
from lossy import write_or_die
if __name__ == "__main__":
    with open_batch(sys.argv[1], sys.argv[2], rows=20) as work, open_runner(2, "local") as runner:
        assert sorted(runner.run(write_or_die, work.jobs)) == list(range(len(work.jobs)))
        work.assemble()
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        run_batch(sys.argv[1], sys.argv[3], rows=20, scheduler=cluster.scheduler_address)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_dask_and_a_killed_worker(tmp_path):
    """Two Dask workers, one killed in the middle of a part, then a cluster by its address: the same bytes."""
    pytest.importorskip("distributed")
    source = written(tmp_path)
    run_batch(source, tmp_path / "one.parquet", rows=20)
    (tmp_path / "script.py").write_text(DASK, "utf-8")
    done = subprocess.run(
        [sys.executable, "script.py", str(source), "two.parquet", "three.parquet"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300, check=False,
        env={"PYTHONPATH": f"{SRC}:{Path(__file__).parent}", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for other in ("two", "three"):
        assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / f"{other}.parquet").read_bytes()


def test_dask_that_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'cae-core\[dask\]'"), open_runner(2, "local"):
        pass
