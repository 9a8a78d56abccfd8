"""People with the county's own roles, who are no part of the playground's cast."""

from bot.playground.personas import Persona

OF_THE_COUNTY = {
    one.name: one
    for one in (
        Persona(id=510031, name="重点项目中心", about="项目", mark="重", role="projects"),
        Persona(
            id=510032,
            name="项目联络人",
            about="项目",
            mark="项",
            role="contact",
            unit="市科经局",
            project="碳酸钙产业园",
        ),
        Persona(id=510033, name="领导联络员", about="第五部分", mark="助", role="aide", sections=(5,)),
        Persona(id=510034, name="市科经局副局长", about="市科经局", mark="副", role="head", unit="市科经局"),
    )
}
