// Behind the scenes of the chat that was touched last.

import { behind as look } from "./api.js";
import { inWords } from "./codes.js";
import { el } from "./dom.js";
import { on, person, state } from "./state.js";
import { language, say } from "./texts.js";
import { written } from "./time.js";

const AFTER = 350; // milliseconds of quiet before looking again
const panel = document.querySelector("#behind");
let timer = 0;

function toggle() {
  panel.hidden = !panel.hidden;
  document.querySelector("#bar [data-do=behind]").setAttribute("aria-pressed", String(!panel.hidden));
  if (!panel.hidden) draw();
}

function soon() {
  if (panel.hidden) return;
  clearTimeout(timer);
  timer = setTimeout(draw, AFTER);
}

async function draw() {
  const chat = state.shown[state.active];
  const one = person(chat);
  const found = one && (await look(chat, language()));
  if (!found) return;
  const at = (instant) => written("moment", instant, language(), one.zone);
  const close = el("button", { class: "plain", click: toggle }, say("close"));
  panel.setAttribute("aria-label", say("behind"));
  panel.replaceChildren(
    el("header", {}, el("h2", {}, `${say("behind")}: ${one.name}`), close),
    ...script(found.script),
    ...list(say("verdicts"), found.verdicts, (row) => verdict(row, at)),
    ...list(say("waiting"), found.waiting, (row) => el("li", {}, el("b", {}, inWords(row.what)), el("small", {}, [at(row.at), row.why].filter(Boolean).join(" · ")))),
    ...list(say("timers"), found.timers, (row) => el("li", {}, el("b", {}, inWords(row.what)), el("small", {}, at(row.at)))),
    ...list(say("log"), found.audit, (row) => el("li", {}, el("b", {}, row.what), el("small", {}, `${at(row.at)} · ${row.who}`))),
  );
}

function script(found) {
  const heading = el("h3", {}, say("script"));
  if (!found) return [heading, el("p", { class: "nothing" }, say("none_open"))];
  const words = found.over === null ? say("stands", found) : `${found.name} v${found.version}, ${say("over", { outcome: found.over })}`;
  const picture = el("img", { alt: words, src: URL.createObjectURL(new Blob([found.svg], { type: "image/svg+xml" })) });
  const frame = el("div", { class: "graph", tabindex: "0", role: "region", "aria-label": say("script") }, picture);
  picture.addEventListener("load", () => centre(frame, found));
  return [heading, el("p", {}, words), frame];
}

/** Bring the step at which the conversation stands into view. */
function centre(frame, found) {
  const drawn = new DOMParser().parseFromString(found.svg, "image/svg+xml");
  const node = [...drawn.querySelectorAll("g.node")].find((one) => one.querySelector("title")?.textContent === found.step);
  const shape = node?.querySelector("polygon, path, ellipse");
  const box = drawn.documentElement.getAttribute("viewBox")?.split(/\s+/).map(Number);
  const numbers = (shape?.getAttribute("points") ?? shape?.getAttribute("d") ?? "").match(/-?[\d.]+/g)?.map(Number);
  if (!numbers || !box) return;
  const image = frame.querySelector("img");
  const scale = image.naturalWidth / box[2];
  frame.scrollLeft = (numbers[0] + 4) * scale - frame.clientWidth / 2;
  frame.scrollTop = (box[3] + numbers[1] - 4) * scale - frame.clientHeight / 2;
}

function verdict(row, at) {
  const rules = row.rules.map((rule) => el("small", {}, `${rule.title} (${rule.id})`, el("br"), say("source", { source: rule.source })));
  const until = row.until ? `, ${say("until", { at: at(row.until) })}` : "";
  return el("li", { class: row.outcome }, el("b", {}, say(row.outcome)), ` ${row.about}${until}`,
    el("small", {}, `${at(row.at)} · ${say("consulted", { n: row.consulted })}`), ...rules);
}

function list(title, rows, draws) {
  const body = rows.length ? el("ul", {}, ...rows.map(draws)) : el("p", { class: "nothing" }, say("nothing"));
  return [el("h3", {}, title), body];
}

on("behind", toggle);
for (const kind of ["room", "message", "settled", "deleted", "shown", "language", "active"]) on(kind, soon);
