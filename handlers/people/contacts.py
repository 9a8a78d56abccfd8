"""科经局谁联系: whom to call in a unit, asked in plain words in a private chat."""

from handlers.access.policy import Actor
from handlers.access.responsibility import own_plan
from handlers.services.question_service import QuestionService
from handlers.services.unit_lookup import find_units
from knowledge.language.pattern import sign

CONTACT = sign(
    r"""^(?:请问|问一?下|查一?下|我要|想要|给我)?
    (?: 谁是(?P<whose>.{2,20}?)的?(?:联系人|联络员)
    | (?P<unit>.{2,20}?)(?:那边|这边)?的?
      (?: (?:是|由)?谁(?:来|负责|在)?(?:联系|对接) | (?:该|要)?(?:怎么|如何)(?:联系|找|对接)
        | (?:该|要)?(?:联系|找|对接)(?:谁|哪位|哪个人?)
        | (?:联系|联络|对接)(?:人|员)?的?(?:电话|手机号?|方式)?(?:号码?)?(?:是|有)?(?:谁|哪位|哪些|哪几位|什么|多少)?
        | (?:办公|联系)?(?:电话|手机|座机)(?:号码?)?(?:是|有)?(?:什么|多少|几号)?
      )
    | (?:怎么|如何|我要|我想)?(?:联系|找)(?P<whom>.{2,20}?)(?:的人)?
    )(?:呢|啊|呀)?[?。!]*$""",
    "科经局谁联系",
    "科经局联系人",
    "科经局的电话",
    "科经局联系方式",
    "请问科经局的联络员是谁?",
    "科经局电话多少",
    "科经局怎么联系",
    "科经局找谁",
    "谁是科经局的联络员",
    "怎么联系科经局",
    others=("科经局负责哪些任务", "科经局谁牵头", "科经局和交通局有联系吗", "领导干部联系企业谁负责"),
)
"""The unit is whatever stands around it; what is no unit's name is no question of this kind: 5G基站找谁."""


def asked_unit(cleaned: str, question_service: QuestionService, actor: Actor) -> str | None:
    """The unit whose people are asked for; None where the words ask for something else."""
    found = CONTACT.find(cleaned)
    if found is None:
        return None
    units = find_units(question_service, own_plan(actor, question_service.library), next(filter(None, found.groups())))
    return units[0] if len(units) == 1 else None
