"""How large the content of a line-API view is, without a layout of the whole screen."""

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def extend(view: ScrollView, size: Size) -> None:
    """Tell `view` the size of its content.

    Assigning `virtual_size` lays out and repaints the whole screen; of a view whose size on the screen does not depend
    on its content only the scroll bar has to know.
    """
    if view.styles.is_auto_height:
        view.virtual_size = size
    else:
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)
