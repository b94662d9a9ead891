/* Draws the state that the slicers choose. Every figure is one of the page's own data, protected before it was written. */
(() => {
  "use strict";
  const { slicers, characteristics, states, first } = JSON.parse(document.getElementById("dashboard-data").textContent);
  const form = document.getElementById("slicers");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const [ours, theirs, marked, text] = ["title", "comparison", "chosen", "text"].map(colour);
  const byChoice = new Map(states.map((state) => [state.chosen.join("\n"), state]));
  const stateOf = (chosen) => byChoice.get(chosen.join("\n"));
  const percent = (share) => (share === null ? "–" : `${share}%`);
  const WIDTH = 340;

  function element(name, content, attributes = {}) {
    const made = Object.assign(document.createElement(name), { textContent: content });
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function figure(caption, label, options) {
    const drawing = Plot.plot({ width: WIDTH, style: { fontSize: "13px", color: text }, ariaLabel: label, r: { type: "identity" }, ...options });
    drawing.setAttribute("role", "img");
    // The picture's own label tells all; those of its parts are for no role that may have one.
    for (const part of drawing.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
    const made = element("figure", "");
    made.append(element("figcaption", caption), drawing);
    return made;
  }

  /* Bars of this choice, a line across each where the population is. */
  function bars(state, at) {
    const rows = characteristics[at].groups.flatMap((group, place) =>
      state.shares[at][place] === null ? [] : [{ group, share: state.shares[at][place], local: state.local[at][place] }]);
    const said = rows.map((row) => `${row.group} ${percent(row.share)}, people in ${state.local_of} ${percent(row.local)}`);
    return figure(`Here, and people in ${state.local_of}`, `Bar chart. ${said.join("; ")}.`, {
      height: 26 + 38 * rows.length, marginLeft: 120, marginRight: 44, marginTop: 4, marginBottom: 22,
      x: { domain: [0, 100], ticks: [0, 50, 100], tickFormat: (value) => `${value}%`, label: null, tickSize: 0 },
      y: { domain: rows.map((row) => row.group), label: null, tickSize: 0 },
      marks: [
        Plot.gridX([0, 50, 100], { stroke: text, strokeOpacity: 0.15 }),
        Plot.barX(rows, { x: "share", y: "group", fill: ours, insetTop: 5, insetBottom: 5 }),
        Plot.tickX(rows, { x: "local", y: "group", stroke: "white", strokeWidth: 7 }),
        Plot.tickX(rows, { x: "local", y: "group", stroke: marked, strokeWidth: 3 }),
        Plot.text(rows, { y: "group", text: (row) => percent(row.share), frameAnchor: "right", dx: 42, textAnchor: "end", fontWeight: "bold" }),
        Plot.ruleX([0]),
      ],
    });
  }

  /* The group that is followed, at every quarter end. */
  function trend(state, at) {
    const [kind, unit, day] = state.chosen;
    const group = characteristics[at].groups[0];
    const rows = slicers[2].options.map((option) => ({ day: option, share: stateOf([kind, unit, option]).shares[at][0] }));
    const short = (option) => option.replace(/^\d+ (\w{3})\w* \d\d(\d\d)$/, "$1 $2");
    const known = rows.filter((row) => row.share !== null);
    const local = state.local[at][0];
    const said = rows.map((row) => `${row.day} ${row.share === null ? "not shown" : percent(row.share)}`);
    return figure(`${group} at each quarter end`, `Line chart. ${group}: ${said.join("; ")}.`, {
      height: 150, marginLeft: 40, marginRight: 44, marginTop: 14, marginBottom: 24,
      x: { type: "point", domain: rows.map((row) => row.day), tickFormat: short, ticks: rows.filter((_, place) => place % 2 === 0).map((row) => row.day), label: null, tickSize: 0 },
      y: { domain: [0, 100], ticks: [0, 50, 100], tickFormat: (value) => `${value}%`, label: null, tickSize: 0 },
      marks: [
        Plot.gridY([0, 50, 100], { stroke: text, strokeOpacity: 0.15 }),
        local === null ? null : Plot.ruleY([local], { stroke: marked, strokeWidth: 2 }),
        Plot.line(rows, { x: "day", y: (row) => row.share ?? NaN, stroke: ours, strokeWidth: 2.25 }),
        Plot.dot(known, { x: "day", y: "share", r: (row) => (row.day === day ? 6 : 3), fill: ours, stroke: "white" }),
        Plot.text(known.slice(-1), { y: "share", text: (row) => percent(row.share), frameAnchor: "right", dx: 42, textAnchor: "end", fontWeight: "bold" }),
      ].filter(Boolean),
    });
  }

  /* All units beside each other; the chosen one stands out. */
  function units(state, at) {
    const [kind, chosen, day] = state.chosen;
    const group = characteristics[at].groups[0];
    const rows = slicers[1].options.map((unit) => {
      const other = stateOf([kind, unit, day]);
      return { unit, share: other.shares[at][0], local: other.local[at][0], strong: unit === chosen };
    });
    const known = rows.filter((row) => row.share !== null);
    const few = rows.filter((row) => row.share === null);
    const said = rows.map((row) => `${row.unit} ${row.share === null ? "not shown, too few" : percent(row.share)}`);
    return figure(`${group} by business unit`, `Dot chart. ${group}: ${said.join("; ")}.`, {
      height: 30 + 17 * rows.length, marginLeft: 64, marginRight: 44, marginTop: 4, marginBottom: 22,
      x: { domain: [0, 100], ticks: [0, 50, 100], tickFormat: (value) => `${value}%`, label: null, tickSize: 0 },
      y: { domain: rows.map((row) => row.unit), label: null, tickSize: 0 },
      marks: [
        Plot.gridX([0, 50, 100], { stroke: text, strokeOpacity: 0.15 }),
        Plot.ruleY(rows.filter((row) => row.strong), { y: "unit", stroke: theirs, strokeWidth: 15, strokeOpacity: 0.35 }),
        Plot.tickX(rows, { x: "local", y: "unit", stroke: marked, strokeWidth: 2, insetTop: 2, insetBottom: 2 }),
        Plot.dot(known, { x: "share", y: "unit", r: (row) => (row.strong ? 6 : 4.5), fill: ours, stroke: "white" }),
        Plot.text(few, { y: "unit", text: () => "too few", frameAnchor: "right", textAnchor: "end", fillOpacity: 0.75 }),
        Plot.text(known.filter((row) => row.strong), { y: "unit", text: (row) => percent(row.share), frameAnchor: "right", dx: 42, textAnchor: "end", fontWeight: "bold" }),
      ],
    });
  }

  function charts(state) {
    const side = element("div", "", { class: "characteristics" });
    const all = document.createDocumentFragment();
    all.append(document.getElementById("key").content.cloneNode(true), side);
    characteristics.forEach((characteristic, at) => {
      const section = element("section", "", { "aria-labelledby": `characteristic-${at}` });
      section.append(element("h3", characteristic.name, { id: `characteristic-${at}` }));
      const few = state.shares[at].every((share) => share === null);
      section.append(few ? element("p", "Too few people for shares to be shown.", { class: "few" }) : bars(state, at));
      section.append(trend(state, at), units(state, at));
      side.append(section);
    });
    return all;
  }

  /* The table stands in the page already: its cells take the figures of this choice. */
  function figures(state) {
    const table = document.querySelector("#figures table");
    table.caption.querySelector(".message").textContent = `${state.posts.toLocaleString("en-GB")} posts by gender, disability and ethnicity`;
    table.caption.querySelector(".subtitle").textContent = state.chosen.join(", ");
    table.tHead.rows[0].cells[3].textContent = `People in ${state.local_of}`;
    characteristics.forEach((characteristic, at) => characteristic.groups.forEach((group, place) => {
      const row = table.tBodies[at].querySelectorAll("tr:not(.section)")[place];
      row.cells[1].textContent = state.counts[at][place].toLocaleString("en-GB");
      row.cells[2].textContent = percent(state.shares[at][place]);
      row.cells[3].textContent = percent(state.local[at][place]);
    }));
  }

  function sentence(state) {
    if (state.posts === 0) return "Fewer than 5 posts, or none.";
    if (state.shares.flat().every((share) => share === null)) return `${state.posts} posts: too few for shares.`;
    const parts = characteristics.map(({ groups: [group] }, at) => state.shares[at][0] === null
      ? `${group.toLowerCase()} too few to say`
      : `${group.toLowerCase()} ${percent(state.shares[at][0])} (people in ${state.local_of} ${percent(state.local[at][0])})`);
    return `${state.posts.toLocaleString("en-GB")} posts: ${parts.join("; ")}.`;
  }

  function show(chosen) {
    const state = stateOf(chosen);
    document.getElementById("chosen").textContent = chosen.join(", ");
    document.getElementById("said").textContent = sentence(state);
    document.getElementById("charts").replaceChildren(charts(state));
    figures(state);
  }

  /* A few options stand side by side, many in a list; both are the browser's own, and so work by keyboard. */
  function field({ label, options }, at, start) {
    const name = `slicer-${at}`;
    if (options.length > 4) {
      const around = element("label", label, { class: "field" });
      const select = element("select", "", { name });
      select.append(...options.map((option) => new Option(option, option, option === start, option === start)));
      around.append(select);
      return around;
    }
    const set = element("fieldset", "");
    set.append(element("legend", label));
    for (const option of options) {
      const around = element("label", "");
      const input = element("input", "", { type: "radio", name, value: option });
      input.checked = option === start;
      around.append(input, option);
      set.append(around);
    }
    return set;
  }

  const chosen = () => slicers.map((_, at) => new FormData(form).get(`slicer-${at}`));

  /* A link with a choice in it opens on that choice. */
  function fromAddress() {
    const asked = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (!stateOf(asked)) return;
    asked.forEach((option, at) => {
      const field = form.elements[`slicer-${at}`];
      field.value = option;
    });
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    show(chosen());
    history.replaceState(null, "", `#${chosen().map(encodeURIComponent).join("/")}`);
  });
  addEventListener("hashchange", () => { fromAddress(); show(chosen()); });
  document.getElementById("no-script").remove();
  form.append(...slicers.map((slicer, at) => field(slicer, at, states[first].chosen[at])));
  fromAddress();
  show(chosen());
})();
