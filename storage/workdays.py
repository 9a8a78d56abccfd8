from sqlalchemy.orm import Session

from knowledge.rhythm.workdays import WorkDays


def workdays_of(session: Session) -> WorkDays:
    return WorkDays({})
