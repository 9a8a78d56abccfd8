"""Where a message came from, and what every conversation needs to answer it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.access.policy import Actor
from handlers.access.service import Service
from handlers.chat.actor import load_actor
from handlers.chat.outgoing import Call, Send
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PlanClock
from handlers.services.due_day import OfficeDueDay
from handlers.services.invite_codes import Codes
from handlers.services.question_service import QuestionService
from handlers.services.rate_limit import Limiter
from handlers.texts.reply import Reply
from knowledge.entities.library import Library
from knowledge.reminders.defaults import DEFAULTS, RemindDefaults
from storage.cards import Cards, cards_of
from storage.conversations import ConversationState
from storage.dialogs import save_memory
from storage.plan_settings import PlanPeriod, period_of
from storage.rich_text import Text, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The bot's own account."""

    id: int
    username: str
    link: str
    """The address of a private chat with it."""
    reads_all: bool
    """Whether Telegram's privacy switch lets it see every message of a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What one running bot answers with; shared between threads."""

    aliases: AliasOverlay
    me: Me
    clock: PlanClock
    limiter: Limiter
    service: Service
    codes: Codes
    configured: RemindDefaults = DEFAULTS
    due_day: OfficeDueDay = field(default_factory=OfficeDueDay)

    @property
    def remind(self) -> RemindDefaults:
        """What reminders go by where the office has not set a rule otherwise."""
        day = self.due_day.day
        return self.configured if day is None else replace(self.configured, monthly_due_day=day)

    @property
    def question_service(self) -> QuestionService:
        """What answers now."""
        return self.aliases.current

    @property
    def plans(self) -> tuple[str, ...]:
        """The names of all that are loaded."""
        return tuple(plan.name for plan in self.question_service.library.plans)


@dataclass(slots=True)
class _Loaded:
    """What was read for a message: each once, when it is first asked for; and whether something was asked back."""

    actor: Actor | None = None
    memory: str | None = None
    cards: dict[str, Cards] = field(default_factory=dict)
    periods: dict[str, PlanPeriod | None] = field(default_factory=dict)
    asked_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One person's message or tap in one chat, inside one transaction."""

    session: Session
    services: Services
    chat: int
    person: int
    group: bool
    message: int | None
    """The message that asks; None for a tap."""
    reply_to: int | None
    """The message that the answer hangs under: in groups only."""
    thread: int | None = None
    """The forum topic that it stands in, and its answer goes into."""
    digest: str | None = None
    """Of the asking message's text."""
    asked_at: datetime
    now: datetime
    """Machine time, aware."""
    conversation: ConversationState
    """As it was when the message or the tap came."""
    besides: list[Call] = field(default_factory=list)
    """What is to be done after the reply: fetching and handing out files."""
    rebound: list[int | None] = field(default_factory=list)
    """The accounts that have got or lost a role by this, None of a forgotten one: their menus change."""
    line: str = ""
    """The command that is being done, where doing it again changes nothing: so its reply's pages are turned."""
    page: int = 0
    """Which page of the reply to show, from 0."""
    below: Reply | None = None
    """A line, with its buttons, that the reply closes with: what the message has left undone."""
    tapped: int | None = None
    """The message whose button was tapped."""
    _loaded: _Loaded = field(default_factory=_Loaded)

    @property
    def library(self) -> Library:
        """The plans that are loaded, with the names that the office has added."""
        return self.services.question_service.library

    @property
    def actor(self) -> Actor:
        """Who writes or taps, with the rights they have in this transaction."""
        if self._loaded.actor is None:
            self._loaded.actor = load_actor(
                self.session,
                self.conversation.account,
                today=self.services.clock.today(),
                service=self.services.service,
                private=not self.group,
                desk=self.conversation.desk or "",
            )
        return self._loaded.actor

    @property
    def memory(self) -> str:
        """What the person's last turn in this chat has left to be refined."""
        return self.conversation.memory if self._loaded.memory is None else self._loaded.memory

    def remember(self, memory: str, *, expires_at: datetime) -> None:
        """Leave this to be refined."""
        save_memory(self.session, chat_id=self.chat, person_id=self.person, memory=memory, expires_at=expires_at)
        self._loaded.memory = memory

    @property
    def asked_back(self) -> bool:
        """Whether the reply asks for something to be typed (`handlers.chat.prompts`)."""
        return self._loaded.asked_back

    def ask_back(self) -> None:
        self._loaded.asked_back = True

    def cards(self, plan: str) -> Cards:
        """The plan's cards in force: who answers for what hangs on them."""
        if plan not in self._loaded.cards:
            self._loaded.cards[plan] = cards_of(self.session, plan)
        return self._loaded.cards[plan]

    def period(self, plan: str) -> PlanPeriod | None:
        """The period that the office set for the plan: lights hang on it."""
        if plan not in self._loaded.periods:
            self._loaded.periods[plan] = period_of(self.session, plan)
        return self._loaded.periods[plan]


def sentence(context: Context, text: Text) -> Send:
    """An answer without buttons, which leaves no turn behind."""
    return Send(
        chat=context.chat,
        text=joined((text, context.below.head)) if context.below else text,
        asked_at=context.asked_at,
        reply_to=context.reply_to,
        thread=context.thread,
    )
