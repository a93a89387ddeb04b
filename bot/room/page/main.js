// The page: four phones, a bar on top, a look behind the scenes.

import "./behind.js";
import { drawBar } from "./bar.js";
import { toast, el } from "./dom.js";
import { Phone } from "./phone.js";
import { connect, on, state, tell } from "./state.js";
import { say } from "./texts.js";

const ROLES = ["customer", "collector", "safety_officer", "scheduler"];
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.theme = localStorage.getItem("theme") ?? (dark ? "dark" : "light");

const phones = ROLES.map((role) => new Phone(role));
const tabs = document.querySelector("#tabs");

function drawTabs() {
  tabs.setAttribute("role", "tablist");
  tabs.replaceChildren(...ROLES.map((role) =>
    el("button", { role: "tab", "aria-selected": String(state.active === role), click: () => activate(role), "data-role": role }, say(role))));
}

/** Bring one phone to the front: on a narrow screen it is the only one. */
function activate(role) {
  if (state.active !== role) {
    state.active = role;
    tell("active");
  }
  for (const phone of phones) phone.node.classList.toggle("shown", phone.role === role);
  for (const tab of tabs.children) tab.setAttribute("aria-selected", String(tab.dataset.role === role));
  phones.find((phone) => phone.role === role).looked();
}

document.querySelector("#phones").append(...phones.map((phone) => phone.node));
for (const phone of phones) phone.node.addEventListener("focusin", () => activate(phone.role));
on("language", () => {
  drawTabs();
  for (const phone of phones) phone.rebuild();
});
on("lost", () => toast(say("lost")));
drawBar();
drawTabs();
activate("customer");
connect();
