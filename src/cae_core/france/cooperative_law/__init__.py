"""The French law of cooperatives: Scop (loi de 1978), Scic and cooperatives at large (loi de 1947).

:mod:`.forms` registers the legal forms; :mod:`.admission`, :mod:`.subscription`, :mod:`.status` and
:mod:`.exit_refund` follow a person, :mod:`.governance` a meeting and the mandates,
:mod:`.surplus` and :mod:`.participation` the year.
"""
