from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Meeting:
    day: date


@dataclass(frozen=True)
class PlanPeriod:
    start: date
    end: date


def meetings_of(session: Session, plan: str, since: date) -> tuple[Meeting, ...]:
    return ()


def period_of(session: Session, plan: str) -> PlanPeriod | None:
    return None
