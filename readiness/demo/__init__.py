"""An invented company, its survey and its interviews, to see the whole job done on."""
