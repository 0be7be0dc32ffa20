"""How the full screen looks. Nothing is said by colour alone, so that it can be read without."""

NARROW = 76  # cells below which the question has the screen to itself
ROOMY = 100  # cells from which the panels have room to spell things out

STYLE = """
#head {
    height: 1; padding: 0 1; background: $primary-darken-2; color: $text; text-style: bold; text-wrap: nowrap;
    text-overflow: ellipsis;
}
#body { height: 1fr; }
#left, #right { scrollbar-size: 1 1; scrollbar-gutter: stable; padding: 1 0 0 1; }
#left { width: 19; border-right: solid $panel; }
#right { width: 27; border-left: solid $panel; }
.-roomy #left { width: 26; }
.-roomy #right { width: 38; }
QuestionPane { width: 1fr; padding: 1; scrollbar-size: 1 1; }
.-roomy QuestionPane { padding: 1 3; }
QuestionPane Static { width: 1fr; height: auto; }
#place { color: $text-muted; }
#reason { color: $accent; }
#text { text-style: bold; margin: 1 0; }
#kind, #about, #remarks { color: $text-muted; margin-top: 1; }
.line.-here { text-style: reverse; }
.line.-chosen { text-style: bold; }
.line.-here.-chosen { text-style: bold reverse; }
.line.-hidden { display: none; }
QuestionPane Input { margin: 1 0; }
#said { height: auto; max-height: 2; padding: 0 1; color: $success; }
#said.bad { color: $error; text-style: bold; }
#foot { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
.-narrow #left, .-narrow #right { display: none; }
.-narrow QuestionPane { padding: 0 1; }
.-narrow #text { margin: 0; }
.-narrow #foot { max-height: 1; }
.-narrow.panels #right { display: block; width: 1fr; border-left: none; }
.-narrow.panels QuestionPane { display: none; }
.-wide.panels #left, .-wide.panels #right, .-roomy.panels #left, .-roomy.panels #right { display: none; }
"""
