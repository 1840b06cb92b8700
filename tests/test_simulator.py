"""The page with sliders: it runs, and in a real browser a slider changes the net pay.

`nox -s browser` runs the test of the browser; it needs Chromium and its driver.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import cae_core

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "examples" / "notebooks" / "simulateur.py"


def net_paid(turnover_cents, expenses_cents=200_00, fee=10, accident="1"):
    """What the page must say, asked of the library apart."""
    facts = cae_core.PayFacts.of("0", headcount=130, workplace_accident_rate=accident)
    budget = turnover_cents - turnover_cents * fee // 100 - expenses_cents
    rules = cae_core.load()
    found = rules.gross_for_budget("2026-03", budget, facts)
    return rules.payslip("2026-03", facts.with_gross(found.gross_pay_cents)).net_paid_cents


def spaces(text):
    return re.sub(r"[\u202f\xa0]", " ", text)


class TestPage:
    def test_every_cell_runs_and_says_the_net(self):
        marimo = pytest.importorskip("marimo")
        assert marimo
        sys.path.insert(0, str(PAGE.parent))
        try:
            import simulateur
        finally:
            sys.path.remove(str(PAGE.parent))
        outputs, found = simulateur.app.run()
        texts = [spaces(getattr(output, "text", "")) for output in outputs]
        assert found["slip"].net_paid_cents == net_paid(3_000_00)
        assert any(spaces(cae_core.format_euros(net_paid(3_000_00))) in text for text in texts)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def address():
    """The page, served as a person would: ``marimo run``."""
    port = free_port()
    command = [sys.executable, "-m", "marimo", "run", PAGE, "--headless", "--no-token", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    server = subprocess.Popen(
        list(map(str, command)), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    where = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            assert server.poll() is None, "marimo ended before it served the page"
            try:
                urllib.request.urlopen(where, timeout=1).close()
                break
            except OSError:
                time.sleep(0.5)
        yield where
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def browser():
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,1600"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.mark.browser
class TestBrowser:
    def test_a_slider_changes_the_net_paid(self, address, browser):
        from selenium.webdriver.common.keys import Keys
        from selenium.webdriver.support.ui import WebDriverWait

        def said():
            return spaces(
                browser.execute_script("return document.querySelector('#net-paid')?.textContent ?? ''")
            )

        def says(turnover_cents):
            wanted = spaces(cae_core.format_euros(net_paid(turnover_cents)))
            WebDriverWait(browser, 60).until(lambda _: said() == wanted, f"{wanted}, not {said()!r}")

        browser.get(address)
        says(3_000_00)
        # The handle of the first slider: marimo draws each in a shadow root of its own.
        handle = browser.execute_script(
            "return document.querySelector('marimo-slider').shadowRoot.querySelector('[role=slider]')"
        )
        handle.send_keys(Keys.ARROW_RIGHT * 5)
        says(3_500_00)
        handle.send_keys(Keys.ARROW_LEFT * 10)
        says(2_500_00)
        assert browser.execute_script("return document.querySelectorAll('svg, img').length") > 0
