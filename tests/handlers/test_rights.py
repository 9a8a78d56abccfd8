"""Who may do what: every action × role × scope against a table of its own, and the page that shows the rules."""

from itertools import product

import pytest
from folders import ROOT
from rights_table import ALLOWED

from handlers.access.policy import RULES, Action, Actor, Reach, Refusal, RefusalReason, Resource, may, refusal
from handlers.access.service import CLOSED, Service
from handlers.texts.rights import ACTIONS, ROLES, refused, table
from storage.people import Grant, Role

INTERNAL = Service(internal=True)
LINK = "https://t.me/duban_bot"
ME, OTHER = 1, 2
PLAN, UNIT, SECTION, PROJECT = "甲方案", "市科经局", 5, "大桥"
PLAN_WIDE, OF_UNIT, OF_SECTION, OF_PROJECT = "plan", "unit", "section", "project"

BOUND_ONLY = [action for action in Action if action.value in ALLOWED]

SUBJECTS = {
    "mine": Resource(plan=PLAN, whose=ME),
    "another's": Resource(plan=PLAN, whose=OTHER),
    "my unit's": Resource(plan=PLAN, units=frozenset({UNIT, "市发改局"}), section=1, whose=OTHER),
    "another unit's": Resource(plan=PLAN, units=frozenset({"市交通局"}), section=1, whose=OTHER),
    "my section's": Resource(plan=PLAN, units=frozenset({"市交通局"}), section=SECTION, whose=OTHER),
    "my project's": Resource(plan=PLAN, units=frozenset({"市交通局"}), section=1, project=PROJECT, whose=OTHER),
    "another project's": Resource(plan=PLAN, units=frozenset({"市交通局"}), section=1, project="码头", whose=OTHER),
    "mine in another plan": Resource(plan="乙方案", units=frozenset({UNIT}), section=SECTION, whose=ME),
}


def granted(role: Role, scope: str) -> Grant:
    if scope == OF_PROJECT:
        return Grant(role, PLAN, UNIT, project=PROJECT)
    return Grant(role, PLAN, UNIT if scope == OF_UNIT else None, SECTION if scope == OF_SECTION else None)


def actor(*grants: Grant, locked: bool = False, private: bool = True, service: Service = INTERNAL) -> Actor:
    return Actor(member=ME, grants=grants, locked=locked, private=private, service=service)


def expected(action: Action, role: Role, scope: str, what: str) -> bool:
    if action is Action.FORGET and what.startswith("mine"):
        return True  # anybody may be forgotten
    if what == "mine in another plan":
        return False
    match ALLOWED[action][role]:
        case "s" if role is Role.CONTACT and scope != OF_PROJECT:
            return False  # nobody is a contact without a project
        case "P":
            return True
        case "o":
            return what == "mine"
        case "s":
            within = {
                PLAN_WIDE: set(SUBJECTS),
                OF_UNIT: {"my unit's"},
                OF_SECTION: {"my section's"},
                OF_PROJECT: {"my project's"},
            }
            return what in within[scope]
        case "p":
            return what in {"my project's", "another project's"}
    return False


@pytest.mark.parametrize("action", BOUND_ONLY)
def test_every_role_in_every_scope_may_what_the_table_says(action: Action) -> None:
    for role, scope, (what, subject) in product(Role, (PLAN_WIDE, OF_UNIT, OF_SECTION, OF_PROJECT), SUBJECTS.items()):
        found = may(actor(granted(role, scope)), action, subject)
        assert found is expected(action, role, scope, what), (role, scope, what)


def test_the_table_and_the_rules_name_the_same_actions() -> None:
    assert set(ALLOWED) == {action.value for action in RULES}
    assert set(Action) - set(RULES) == {Action.ASK_PLAN, Action.SEE_PUBLISHED, Action.JOIN, Action.SUGGEST}


@pytest.mark.parametrize("action", BOUND_ONLY)
def test_a_visitor_may_nothing_that_needs_a_role(action: Action) -> None:
    visitor = Actor(member=None, service=INTERNAL)
    assert not any(may(visitor, action, subject) for subject in (None, *SUBJECTS.values()))


@pytest.mark.parametrize("action", BOUND_ONLY)
def test_a_member_without_a_role_may_only_be_forgotten(action: Action) -> None:
    assert may(actor(), action, SUBJECTS["mine"]) is (action is Action.FORGET)
    assert not may(actor(), action, SUBJECTS["another's"])


@pytest.mark.parametrize("action", BOUND_ONLY)
@pytest.mark.parametrize(
    ("kept_out", "why"),
    [
        ({"locked": True}, RefusalReason.LOCKED),
        ({"private": False}, RefusalReason.IN_A_GROUP),
        ({"service": CLOSED}, RefusalReason.NOT_OPEN),
    ],
)
def test_nobody_gets_in_while_locked_or_in_a_group_or_before_the_service_is_internal(
    action: Action, kept_out: dict[str, bool], why: RefusalReason
) -> None:
    everything = actor(*(granted(role, PLAN_WIDE) for role in Role), **kept_out)  # type: ignore[arg-type]
    found = refusal(everything, action, SUBJECTS["another's"])
    assert found is not None
    assert found.why is why


def test_one_may_be_forgotten_while_the_service_is_public_but_not_from_a_lost_account_or_in_a_group() -> None:
    mine = SUBJECTS["mine"]
    assert may(actor(service=CLOSED), Action.FORGET, mine)
    assert not may(actor(locked=True), Action.FORGET, mine)
    assert not may(actor(private=False), Action.FORGET, mine)


@pytest.mark.parametrize("service", [CLOSED, INTERNAL])
@pytest.mark.parametrize("locked", [False, True])
def test_the_public_plan_is_everybodys_to_ask(service: Service, *, locked: bool) -> None:
    assert may(Actor(member=None, service=service, private=False), Action.ASK_PLAN)
    assert may(actor(locked=locked, service=service), Action.ASK_PLAN)


def test_visitors_see_published_standings_only_where_that_is_configured() -> None:
    assert may(Actor(member=None, service=Service(published=True)), Action.SEE_PUBLISHED)
    assert not may(Actor(member=None, service=INTERNAL), Action.SEE_PUBLISHED)


def test_an_invitation_is_taken_up_only_where_the_service_is_internal_and_in_private() -> None:
    assert may(Actor(member=None, service=INTERNAL), Action.JOIN)
    assert not may(Actor(member=None, service=CLOSED), Action.JOIN)
    assert not may(Actor(member=None, service=INTERNAL, private=False), Action.JOIN)
    assert not may(actor(locked=True), Action.JOIN)


@pytest.mark.parametrize("action", Action)
def test_without_a_subject_the_question_is_whether_there_is_anything_to_do_it_to(action: Action) -> None:
    for role in Role:
        held = actor(granted(role, OF_PROJECT if role is Role.CONTACT else OF_UNIT))
        found = may(held, action)
        could = any(may(held, action, subject) for subject in SUBJECTS.values())
        assert found is could or action not in BOUND_ONLY


@pytest.mark.parametrize(("action", "why"), [*product(BOUND_ONLY, RefusalReason)])
def test_every_refusal_is_one_chinese_sentence(action: Action, why: RefusalReason) -> None:
    said, *link = refused(Refusal(action, why), LINK).split("\n")
    assert link == ([LINK] if why is RefusalReason.IN_A_GROUP else [])
    assert said.endswith("。")
    assert said.count("。") == 1


@pytest.mark.parametrize("action", BOUND_ONLY)
def test_a_refusal_for_want_of_a_role_says_who_can(action: Action) -> None:
    found = refusal(Actor(member=None, service=INTERNAL), action)
    assert found is not None
    said = refused(found, LINK)
    assert ACTIONS[action] in said
    able = [ROLES[role] for role, reach in RULES[action].items() if reach is not Reach.OWN]
    assert all(name in said for name in able) or "已绑定的人员" in said
    assert able or "本人" in said


def test_the_page_in_docs_shows_the_rules() -> None:
    page = ROOT / "docs" / "rights.md"
    assert page.read_text(encoding="utf-8") == table(), "python -m bot.commands.list_rights > docs/rights.md"


def test_a_contact_without_a_project_reports_on_nothing() -> None:
    for grant in (Grant(Role.CONTACT, PLAN), Grant(Role.CONTACT, PLAN, UNIT)):
        assert not any(may(actor(grant), Action.REPORT, subject) for subject in SUBJECTS.values())
