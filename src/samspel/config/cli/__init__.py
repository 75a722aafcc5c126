"""`samspel`: everything that an operator does, one module per command, loaded when it is asked for."""

from samspel.config.cli.group import LazyGroup

COMMANDS = {
    "run": ("run", "Run everything: database, web and job workers."),
    "web": ("web", "Run the web server alone."),
    "worker": ("worker", "Run job workers alone."),
    "migrate": ("migrate", "Bring the database and the static files to this version."),
    "demo": ("demo", "Fill an empty home with the demo, or bring a demo home up to date."),
    "appoint": ("appoint", "Let a person in and give her a role."),
    "people": ("people", "Add many people with roles at once, from a file."),
    "import": ("import_files", "Import official files as they are."),
    "forms": ("forms", "List forms, write their PDF sheets and read them back."),
    "select": ("select", "Draw, explain and verify a selection round."),
    "bounces": ("bounces", "Take in mails that came back."),
    "post": ("post", "Tell what became of the messages."),
    "letters": ("letters", "Tell what became of the letters."),
    "where": ("where", "Say where everything is written."),
    "bench": ("bench", "Measure speed against a floor on this machine."),
}

main = LazyGroup(
    "samspel",
    package=__name__,
    commands_by_name=COMMANDS,
    help="Samspel, the open platform for state support to school development.\n\n"
    "Everything is written under SAMSPEL_HOME (./var by default). Exit status: 0 done, 1 refused (the reason on "
    "stderr), 2 wrong use.",
)
