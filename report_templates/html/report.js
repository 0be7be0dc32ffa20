// What a browser can add to a page that is complete without it: fold, filter, sort, copy a chart, trace a figure.
// It changes no word and no figure, fetches nothing, and keeps nothing.
"use strict";
(() => {
  const $ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const tools = document.getElementById("tools");
  if (!tools) return;
  const words = tools.dataset;
  tools.hidden = false;

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const status = document.getElementById("tools-status");
  const tell = (text) => { status.textContent = ""; requestAnimationFrame(() => { status.textContent = text; }); };

  // Folding: a heading's own button; a link into a folded part opens it, and paper shows everything.
  const foldable = $("main > .section, .story").filter((part) => part.id !== "brief");
  const headed = (part) => part.querySelector(":scope > h2, :scope > header > h4");
  const fold = (part, shut) => {
    part.classList.toggle("shut", shut);
    headed(part).querySelector(".fold").setAttribute("aria-expanded", String(!shut));
  };
  for (const part of foldable) {
    const heading = headed(part);
    const name = heading.textContent.trim().replace(/\s+/g, " ");
    const button = make("button", "", { type: "button", class: "fold", "aria-expanded": "true", "aria-label": `${words.fold}${words.colon}${name}` });
    button.addEventListener("click", () => fold(part, !part.classList.contains("shut")));
    heading.append(button);
  }
  const all = document.getElementById("tools-fold");
  all.addEventListener("click", () => {
    const shut = foldable.some((part) => !part.classList.contains("shut"));
    foldable.forEach((part) => fold(part, shut));
    all.textContent = shut ? words.unfoldAll : words.foldAll;
  });
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const shut = target ? foldable.filter((part) => part.contains(target) && part.classList.contains("shut")) : [];
    shut.forEach((part) => fold(part, false));
    if (shut.length) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Filtering: whatever is headed by the name of another group of the same kind goes out of sight.
  const filter = document.getElementById("tools-filter");
  if (filter) filter.addEventListener("change", () => {
    const chosen = filter.selectedOptions[0];
    const kind = chosen.parentElement;
    const others = new Set(chosen.value ? $("option", kind).map((option) => option.value) : []);
    others.delete(chosen.value);
    let hidden = 0;
    for (const part of $("main tr, main .places li, main .way, main .dots-row, main .brief-groups li")) {
      const name = part.querySelector("bdi");
      const away = Boolean(name) && others.has(name.textContent) && part.querySelectorAll("bdi").length === 1;
      part.classList.toggle("away", away);
      hidden += away;
    }
    tell(chosen.value ? `${words.shown}${words.colon}${chosen.value} (${hidden} ${words.hidden})` : words.everything);
  });

  // Sorting: by the figures of a column, as they are written in this language; the whole stays on top.
  const language = document.documentElement.lang;
  const decimal = new Intl.NumberFormat(language).formatToParts(1.1).find((part) => part.type === "decimal").value;
  const value = (row, column) => {
    const cell = row.cells[column];
    const day = cell && cell.querySelector("time");
    if (day) return day.dateTime;
    const text = ((cell && (cell.querySelector("b") || cell.firstChild || cell).textContent) || "").trim();
    const number = parseFloat(text.replace(/[\s\u00a0\u202f]/g, "").replace("−", "-").replace(decimal, "."));
    return Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) => {
    if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b, language);
    return typeof a === "number" ? -1 : 1;
  };
  for (const table of $("table.data")) {
    const heads = table.tHead && table.tHead.rows.length === 1 ? [...table.tHead.rows[0].cells] : [];
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3 || table.querySelector(".family-row")) continue;
    const written = [...body.rows];
    heads.forEach((head, column) => {
      if (!head.textContent.trim() || head.colSpan > 1) return;
      const button = make("button", "", { type: "button", class: "sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        const next = now === "descending" ? "ascending" : now === "ascending" ? null : "descending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (next) head.setAttribute("aria-sort", next);
        const rows = written.filter((row) => !row.classList.contains("whole"));
        if (next) rows.sort((a, b) => compare(value(a, column), value(b, column)) * (next === "ascending" ? 1 : -1));
        body.append(...written.filter((row) => row.classList.contains("whole")), ...rows);
      });
    });
  }

  // Copying a chart: what is on the page is drawn again, text by text and shape by shape, as one picture.
  const draw = (part) => {
    const frame = part.getBoundingClientRect();
    const svg = ["http://www.w3.org/2000/svg", "svg"];
    const root = document.createElementNS(...svg);
    const add = (tag, attributes, text) => {
      const element = document.createElementNS(svg[0], tag);
      for (const [name, given] of Object.entries(attributes)) element.setAttribute(name, given);
      if (text !== undefined) element.textContent = text;
      root.append(element);
      return element;
    };
    const pad = 16;
    const size = { width: Math.ceil(frame.width) + 2 * pad, height: Math.ceil(frame.height) + 2 * pad };
    for (const [name, given] of Object.entries({ ...size, viewBox: `${-pad} ${-pad} ${size.width} ${size.height}` })) root.setAttribute(name, given);
    add("style", {}, $("style").map((style) => style.textContent).join("\n"));
    const defs = document.querySelector("svg.defs");
    if (defs) root.append(defs.querySelector("defs").cloneNode(true));
    const plain = (colour) => colour === "rgba(0, 0, 0, 0)" || colour === "transparent";
    add("rect", { x: -pad, y: -pad, ...size, fill: getComputedStyle(document.body).backgroundColor });
    for (const element of [part, ...$("*", part)]) {
      if (element.closest("svg") && element.tagName !== "svg") continue;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (!box.width || style.visibility === "hidden" || element.closest(".sr, button.copy")) continue;
      const at = { x: box.left - frame.left, y: box.top - frame.top, width: box.width, height: box.height };
      if (element.tagName === "svg") {
        const copy = element.cloneNode(true);
        for (const [name, given] of Object.entries(at)) copy.setAttribute(name, given);
        copy.style.width = `${at.width}px`;
        copy.style.height = `${at.height}px`;
        root.append(copy);
        continue;
      }
      if (element.classList.contains("hatched")) add("rect", { ...at, fill: "url(#hatch)" });
      else if (!plain(style.backgroundColor)) add("rect", { ...at, fill: style.backgroundColor });
      if (parseFloat(style.borderBottomWidth) && style.borderBottomStyle !== "none")
        add("rect", { x: at.x, y: at.y + at.height - 1, width: at.width, height: 1, fill: style.borderBottomColor });
      const disc = getComputedStyle(element, "::before");
      if (disc.borderRadius === "50%")
        add("circle", { cx: at.x + parseFloat(style.paddingLeft) + 7, cy: at.y + parseFloat(style.paddingTop) + parseFloat(style.fontSize) * 0.72, r: 5, fill: "none", stroke: disc.borderTopColor, "stroke-width": 1.5 });
      for (const node of element.childNodes) if (node.nodeType === 3 && node.data.trim()) lines(node, style, frame, add);
    }
    return { source: new XMLSerializer().serializeToString(root), ...size };
  };
  const lines = (node, style, frame, add) => {
    const range = document.createRange();
    let line = null;
    const flush = () => {
      if (!line || !line.text.trim()) return;
      add("text", {
        x: line.left - frame.left, y: line.top - frame.top + line.height * 0.78, fill: style.color, "font-family": style.fontFamily,
        "font-size": style.fontSize, "font-weight": style.fontWeight, "font-style": style.fontStyle, textLength: line.right - line.left, lengthAdjust: "spacingAndGlyphs",
      }, line.text.trim());
    };
    [...node.data].reduce((place, character) => {
      range.setStart(node, place);
      range.setEnd(node, place + character.length);
      const box = range.getClientRects()[0];
      if (box && box.width) {
        if (!line || Math.abs(box.top - line.top) > 2) {
          flush();
          line = { text: "", left: box.left, right: box.right, top: box.top, height: box.height };
        }
        line.text += character;
        if (character.trim()) line.right = box.right;
      }
      return place + character.length;
    }, 0);
    flush();
  };
  const picture = (part) => new Promise((done, failed) => {
    const { source, width, height } = draw(part);
    const image = new Image();
    image.onload = () => {
      const canvas = make("canvas", "");
      canvas.width = width * 2;
      canvas.height = height * 2;
      const pen = canvas.getContext("2d");
      pen.scale(2, 2);
      pen.drawImage(image, 0, 0, width, height);
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error(words.failed))), "image/png");
    };
    image.onerror = () => failed(new Error(words.failed));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  });
  const save = (blob, name) => {
    const link = make("a", "", { download: name, href: URL.createObjectURL(blob) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  $("main ul.profile, main ul.sides, main .heat, main .matrix, main .dots, main .likert-chart, main .route-chart").forEach((chart, place) => {
    const button = make("button", words.copy, { type: "button", class: "copy" });
    button.addEventListener("click", async () => {
      try {
        const blob = await picture(chart);
        try {
          await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
          tell(words.copied);
        } catch {
          save(blob, `chart-${place + 1}.png`);
          tell(words.saved);
        }
      } catch (error) { tell(`${words.failed} ${error.message}`); }
    });
    const around = chart.closest(".region") || chart;
    around.after(button);
  });

  // Tracing: where in the result a figure stands, and what it is with all its decimals.
  let places = null;
  const unpack = async () => {
    const packed = Uint8Array.from(atob(document.getElementById("result").href.split(",")[1]), (one) => one.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const { framework, ...findings } = JSON.parse(await new Response(stream).text());
    const found = [];
    const walk = (here, path) => {
      if (here === null || typeof here !== "object") found.push([path, here]);
      else for (const key of Array.isArray(here) ? here.keys() : Object.keys(here).sort()) walk(here[key], [...path, key]);
    };
    walk(findings, []);
    return found;
  };
  const panel = document.getElementById("tools-trace");
  const home = ([root, kind, id]) => {
    if (root !== "overall") return root === "groups" ? "groups" : "asked";
    const anchor = { dimensions: `dimension-${id}`, indicators: `indicator-${id}`, scenarios: `scenario-${id}`, items: `item-${id}` }[kind];
    return document.getElementById(anchor) ? anchor : "method";
  };
  const digits = new Intl.NumberFormat(language, { maximumFractionDigits: 20 });
  const written = (exact) => (typeof exact === "number" ? digits.format(exact).replace("-", "−") : exact);
  const trace = async (figure) => {
    places = places || await unpack();
    const place = parseInt(figure.dataset.n || figure.dataset.p, 36);
    const [path, exact] = places[place];
    const pair = figure.dataset.p ? ` … ${written(places[place + 1][1])}` : "";
    panel.replaceChildren(make("strong", figure.textContent), make("code", path.join(" › ")), make("span", `= ${written(exact)}${pair}`), make("a", words.leads, { href: `#${home(path)}` }));
    panel.hidden = false;
    $(".traced").forEach((other) => other.classList.remove("traced"));
    figure.classList.add("traced");
  };
  const tracing = document.getElementById("tools-tracing");
  if (!("DecompressionStream" in window)) tracing.hidden = true;
  tracing.addEventListener("click", () => {
    const on = tracing.getAttribute("aria-pressed") !== "true";
    tracing.setAttribute("aria-pressed", String(on));
    document.body.classList.toggle("tracing", on);
    for (const figure of $("[data-n], [data-p]")) {
      if (on) { figure.tabIndex = 0; figure.setAttribute("role", "button"); } else { figure.removeAttribute("tabindex"); figure.removeAttribute("role"); }
    }
    if (!on) panel.hidden = true;
    tell(on ? words.traceHow : "");
  });
  const unreadable = () => { panel.textContent = words.unreadable; panel.hidden = false; };
  const asked = (event) => {
    const figure = document.body.classList.contains("tracing") && event.target.closest("[data-n], [data-p]");
    if (!figure || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    trace(figure).catch(unreadable);
  };
  addEventListener("click", asked);
  addEventListener("keydown", (event) => { if (event.key === "Escape") panel.hidden = true; else asked(event); });
})();
