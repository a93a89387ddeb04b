// Elements made in one call, so that nothing is ever put together as text.

/** Return an element; `attributes` that are functions listen, `false` and null are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const DRAWN = {
  clip: "M13.5 6.5l-6 6a2.1 2.1 0 0 0 3 3l6.5-6.5a3.9 3.9 0 0 0-5.5-5.5L5 10a5.6 5.6 0 0 0 8 8l5-5",
  block: "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M5.2 5.2l9.6 9.6",
  send: "M3.5 10.5L17 4l-4.5 13-2.7-5.3z",
  theme: "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M10 3v14M10 6.5h5.6M10 10h7M10 13.5h5.6",
};

/** Return a small drawing: letters would depend on the fonts of the machine. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", class: `icon-${name}` })) svg.setAttribute(key, value);
  path.setAttribute("d", DRAWN[name]);
  svg.append(path);
  return svg;
}

/** Say something for a moment at the foot of the page. */
export function toast(text) {
  const node = el("div", { class: "toast" }, text);
  document.querySelector("#toasts").append(node);
  setTimeout(() => node.remove(), 6000);
}

/** Return a dialog that is there until it is closed. */
export function dialog(title, closeLabel, ...children) {
  const node = el("dialog", { "aria-label": title, close: () => node.remove() });
  const close = el("button", { class: "plain", click: () => node.close() }, closeLabel);
  node.append(el("h2", {}, title), ...children, el("div", { class: "row" }, close));
  document.body.append(node);
  node.showModal();
  return node;
}
