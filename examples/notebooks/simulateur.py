"""Une page avec des curseurs : d'un mois de chiffre d'affaires au net payé.

pip install "cae-core[simulator]"
marimo run examples/notebooks/simulateur.py
"""

import marimo

app = marimo.App(app_title="Mon premier revenu en coopérative")


@app.cell
def _():
    import marimo as mo

    import cae_core
    from cae_core import Month
    from cae_core.explain.views import html, plot

    return Month, cae_core, html, mo, plot


@app.cell
def _(mo):
    mo.md(
        """
        # Mon premier revenu en coopérative

        Déplacez les curseurs.
        Le net payé, le bulletin et l'image suivent.
        """
    )
    return


@app.cell
def _(mo):
    turnover = mo.ui.slider(
        500,
        10_000,
        step=100,
        value=3_000,
        label="Chiffre d'affaires du mois, hors taxes (€)",
        show_value=True,
    )
    expenses = mo.ui.slider(
        0,
        3_000,
        step=50,
        value=200,
        label="Charges directes du mois (€)",
        show_value=True,
    )
    fee = mo.ui.slider(
        5,
        20,
        step=1,
        value=10,
        label="Contribution de la coopérative (% du chiffre d'affaires)",
        show_value=True,
    )
    accident = mo.ui.slider(
        1,
        6,
        step=1,
        value=1,
        label="Taux accidents du travail notifié (%)",
        show_value=True,
    )
    mo.vstack([turnover, expenses, fee, accident])
    return accident, expenses, fee, turnover


@app.cell
def _(Month, accident, cae_core, expenses, fee, turnover):
    contribution = turnover.value * 100 * fee.value // 100
    budget = max(turnover.value * 100 - contribution - expenses.value * 100, 0)
    facts = cae_core.PayFacts.of(
        "0", headcount=130, workplace_accident_rate=accident.value
    )
    rules = cae_core.load()
    month = Month(2026, 3)
    found = rules.gross_for_budget(month, budget, facts)
    slip = rules.payslip(month, facts.with_gross(found.gross_pay_cents))
    return budget, contribution, slip


@app.cell
def _(budget, cae_core, contribution, mo, slip):
    def euros(cents):
        return cae_core.format_euros(cents)

    mo.Html(
        f"""
        <p style="font-size:1.6rem">Net payé :
        <strong id="net-paid">{euros(slip.net_paid_cents)}</strong></p>
        <p>Contribution {euros(contribution)}, budget de paie {euros(budget)},
        brut {euros(slip.gross_pay_cents)},
        net avant impôt {euros(slip.net_before_tax_cents)} (droit de mars 2026).</p>
        """
    )
    return


@app.cell
def _(mo, plot, slip):
    mo.Html(plot(slip, "fr")._repr_html_())
    return


@app.cell
def _(html, mo, slip):
    mo.accordion({"Le bulletin": mo.Html(html(slip, "fr"))})
    return


if __name__ == "__main__":
    app.run()
