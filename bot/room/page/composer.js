// What one writes with on a phone: the line at its foot, the commands, the keyboard that a message has set.

import { act } from "./api.js";
import { el, icon } from "./dom.js";
import { askForPlace, openSheet } from "./sheet.js";
import { say } from "./texts.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.keys = el("div", { class: "keys", hidden: true });
    this.input = el("textarea", { rows: "1", keydown: (event) => this.pressed(event) });
    this.slash = el("button", { type: "button", click: () => (this.menu ? this.closeCommands() : this.openCommands()) }, "/");
    this.clip = el("button", { type: "button", click: () => openSheet(phone.id) }, icon("clip"));
    this.sender = el("button", { type: "submit" }, icon("send"));
    this.form = el("form", { submit: (event) => this.send(event) }, this.slash, this.clip, this.input, this.sender);
  }

  send(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text) act(this.phone.id, "say", { text });
    this.input.value = "";
  }

  pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send(event);
    if (event.key === "/" && !this.input.value) this.openCommands();
    if (event.key === "Escape") this.closeCommands();
  }

  /** Name everything in the page's language. */
  label() {
    this.input.placeholder = say("write");
    this.input.setAttribute("aria-label", say("write"));
    for (const [node, name] of [[this.slash, "commands"], [this.clip, "attach"], [this.sender, "send"]]) {
      node.setAttribute("aria-label", say(name));
      node.title = say(name);
    }
  }

  /** Let nobody write, or everybody. */
  disable(off) {
    for (const node of [...this.form.elements, ...this.keys.querySelectorAll("button")]) node.disabled = off;
  }

  /** Show the keyboard of the newest message that has set one. */
  showKeys() {
    const messages = [...(this.phone.chat?.messages.values() ?? [])].reverse();
    const last = messages.find((one) => one.keyboard.keyboard || one.keyboard.remove_keyboard);
    const rows = last?.keyboard.keyboard ?? [];
    this.keys.hidden = !rows.length;
    this.keys.replaceChildren(...rows.map((row) => el("div", {}, ...row.map((key) => this.key(key)))));
  }

  key(given) {
    const key = typeof given === "string" ? { text: given } : given;
    const press = () => {
      if (key.request_location) askForPlace(this.phone.id);
      else act(this.phone.id, "say", { text: key.text });
    };
    return el("button", { type: "button", click: press }, key.text);
  }

  openCommands() {
    this.closeCommands();
    const commands = this.phone.chat?.commands ?? [];
    if (!commands.length) return;
    const row = (one) => el("li", {}, el("button", { type: "button", click: () => this.command(one.command) }, el("b", {}, `/${one.command}`), one.description));
    this.menu = el("ul", { class: "commands", "aria-label": say("commands") }, ...commands.map(row));
    this.phone.node.append(this.menu);
  }

  command(name) {
    act(this.phone.id, "say", { text: `/${name}` });
    this.input.value = "";
    this.closeCommands();
    this.input.focus();
  }

  closeCommands() {
    this.menu?.remove();
    this.menu = null;
  }
}
