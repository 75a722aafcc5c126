"""Tables that sort, filter and turn pages by plain links: they need no script, and the link can be sent on."""

from samspel.kernel.ui.tables.columns import Column, follow
from samspel.kernel.ui.tables.pagers import Pager, address_with, pager_of
from samspel.kernel.ui.tables.table import Table

__all__ = ["Column", "Pager", "Table", "address_with", "follow", "pager_of"]
