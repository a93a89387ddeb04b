// The bar on top: what time it is, how it moves, the tour, faults, recording.

import { order } from "./api.js";
import { inWords } from "./codes.js";
import { dialog, el, icon, toast } from "./dom.js";
import { now, on, person, setClock, state, tell } from "./state.js";
import { language, LANGUAGES, say, speak } from "./texts.js";
import { locale, written } from "./time.js";

const TICK = 500; // milliseconds
const parts = {};

/** Draw the bar, and keep it true. */
export function drawBar() {
  document.documentElement.lang = locale(language());
  document.title = `Doorstep: ${say("customer")}, ${say("collector")}, ${say("safety_officer")}, ${say("scheduler")}`;
  document.querySelector("#bar").replaceChildren(brand(), clock(), timeMachine(), el("span", { class: "space" }), bot(), tour(), faults(), recorder(), behind(), looks());
  refresh();
}

function brand() {
  return el("h1", { class: "brand" }, el("img", { src: "/page/icon.svg", alt: "" }), "Doorstep");
}

function clock() {
  parts.time = el("strong");
  parts.date = el("span");
  parts.zone = el("small");
  return el("div", { class: "clock", role: "timer", "aria-label": say("clock") }, parts.date, " ", parts.time, " ", parts.zone);
}

/** Order a leap: the buttons wait until it is over. */
async function leap(given) {
  parts.leaping = true;
  refresh();
  const answer = await order("clock", given);
  parts.leaping = false;
  if (answer) setClock(answer.now);
  refresh();
  if (answer?.what) toast(say("jumped", { what: inWords(answer.what) }));
}

function timeMachine() {
  const button = (name, given) => el("button", { class: "plain", "data-leap": name, click: () => leap(given) }, say(name));
  parts.leaps = [button("hour", { hours: 1 }), button("day", { days: 1 }), button("next", { to: "next" })];
  parts.play = el("button", { class: "plain", "data-leap": "play", click: () => order("clock", { play: !state.room.playing }) });
  return el("div", { class: "group" }, ...parts.leaps, parts.play);
}

function bot() {
  parts.bot = el("div", { class: "bot", role: "status" });
  return parts.bot;
}

function tour() {
  parts.tour = el("button", { class: "main", "data-do": "tour", click: () => order("tour", { do: "play", language: language() }) }, say("tour"));
  return parts.tour;
}

function faults() {
  const toggle = (given) => el("button", { class: "plain", click: () => order("faults", given()) });
  const customer = () => state.shown.customer;
  parts.offline = toggle(() => ({ offline: customer(), on: !state.room.faults.offline.includes(customer()) }));
  parts.tooMany = toggle(() => ({ too_many: !state.room.faults.too_many }));
  parts.crash = toggle(() => ({ crash: true }));
  parts.crash.dataset.do = "crash";
  const menu = el("div", { class: "menu" }, parts.offline, parts.tooMany, parts.crash, el("p", {}, say("faults_about")));
  parts.faults = el("details", { "data-do": "faults" }, el("summary", { class: "plain" }, say("faults")), menu);
  return parts.faults;
}

/** A menu is closed by a click elsewhere, and by Escape. */
function closeFaults() {
  if (parts.faults) parts.faults.open = false;
}

function recorder() {
  parts.record = el("button", { class: "plain", "data-do": "record", click: record });
  return parts.record;
}

async function record() {
  const answer = await order("record", { do: state.room.recording ? "save" : "start" });
  if (!answer?.transcript) return;
  const text = el("pre", { tabindex: "0" }, answer.transcript);
  text.style.cssText = "max-height:50vh;overflow:auto;font-size:.82rem";
  const words = [say("saved", answer), say("replay", answer)].map((one) => el("p", {}, one));
  dialog(say("saved_title"), say("close"), ...words, text);
}

function behind() {
  parts.behind = el("button", { class: "plain", "data-do": "behind", "aria-pressed": "false", click: () => tell("behind") }, say("behind"));
  return parts.behind;
}

function looks() {
  const theme = el("button", { class: "plain", "aria-label": say("theme"), title: say("theme"), click: switchTheme, "data-do": "theme" }, icon("theme"));
  const tongue = el("select", { "aria-label": say("language"), "data-do": "language", change: (event) => speakFromNowOn(event.target.value) },
    ...Object.entries(LANGUAGES).map(([code, name]) => el("option", { value: code, selected: code === language() }, name)));
  return el("div", { class: "group" }, theme, tongue);
}

function switchTheme() {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

function speakFromNowOn(other) {
  speak(other);
  drawBar();
  tell("language");
}

/** Show the room as it is. */
export function refresh() {
  if (!state.room || !parts.bot) return;
  const { faults: wrong, playing, recording, tour: told } = state.room;
  parts.bot.dataset.bot = state.room.bot;
  parts.bot.replaceChildren(el("span", {}, say(state.room.bot)));
  parts.play.textContent = `${playing ? "⏸" : "▶"} ${say(playing ? "pause" : "play")}`;
  parts.play.setAttribute("aria-pressed", playing);
  const name = person(state.shown.customer)?.name ?? "";
  parts.offline.textContent = say("offline", { name });
  parts.offline.setAttribute("aria-pressed", wrong.offline.includes(state.shown.customer));
  parts.tooMany.textContent = say("too_many");
  parts.tooMany.setAttribute("aria-pressed", wrong.too_many);
  parts.crash.textContent = say("crash");
  parts.crash.disabled = state.room.bot !== "running";
  parts.record.textContent = `${recording ? "■" : "●"} ${say(recording ? "save" : "record")}`;
  parts.record.setAttribute("aria-pressed", recording);
  parts.tour.disabled = told.state === "playing" || state.room.bot !== "running";
  for (const one of parts.leaps) one.disabled = parts.leaping || state.room.bot !== "running";
  parts.play.disabled = state.room.bot !== "running";
  caption(told);
  tick();
}

function caption(told) {
  const node = document.querySelector("#caption");
  const preparing = state.room.bot !== "running" && !state.room.people.length;
  node.hidden = !preparing && (told.state === "idle" || state.closed === told.caption);
  if (preparing) {
    node.replaceChildren(el("p", {}, `${say("preparing")} ${state.room.progress}`));
    return;
  }
  const playing = told.state === "playing";
  const stop = () => (playing ? order("tour", { do: "stop" }) : ((state.closed = told.caption), refresh()));
  node.replaceChildren(
    el("span", { class: "step" }, say("step", told)), el("p", {}, told.caption),
    el("button", { click: stop, "data-do": "stop" }, say(playing ? "take_over" : "close")));
}

function tick() {
  if (!state.room || !parts.time) return;
  const zone = person(state.shown.customer)?.zone ?? state.room.zone;
  parts.time.textContent = written("clock", now(), language(), zone);
  parts.date.textContent = written("date", now(), language(), zone);
  parts.zone.textContent = zone.split("/").pop().replace("_", " ");
}

on("room", refresh);
on("shown", refresh);
setInterval(tick, TICK);
document.addEventListener("click", (event) => parts.faults?.contains(event.target) || closeFaults());
document.addEventListener("keydown", (event) => event.key === "Escape" && closeFaults());
