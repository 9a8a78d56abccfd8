"""Who may do what, by a table of the tests' own."""

from storage.people import Role

TABLE = """
see_progress      P P P P P P P P P
see_history       P P P P P P P P P
see_evidence      s s s s s s p s s
report            s s - - - - - s -
report_for_other  P P - - - - - - -
accept            s s - - s - - - -
correct           s s - - - - - s -
record_on_behalf  - - - s s - - - -
withdraw          o o - o o - - o -
return            - - - s - - p - -
check             - - - s - - - - -
approve           - s - - - s - - -
raise_problem     s s - - - - - s -
settle_problem    s s - s s - - s -
excuse            - - - s - - - - -
comment           - - s - - - - - -
edit_card         - - - - s - - - -
mark_unit         - - - - s - - - -
see_gaps          - - - s s - - - -
export            - - s s s - p - s
brief             - - s s s - - - s
nudge             - - - s - - - - -
publish           - - - s s - - - -
check_facts       s s - - - - - - -
answer_ownership  - s - - - - - - -
register_signature - - - s - - - - -
name_signer       - s - - s - - - -
mark_person       - - - - s - - - -
urge_project      - - - s - - p - -
announce          - - - - s - - - -
see_receipts      - s - s s - - - -
subscribe         o o o o o o o o o
set_rhythm        - - - - s - - - -
see_outbox        - - - - s - - - -
see_ledger        - - P s s - - - -
see_people        P P P P P P P P P
set_contact       o o o o o o o o o
away              o o o o s o o o o
hand_over         o o o o s o o o o
forget            o o o o s o o o o
invite            - - - - s - - - -
remove            - - - - s - - - -
lock              - - - - s - - - -
see_audit         - - - - s - - - -
resolve_misses    - - - - s - - - -
see_suggestions   - - - - s - - - -
"""
"""Liaison, head, leader, supervisor, office, signer, desk of projects, project's contact, aide: anywhere in the
Plan, in the role's scope, any project, one's own, or not at all."""


ALLOWED = {line.split()[0]: dict(zip(Role, line.split()[1:], strict=True)) for line in TABLE.split("\n") if line}
