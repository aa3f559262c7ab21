"use strict";
const $ = (wanted) => document.querySelector(wanted), $$ = (wanted) => [...document.querySelectorAll(wanted)];
const fresh = $("#new"), reason = $("#reason");

// The pages of a finding: one at a time.
const sheets = $$("figure[data-place]"), tabs = $$("[role=tab]");
function turnTo(number) {
  sheets.forEach((sheet) => { sheet.hidden = sheet.dataset.place !== number; });
  tabs.forEach((tab) => tab.setAttribute("aria-selected", tab.dataset.place === number));
}
tabs.forEach((tab) => tab.addEventListener("click", () => turnTo(tab.dataset.place)));
if (sheets.length) turnTo(sheets[0].dataset.place);

// A page: nearer, farther, moved by hand.
const seen = (svg) => svg.getAttribute("viewBox").split(" ").map(Number);
function see(svg, x, y, wide, high) { svg.setAttribute("viewBox", [x, y, wide, high].join(" ")); }
function zoom(svg, by, atX = 0.5, atY = 0.5) {
  const [x, y, wide, high] = seen(svg), whole = svg.dataset.whole.split(" ").map(Number);
  const factor = Math.min(Math.max(by, 20 / wide), 1.5 * Math.max(whole[2] / wide, whole[3] / high));
  see(svg, x + wide * (1 - factor) * atX, y + high * (1 - factor) * atY, wide * factor, high * factor);
}
$$("svg").forEach((svg) => {
  const near = svg.getAttribute("viewBox");
  const tools = { in: () => zoom(svg, 0.7), out: () => zoom(svg, 1 / 0.7),
    near: () => svg.setAttribute("viewBox", near), whole: () => svg.setAttribute("viewBox", svg.dataset.whole) };
  svg.parentElement.querySelectorAll("[data-zoom]").forEach((b) => b.addEventListener("click", tools[b.dataset.zoom]));
  const at = (e) => { const b = svg.getBoundingClientRect(); return [(e.clientX - b.left) / b.width, (e.clientY - b.top) / b.height]; };
  svg.addEventListener("wheel", (e) => { if (!e.ctrlKey) return; e.preventDefault(); zoom(svg, e.deltaY > 0 ? 1.15 : 0.87, ...at(e)); }, { passive: false });
  let from = null;
  svg.addEventListener("pointerdown", (e) => { from = [...at(e), ...seen(svg)]; });
  svg.addEventListener("pointermove", (e) => {
    if (!from || !e.buttons) return;
    svg.classList.add("held");
    const [x, y] = at(e), scale = Math.max(from[4] / svg.clientWidth, from[5] / svg.clientHeight);
    see(svg, from[2] + (from[0] - x) * svg.clientWidth * scale, from[3] + (from[1] - y) * svg.clientHeight * scale, from[4], from[5]);
  });
  addEventListener("pointerup", () => { from = null; svg.classList.remove("held"); });
});

// A figure is chosen in the table or on the page.
const radios = $$("input[name=reading]"), boxes = $$("rect[data-reading]");
function choose(reading, turn = true) {
  radios.forEach((one) => { one.checked = one.value === reading; one.closest("tr").classList.toggle("chosen", one.checked);
    if (one.checked) $("#instead").textContent = one.dataset.raw; });
  boxes.forEach((one) => {
    const mine = one.dataset.reading === reading;
    one.classList.toggle("chosen", mine);
    if (mine && turn) turnTo(one.closest("figure").dataset.place);
  });
}
radios.forEach((one) => one.addEventListener("change", () => choose(one.value)));
boxes.forEach((one) => one.addEventListener("click", () => { if (one.dataset.reading) choose(one.dataset.reading); }));
const first = radios.find((one) => one.checked);
if (first) choose(first.value);

$$(".offer").forEach((offer) => offer.addEventListener("click", () => {
  choose(offer.dataset.reading);
  fresh.value = offer.dataset.value;
  reason.focus();
}));
$$(".chip").forEach((chip) => chip.addEventListener("click", () => { reason.value = chip.dataset.reason; reason.focus(); }));

// What a button needs is asked for before it is pressed.
const missing = (button) => (button.dataset.needs || "").split(" ").filter(Boolean).map((name) => $(`#${name}`)).find((field) => !field.value.trim());
$$("[data-needs]").forEach((button) => button.addEventListener("click", (e) => {
  const field = missing(button);
  if (field) { e.preventDefault(); field.focus(); field.scrollIntoView({ block: "nearest" }); }
}));

// One key for each button; on other keyboards the key in its place.
addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "Escape") { document.activeElement.blur(); return; }
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && e.target.type !== "radio") return;
  const key = /^[a-z0-9+-]$/i.test(e.key) ? e.key.toLowerCase() : e.code.replace(/^(Key|Digit)/, "").toLowerCase();
  if (key === "+" || key === "-") { const tool = $(`figure:not([hidden]) [data-zoom=${key === "+" ? "in" : "out"}]`); if (tool) tool.click(); return; }
  const button = $$(`[data-key="${key}"]`).find((one) => one.offsetParent !== null);
  if (button) { e.preventDefault(); button.click(); }
});
