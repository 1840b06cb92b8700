"""The compiled lane: what the formulas of a month do, traced once, then run as machine code over columns.

The formulas are those of the other lanes, and written nowhere else.
:mod:`~cae_core.payroll.compiled.tracing` runs them on :mod:`~cae_core.payroll.compiled.symbols`, which keep
what they do; :mod:`~cae_core.payroll.compiled.doubles` says it again in doubles, each shown to be exact;
:mod:`~cae_core.payroll.compiled.sources` prints that as Python; and
:mod:`~cae_core.payroll.compiled.kernels` makes it run, in numpy's buffers or as machine code.
"""
