"""What hangs on the rows of a schedule, and changes them where it changes itself."""

from handlers.chat.context import Context
from handlers.schedule.plan_schedule import rebuild, rebuild_all


def schedule_changed(context: Context, plan: str) -> None:
    """The rows of the plan's schedule are computed anew, in the transaction of what was changed."""
    services = context.services
    for loaded in services.question_service.library.plans:
        if loaded.name == plan:
            rebuild(context.session, loaded, services.remind, now=services.clock.now())


def schedules_changed(context: Context) -> None:
    """As `schedule_changed`, for every plan: days off and worked concern them all."""
    rebuild_all(context.session, context.services)
