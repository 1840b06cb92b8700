"""Whole populations from data frames: Arrow in, Arrow out, the cents of the payslip of each person."""

from cae_core.exchange.frames.columns import COLUMNS, GROSSES, FrameColumn
from cae_core.exchange.frames.findings import FindingsKernel, frame_findings
from cae_core.exchange.frames.history_columns import HISTORY_COLUMNS
from cae_core.exchange.frames.kernel import PayslipKernel
from cae_core.exchange.frames.payslips import add_sums, frame_payslips, sum_by_month
from cae_core.exchange.frames.streaming import FrameKernel

__all__ = [
    "COLUMNS",
    "GROSSES",
    "HISTORY_COLUMNS",
    "FindingsKernel",
    "FrameColumn",
    "FrameKernel",
    "PayslipKernel",
    "add_sums",
    "frame_findings",
    "frame_payslips",
    "sum_by_month",
]
