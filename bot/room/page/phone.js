// One phone of a role: who has it, and the chat.

import { act, order } from "./api.js";
import { Composer } from "./composer.js";
import { el, icon, toast } from "./dom.js";
import { line } from "./message.js";
import { on, peopleOf, person, show, state, unread } from "./state.js";
import { LANGUAGES, say } from "./texts.js";
import { locale } from "./time.js";

const AT_THE_END = 60; // pixels from the end that still count as the end
const TYPES = 4000; // milliseconds that "is writing" is shown

export class Phone {
  constructor(role) {
    this.role = role;
    this.lines = new Map();
    this.node = el("section", { class: "phone", "data-role": role });
    this.build();
    on("shown", (shown) => shown === role && this.rebuild());
    on("room", () => this.head());
    on("chat", (data) => (data.id === this.id ? this.rebuild() : this.head()));
    on("message", (data) => (data.chat === this.id ? this.put(data.message) : this.head()));
    on("deleted", (data) => data.chat === this.id && this.drop(data.message_id));
    on("settled", (data) => data.id === this.id && this.rebuild());
    on("typing", (data) => data.chat === this.id && this.types());
    on("notice", (data) => data.chat === this.id && toast(data.text));
  }

  get id() {
    return state.shown[this.role];
  }

  get chat() {
    return state.chats.get(this.id);
  }

  build() {
    this.title = el("h2");
    this.who = el("select", { class: "who", change: (event) => show(this.role, Number(event.target.value)) });
    this.tongue = el("select", { change: (event) => order(`people/${this.id}`, { language: event.target.value }) },
      ...Object.entries(LANGUAGES).map(([code, name]) => el("option", { value: code }, name)));
    this.blocker = el("button", { class: "icon", click: () => act(this.id, this.chat?.blocked ? "unblock" : "block") }, icon("block"));
    this.hint = el("div", { class: "hint" });
    this.stateLine = el("div", { class: "state", hidden: true });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", scroll: () => this.looked() });
    this.typing = el("div", { class: "typing", hidden: true });
    this.newest = el("button", { class: "newest", hidden: true, click: () => this.toEnd() });
    this.composer = new Composer(this);
    const head = el("header", {}, this.title, this.who, this.tongue, this.blocker, this.hint);
    this.node.append(head, this.stateLine, this.log, this.typing, this.newest, this.composer.keys, this.composer.form);
  }

  /** Draw the head: who is there, how many messages wait on whose phone. */
  head() {
    const people = peopleOf(this.role);
    const one = person(this.id);
    if (!one) return;
    this.title.textContent = say(one.role);
    this.node.setAttribute("aria-label", `${say(this.role)}: ${one.name}`);
    const named = (other) => `${other.name}${other.case ? ` · ${other.place}` : ""}${unread(other.id) ? ` (${unread(other.id)})` : ""}`;
    this.who.replaceChildren(...people.map((other) => el("option", { value: other.id, selected: other.id === this.id }, named(other))));
    this.who.setAttribute("aria-label", say("on_phone"));
    this.tongue.value = one.language;
    this.tongue.setAttribute("aria-label", say("language_of", { name: one.name }));
    this.hint.textContent = one.last_four ? `${one.case} · ${say("answers", { last4: one.last_four })}` : [one.badge, one.area].filter(Boolean).join(" · ");
    this.labels(one);
    this.situation();
    const { state: tour, chats = [] } = state.room.tour;
    this.node.classList.toggle("talking", tour === "playing" && chats.includes(this.id));
  }

  labels(one) {
    const blocked = this.chat?.blocked;
    this.blocker.setAttribute("aria-label", say(blocked ? "unblock" : "block"));
    this.blocker.title = say(blocked ? "unblock" : "block");
    this.log.setAttribute("aria-label", say("log_of", { name: one.name }));
    this.composer.label();
  }

  /** Say what keeps this phone from talking. */
  situation() {
    const offline = state.room.faults.offline.includes(this.id);
    const blocked = this.chat?.blocked;
    const mend = () => (offline ? order("faults", { offline: this.id, on: false }) : act(this.id, "unblock"));
    const button = el("button", { class: "plain", click: mend }, say(offline ? "back_online" : "unblock"));
    this.stateLine.replaceChildren(say(offline ? "no_network" : "blocked"), button);
    this.stateLine.hidden = !offline && !blocked;
    this.composer.disable(offline);
    this.log.inert = offline;
  }

  /** Draw everything anew: somebody else has the phone, or the chat is another. */
  rebuild() {
    this.composer.closeCommands();
    this.lines.clear();
    this.log.replaceChildren();
    const messages = [...(this.chat?.messages.values() ?? [])];
    this.log.lang = locale(person(this.id)?.language);
    const opened = this.chat?.opened;
    if (this.chat && !opened) this.log.append(this.startButton());
    messages.forEach((one, place) => this.log.append(this.made(one, messages[place - 1])));
    this.composer.showKeys();
    this.head();
    this.toEnd();
  }

  startButton() {
    const one = person(this.id);
    const open = () => act(this.id, "open", { payload: one.link ?? "" });
    const words = one.link ? say("letter", { last4: one.last_four }) : say("no_letter");
    return el("div", { class: "start" }, el("p", {}, words), el("button", { class: "main", click: open }, say("start")));
  }

  made(message, before) {
    const node = line(this.id, message, before, person(this.id)?.zone ?? "UTC");
    this.lines.set(message.message_id, node);
    return node;
  }

  put(message) {
    const ends = this.atEnd();
    const known = this.lines.get(message.message_id);
    const ids = [...this.chat.messages.keys()].sort((a, b) => a - b);
    const before = this.chat.messages.get(ids[ids.indexOf(message.message_id) - 1]);
    if (known) known.replaceWith(this.made(message, before));
    else this.log.append(this.made(message, before));
    this.typing.hidden = true;
    this.composer.showKeys();
    if (ends || !message.by_bot) this.toEnd();
    else this.looked();
  }

  drop(id) {
    this.lines.get(id)?.remove();
    this.lines.delete(id);
  }

  types() {
    this.typing.textContent = say("typing");
    this.typing.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.typing.hidden = true), TYPES);
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < AT_THE_END;
  }

  /** Go to the newest message. */
  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    requestAnimationFrame(() => {
      this.log.scrollTop = this.log.scrollHeight;
      this.looked();
    });
  }

  /** Note what has been seen, and offer the way to what has not. */
  looked() {
    if (this.chat && this.atEnd() && this.node.offsetParent !== null) state.seen.set(this.id, Math.max(0, ...this.chat.messages.keys()));
    const waits = unread(this.id);
    this.newest.hidden = !waits;
    this.newest.textContent = `↓ ${say("newest", { n: waits })}`;
  }
}
