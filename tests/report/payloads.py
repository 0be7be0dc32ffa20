"""Words that try to be more than words: markup, scripts, templates, formulas, in whatever a person may type."""

from __future__ import annotations

from itertools import product

RUN = "hit(1)"

# What an attacker writes to get out of where a text stands …
ESCAPES = (
    "",
    '">',
    "'>",
    "--><!-- -->",
    "</title></style></textarea>",
    "</script></svg></table>",
    "]]>",
    "</p></li></td></main>",
)
# … and what is to run once it is out.
RUNNING = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}><desc>",
    f"<svg><script>{RUN}</script></svg>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<a href=javascript:{RUN}>here</a>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    f"<form action=javascript:{RUN}><button autofocus>x</button></form>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    f"<body onload={RUN}><video src=x onerror={RUN}>",
    f"<template><script>{RUN}</script></template>",
    f"<b onmouseover={RUN} style=position:fixed;inset:0>x</b>",
)
BY_ATTRIBUTE = tuple(
    f"{mark}{blank}{handler}={RUN} x={mark}"
    for mark, blank, handler in product(('"', "'", "`"), (" ", "/"), ("onload", "onfocus autofocus onfocus", "style"))
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"&#106;avascript:{RUN}",
    "http://evil.example/?a=1&b=2",
    "www.evil.example",
    "somebody@evil.example",
    "//evil.example",
)
MARKDOWN = (
    f"[here](javascript:{RUN})",
    "[here](http://evil.example)",
    "![picture](http://evil.example/x.png)",
    f"![picture](x' onerror='{RUN})",
    f"<javascript:{RUN}>",
    "<http://evil.example>",
    f"[a]: javascript:{RUN}",
    "[a][a] [^1]",
    "[^1]: a note",
    "| a | b |",
    "a | b \\| c",
    "|---|---|",
    "# heading",
    "###### heading ######",
    "heading\\\n===",
    "- item",
    "* item",
    "+ item",
    "1. item",
    "7) item",
    "- [x] done",
    "> said",
    "> [!WARNING]",
    "---",
    "***",
    "```js alert(1)```",
    "~~~",
    "`code` ``c`d``",
    "*one* **two** ***three***",
    "_one_ __two__",
    "~~gone~~ ~gone~",
    "$x^2$ and $$y$$",
    "@everybody #12 owner/name#3",
    ":smile: :+1:",
    "line  \\",
    "&lt;b&gt; &amp; &#60; &copy;",
    "<b>bold</b> <br> <!-- gone -->",
    "<details><summary>x</summary>",
    "<?php echo 1 ?> <!DOCTYPE x> <![CDATA[ x ]]>",
    "\\*not\\* \\[a\\](b)",
    "    four blanks",
    "==marked== ^up^ H~2~O",
    "{.class #id onload=hit(1)}",
    "[[wiki]] {{include}}",
    "<a id=x></a>",
)
TEMPLATES = (
    "{{ 7*7 }}",
    "{% raw %}{{ 7*7 }}",
    "{# gone #}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "%(n)s %s %d 100%",
    "{0} {n} {indicator.__class__}",
    "{{ report.__class__.__mro__ }}",
    "{% include '/etc/passwd' %}",
)
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "=cmd|' /C calc'!A0",
    "1e5",
    "0x1F",
)
WRITING = (
    "\u202eevil\u202c txt.exe",
    "a\u200bb\u2060c\ufeffd",
    "שלום עולם (abc) 12",
    "مرحبا <b>",
    "e\u0301\u0301\u0301\u0301\u0301\u0301",
    "𝒜𝓃𝓃 👩‍👩‍👧‍👦 🏳️‍🌈",
    "x" * 400,
    "tab\tand\u00a0nbsp",
    "\u2028line\u2029paragraph",
    "“quoted” ‘quoted’ «cité»",
    "\"double\" 'single' `back`",
    "< > & \" '",
    "null None undefined NaN",
    "-0",
    "COM1",
    "../../etc/passwd",
    "O'Brien; DROP TABLE units;--",
    "%00 %0a %3Cscript%3E",
    "\\u003cscript\\u003e \\x3cscript\\x3e",
)
PAYLOADS = tuple(
    dict.fromkeys(
        (
            *(out + run for out, run in product(ESCAPES, RUNNING)),
            *BY_ATTRIBUTE,
            *ADDRESSES,
            *MARKDOWN,
            *TEMPLATES,
            *FORMULAS,
            *WRITING,
        )
    )
)
