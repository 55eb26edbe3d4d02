"""All that a server imports sooner or later, imported by the process from which servers are forked."""

import app.cli.commands.serve
import app.server
from app.session.navigation import pages
from app.views.parts.step import steps

EVERYTHING = (app.cli.commands.serve, app.server, pages(), steps())
