// What the page knows: the room, every chat, which phone shows whom. Whoever shows something listens here.

export const state = {
  room: null,
  heardAt: 0,
  chats: new Map(),
  shown: { customer: null, collector: null, safety_officer: null, scheduler: null },
  seen: new Map(),
  active: "customer",
};
const listeners = new Map();

/** Be told of one kind of event: room, chat, message, deleted, typing, notice, settled, shown, language. */
export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
}

export function tell(kind, data) {
  for (const listener of listeners.get(kind) ?? []) listener(data);
}

const keep = {
  room(data) {
    if (!state.room && data.tour.state !== "playing") state.closed = data.tour.caption;
    state.room = data;
    setClock(data.now);
    choose();
  },
  chat(data) {
    const messages = new Map(data.messages.map((one) => [one.message_id, one]));
    state.chats.set(data.id, { ...data, messages, typing: 0 });
    if (!state.seen.has(data.id)) state.seen.set(data.id, Math.max(0, ...messages.keys()));
  },
  message: ({ chat, message }) => state.chats.get(chat)?.messages.set(message.message_id, message),
  deleted: (data) => state.chats.get(data.chat)?.messages.delete(data.message_id),
  settled: (data) => Object.assign(state.chats.get(data.id) ?? {}, data),
};

/** Listen to the room for as long as the page is open; the browser connects again by itself. */
export function connect() {
  const source = new EventSource("/room/stream");
  for (const kind of ["room", "chat", "message", "deleted", "typing", "notice", "settled"]) {
    source.addEventListener(kind, (event) => {
      const data = JSON.parse(event.data);
      keep[kind]?.(data);
      tell(kind, data);
    });
  }
  source.onerror = () => tell("lost");
}

/** Let the rehearsed time run on from an instant. */
export function setClock(instant) {
  state.room.now = instant;
  state.heardAt = performance.now();
}

/** Return the rehearsed time now. */
export const now = () => new Date(Date.parse(state.room.now) + performance.now() - state.heardAt);

/** Return those who can be on the phone of a role; the administrator shares the scheduler's. */
export const peopleOf = (role) =>
  state.room?.people.filter((one) => one.role === role || (role === "scheduler" && one.role === "admin")) ?? [];

export const person = (id) => state.room?.people.find((one) => one.id === id);

/** Return how many messages of a chat nobody has looked at. */
export function unread(id) {
  const last = state.seen.get(id) ?? 0;
  const messages = state.chats.get(id)?.messages.values() ?? [];
  return [...messages].filter((one) => one.by_bot && !one.silent && one.message_id > last).length;
}

/** Let the phone of a role be somebody's. */
export function show(role, id) {
  if (state.shown[role] === id) return;
  state.shown[role] = id;
  tell("shown", role);
}

function choose() {
  for (const role of Object.keys(state.shown)) {
    const people = peopleOf(role);
    if (!people.some((one) => one.id === state.shown[role])) {
      const first = people.find((one) => one.role === role) ?? people[0];
      if (first) show(role, first.id);
    }
  }
  const { state: playing, chats = [] } = state.room.tour;
  if (playing === "playing") for (const id of chats) show(person(id)?.role, id);
}
