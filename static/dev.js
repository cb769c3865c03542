// Shows authors what they save as they save it, and what it does. A page made from
// the last edition reloads when another is published. Mistakes stand over the page
// until they are mended, each a link that opens its line in the editor. A panel
// says what else has changed, and /dev/decisions/… how a comparison decides.
// Loaded in dev only.
const ask = (path) => fetch(path).then((answer) => answer.json());
const work = ask("/dev/work.json");
const slugOf = (path) => path.match(/^\/(?:compare|dev\/\w+)\/([^/?.]+)/)?.[1];

// make makes an element; what it holds may be nested lists, and null is nothing.
function make(tag, properties, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside.flat(2).filter((node) => node != null));
  return element;
}

const percent = (share) => (share > 0 && share < 0.01 ? "< 1" : Math.round(100 * share)) + " %";
const count = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

// The page's policy lets a stylesheet be adopted, and no style stand in the page.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  .dev { background: var(--paper); color: var(--ink); border: 1px solid var(--line); font: .875rem/1.45 var(--sans); overflow-wrap: anywhere; text-align: start }
  .dev h2, .dev h3 { font: 600 1rem/1.3 var(--sans); margin-block: .75rem .25rem }
  .dev section { margin: 0; padding: 0 }
  .dev ul, .dev ol { padding-inline-start: 1.25rem; margin-block: .25rem }
  .dev li { margin-block: .25rem }
  .dev p { margin-block: .25rem; max-inline-size: none }
  .dev pre { white-space: pre-wrap; overflow-wrap: anywhere; margin-block: .25rem; font: .8125rem/1.4 ui-monospace, monospace; background: var(--tint); padding: .25rem .5rem }
  .dev mark { background: none; color: inherit; border-block-end: 2px solid var(--alarm) }
  .dev button { padding: .25rem .75rem; min-block-size: 1.75rem; border: 1px solid var(--line); background: var(--tint); cursor: pointer }
  .dev-faults { position: fixed; inset: 0; margin: auto; inline-size: min(60rem, 100vw - 2rem); block-size: fit-content; max-block-size: calc(100vh - 2rem); overflow: auto; padding: .5rem 1.25rem 1rem; border: 3px solid var(--alarm) }
  .dev-panel { position: fixed; inset: auto 1rem 1rem auto; margin: 0; inline-size: min(30rem, 100vw - 2rem); max-block-size: min(28rem, 60vh); overflow: auto; padding: 0 1rem .75rem; box-shadow: 0 2px 12px #0004 }
  .dev-panel > header { position: sticky; inset-block-start: 0; display: flex; gap: 1rem; justify-content: space-between; align-items: baseline; padding-block: .5rem; background: inherit }
  .dev-panel.closed { inline-size: auto; padding: 0; border: 0; box-shadow: none }
  .dev-shares { display: grid; grid-template-columns: auto auto 1fr; gap: 0 .75rem; align-items: center }
  .dev-shares meter { inline-size: 100% }
  .dev-decisions { border: 0; font-size: .9375rem; overflow-wrap: normal }
  .dev-decisions table { border-collapse: collapse; margin-block: .5rem }
  .dev-decisions :is(th, td) { border-block-end: 1px solid var(--line); padding: .2rem .75rem .2rem 0; text-align: start; font-weight: normal; vertical-align: top }
  .dev-decisions thead th, .dev-decisions th[colspan] { font-weight: 600 }
  .dev-decisions :is(td, thead th + th) { text-align: end; font-variant-numeric: tabular-nums }
  .dev-decisions label { display: grid; grid-template-columns: minmax(0, 1fr); gap: .125rem; margin-block: .5rem }
  .dev-decisions select { font: inherit; inline-size: 100%; padding: .25rem; color: inherit; background: var(--paper); border: 1px solid var(--line) }
  .dev-decisions .ask { columns: 20rem; column-gap: 2rem }
  .dev-decisions .ask label { break-inside: avoid }
  .dev-decisions .rule { list-style: none; padding: 0 }
  .dev-draft { font: 600 min(.8em, .875rem)/1.5 var(--sans); display: inline-block; vertical-align: middle; letter-spacing: .04em; text-transform: uppercase; border: 1px solid; border-radius: .2em; padding-inline: .3em; margin-inline-start: .5em; white-space: nowrap }
  @media print { .dev-panel, .dev-faults { display: none } }
`);
document.adoptedStyleSheets.push(sheet);

// at is the way to where something is written, in the author's editor.
async function at({ File, Line, Column }, label = File + (Line ? `:${Line}:${Column}` : "")) {
  const { Editor } = await work;
  const filled = { path: encodeURI(File), line: Line || 1, column: Column || 1 };
  const href = Editor.replace(/{(path|line|column)}/g, (_, name) => filled[name]).replace(/(?<!:)\/\//g, "/");
  return make("a", { href }, label);
}

// fault is a mistake or a warning: where, what, what to do, and the line.
async function fault({ At, Message, Hint, Details, Follow, Source }) {
  const before = [...Source].slice(0, At.Column - 1).join("");
  return make("li", {},
    await at(At), make("p", {}, make("strong", {}, Message), Hint ? `; ${Hint}` : "", Follow ? ` (and ${Follow} more because of it)` : ""),
    Details ? make("pre", {}, Details) : null,
    Source && At.Line ? make("pre", {}, before, make("mark", {}, Source.slice(before.length))) : null);
}

const all = (list, show) => Promise.all((list ?? []).map(show));

const events = new EventSource("/dev/events");
let saved, report;

events.addEventListener("message", async ({ data }) => {
  if (saved && saved !== data) await faults((await ask("/dev/work.json")).Faults) || location.reload();
  saved = data;
});

// faults shows mistakes over the page, and says whether there are any.
async function faults(found) {
  const wrong = (found ?? []).filter((f) => !f.Warning);
  if (!wrong.length) return false;
  const next = make("section", { className: "dev dev-faults", popover: "manual" },
    make("h2", {}, `${count(wrong.length, "fault")}: what was good before is still shown`),
    make("ol", {}, await all(wrong, fault)));
  report?.remove();
  report = next;
  document.body.append(report);
  report.showPopover();
  return true;
}

// readTable reads a table of decisions: its questions with their options, and each
// combination, as the query of an address, with its outcome.
function readTable(text) {
  const table = { questions: [], outcomes: [], rows: new Map() };
  const letters = {};
  for (const line of text.split("\n")) {
    const [, name, value] = line.match(/^# (.+?): (.*)$/) ?? [];
    const [row, letter] = line.split("\t");
    if (value?.includes(" ")) table.questions.push([name, value.split(", ").map((option) => option.slice(2))]);
    else if (name?.length === 1) letters[name] = value;
    else if (letter) {
      const given = table.questions.map(([question, options], i) => `${question}=${options[row[i] - 1]}`);
      table.rows.set(given.join("&"), letters[letter]);
    }
  }
  table.outcomes = Object.values(letters).filter((id) => id !== "undecided"); // with nothing unsure, it comes to none
  return table;
}

const unsure = (query) => query.split("=not-sure").length - 1;

// moves are the results that moved, by what they come to before and now: of each
// kind the one of which least needs to be told. A question that is new, or gone, is
// not sure in the other table.
function moves({ Kept, Now }) {
  const given = (query) => query.split("&").filter((answer) => !answer.endsWith("=not-sure")).sort().join("&");
  const kept = new Map([...readTable(Kept).rows].map(([query, outcome]) => [given(query), outcome])), moved = {};
  for (const [query, now] of readTable(Now).rows) {
    const before = kept.get(given(query)), what = `from “${before}” to “${now}”`;
    if (before && before !== now && (!moved[what] || unsure(query) > unsure(moved[what]))) moved[what] = query;
  }
  return moved;
}

// changes says what check says of the decisions. A kind of results that moved is an
// item with links to its example.
function changes(comparison) {
  const { Slug, Before, Changed, Kept } = comparison;
  if (!Changed) return make("p", {}, Kept ? "It decides as decisions.tsv has it." : "Its decisions are not kept yet.");
  const moved = moves(comparison);
  const said = Changed.flatMap((d) => [...d.Message.split(/; (?=[\d,]+ (?:from|of) )|(?<=results change): /), d.Hint]);
  return said.map((part) => {
    const query = moved[part.match(/from “.*?” to “.*?”/)];
    return query == null ? make("p", {}, part) : make("ul", {}, make("li", {}, part, ": ",
      Before ? [make("a", { href: `/dev/before/${Slug}?${query}` }, "before"), ", "] : null,
      make("a", { href: `/compare/${Slug}/recommendation?${query}` }, "now")));
  });
}

// shares are how many of the ways to answer every question come to each outcome.
function shares({ outcomes, rows }) {
  const full = [...rows].filter(([query]) => !unsure(query));
  return outcomes.map((name) => [name, full.filter(([, outcome]) => outcome === name).length / full.length]);
}

function changed(comparison) {
  return make("section", {},
    make("h2", {}, make("a", { href: `/compare/${comparison.Slug}` }, comparison.Title)),
    changes(comparison),
    make("div", { className: "dev-shares" }, shares(readTable(comparison.Now)).map(([name, share]) => [
      make("span", {}, name), make("span", {}, percent(share)), make("meter", { value: share }),
    ])),
    make("p", {}, make("a", { href: `/dev/decisions/${comparison.Slug}` }, "Which rule decides what")));
}

async function panel() {
  const { Comparisons, Warnings } = await work;
  const here = slugOf(location.pathname);
  const failing = (Warnings ?? []).filter((w) => w.Example), others = (Warnings ?? []).filter((w) => !w.Example);
  const news = [
    Comparisons.some((c) => c.Changed) ? "Decisions changed" : null,
    failing.length ? count(failing.length, "failing example") : null,
    others.length ? count(others.length, "warning") : null,
  ].filter(Boolean).join(", ");
  const first = Comparisons.filter((c) => c.Slug === here || c.Changed).sort((a, b) => (b.Slug === here) - (a.Slug === here));
  const element = make("aside", { className: "dev dev-panel", ariaLabel: "What your changes do" });
  const show = async (open) => {
    const button = make("button", { type: "button" }, open ? "Close" : news || "No decision changed");
    button.onclick = () => {
      sessionStorage.setItem("dev-panel", open ? "closed" : "open");
      show(!open);
    };
    element.classList.toggle("closed", !open);
    element.replaceChildren(...(open ? [
      make("header", {}, make("strong", {}, news || "No decision changed"), button),
      location.pathname.startsWith("/dev/before/") ? make("p", {}, make("strong", {}, "This page is as it was before the change.")) : "",
      ...first.map(changed),
      failing.length ? make("h2", {}, "Examples that come to something else") : "",
      make("ul", {}, await all(failing, async (w) => make("li", {}, await at(w.At, w.Message)))),
      ...Comparisons.filter((c) => !first.includes(c)).map(changed),
      others.length ? make("h2", {}, "Worth a look") : "",
      make("ul", {}, await all(others, fault)),
    ] : [button]));
  };
  // It opens by itself where there is something to say, unless its author closed it.
  const offered = news && !location.pathname.startsWith("/dev/decisions/") ? "open" : "closed";
  await show((sessionStorage.getItem("dev-panel") ?? offered) === "open");
  document.body.append(element);
}

// drafts marks every link to a draft, and the title of its pages.
async function drafts() {
  const slugs = (await work).Comparisons.filter((c) => c.Draft).map((c) => c.Slug);
  const marked = [...document.querySelectorAll("main a[href], footer a[href]")]
    .filter((a) => /^\/compare\/[^/]+$/.test(a.pathname) && !a.hash && slugs.includes(slugOf(a.pathname)));
  if (slugs.includes(slugOf(location.pathname))) marked.push(document.querySelector("h1"));
  for (const place of marked) place.append(make("span", { className: "dev-draft" }, "Draft"));
}

// decisions fills the page of a comparison's decisions: a combination to choose,
// with the rules that were tried for it, and the table by question and outcome.
async function decisions(slug) {
  const comparison = (await work).Comparisons.find((c) => c.Slug === slug);
  const { questions } = await ask(`/compare/${slug}/questionnaire.json`);
  const result = make("section", { ariaLive: "polite" });
  const given = new URLSearchParams(location.search);
  const pick = (q) => make("select", { name: q.id, onchange: update }, q.options.map((o) =>
    make("option", { value: o.id, selected: (given.get(q.id) ?? q.options.at(-1).id) === o.id }, o.label)));
  const form = make("form", { className: "ask" }, questions.map((q) => make("label", {}, q.ask, pick(q))));
  const now = readTable(comparison.Now);

  async function update() {
    const query = new URLSearchParams(new FormData(form)).toString();
    history.replaceState(null, "", `?${query}`);
    const { Outcomes, Holding, Ways, Outcome } = await ask(`/dev/decisions/${slug}.json?${query}`);
    const fills = new RegExp(`^${query.replaceAll("=not-sure", "=(?!not-sure(&|$))[^&]*")}$`);
    const filled = [...now.rows].filter(([way]) => fills.test(way)).map(([, outcome]) => outcome);
    const held = (n) => (n === Ways ? " holds" : n ? ` holds in ${n} of ${Ways} ways` : " does not hold");
    const rules = Outcomes.map((o, i) => ({ ...o, counts: Holding[i].values(), decides: filled.filter((f) => f === o.ID).length }));
    const tried = rules.slice(0, rules.findLastIndex((r) => r.decides) + 1);
    result.replaceChildren(
      make("p", {}, "These answers come to ", make("a", { href: `/compare/${slug}/recommendation?${query}` }, `“${Outcome}”`),
        Ways > 1 ? `. What is unsure can be filled in in ${Ways} ways.` : "."),
      ...await all(tried, async (r) => make("section", {},
        make("h3", {}, !r.decides ? `“${r.ID}” does not come first` : Ways > 1 ? `“${r.ID}” decides ${r.decides} of ${Ways} ways` : `“${r.ID}” decides`),
        make("ul", { className: "rule" }, await all(r.Rule, async (line) => {
          const n = ["or", "otherwise"].includes(line.Text) ? null : r.counts.next().value;
          return make("li", {},
            make("span", { ariaHidden: true }, n == null ? "" : n === Ways ? "✓ " : n ? "~ " : "✗ "),
            make("code", {}, line.Text), n == null ? " " : `${held(n)} `, line.Text === "or" ? "" : await at(line.At, `line ${line.At.Line}`));
        })))));
  }

  const full = [...now.rows].filter(([query]) => !unsure(query));
  const rows = (q) => q.options.slice(0, -1).map((o) => {
    const of = full.filter(([query]) => `&${query}&`.includes(`&${q.id}=${o.id}&`));
    return make("tr", {}, make("th", { scope: "row" }, o.label), now.outcomes.map((name) =>
      make("td", {}, percent(of.filter(([, outcome]) => outcome === name).length / of.length))));
  });
  document.title = `Decisions: ${comparison.Title}`;
  document.querySelector("main").replaceChildren(make("div", { className: "dev dev-decisions" },
    make("h1", {}, comparison.Title), make("h2", {}, "What decides a combination"), form, result,
    make("h2", {}, "What has changed"), changes(comparison),
    make("h2", {}, "Every way to answer every question, by answer and outcome"),
    make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "If the answer is"), now.outcomes.map((name) => make("th", { scope: "col" }, name)))),
      questions.map((q) => make("tbody", {}, make("tr", {}, make("th", { colSpan: now.outcomes.length + 1, scope: "rowgroup" }, q.ask)), rows(q))))));
  await update();
}

await faults((await work).Faults);
if (location.pathname.startsWith("/dev/decisions/")) await decisions(slugOf(location.pathname));
await drafts();
await panel();
