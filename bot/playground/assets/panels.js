// What comes over the chat: toasts, alerts, small menus, the calendar, the settings.

import {$, el, icon} from "./dom.js";
import {act} from "./wire.js";

let toastTimer;

export function toast(text) {
  clearTimeout(toastTimer);
  $("toast").textContent = text;
  $("toast").hidden = false;
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3500);
}

export function alertBox(text) {
  $("alert-text").textContent = text;
  $("alert").showModal();
}

/** Do something on the server; a refusal is shown, not thrown. */
export async function attempt(path, body) {
  try {
    await act(path, body);
    return true;
  } catch (error) {
    toast(REFUSALS[error.message] ?? "没有发出去，请检查演练程序是否还在运行");
    return false;
  }
}

const REFUSALS = {
  "Bad Request: MESSAGE_EDIT_INVALID": "这条消息不能这样改",
  "no such message": "这条消息不能这样改",
  "Bad Request: YOU_BLOCKED_USER": "已屏蔽机器人，先解除屏蔽",
};

/** A menu beside `anchor` (an element, or a point `{x, y}`): items are `{name, label, run}`, `picture` in place of an icon. */
export function openMenu(anchor, items) {
  const menu = $("menu");
  menu.replaceChildren(...items.map(({name, label, picture, run}) =>
    el("button", {role: "menuitem", onclick: () => { closeMenu(); run(); }}, picture ?? icon(name), label)));
  menu.hidden = false;
  const box = anchor instanceof Element ? anchor.getBoundingClientRect() : {left: anchor.x, top: anchor.y, bottom: anchor.y};
  const left = Math.min(box.left, innerWidth - menu.offsetWidth - 8);
  const above = box.top - menu.offsetHeight - 8;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${above >= 8 ? above : Math.min(box.bottom + 8, innerHeight - menu.offsetHeight - 8)}px`;
  menu.querySelector("button").focus();
}

export function closeMenu() {
  $("menu").hidden = true;
}

export function setUpMenu() {
  $("menu").addEventListener("keydown", (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (event.key === "Escape") { closeMenu(); $("input").focus(); }
    if (!step) return;
    event.preventDefault();
    const items = [...$("menu").children];
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!$("menu").contains(event.target)) closeMenu();
  });
}

/** Days worth going to, as the plan's year has them. */
const PICKS = [["年初", "2023-01-03"], ["3月1日", "2023-03-01"], ["半年", "2023-06-30"], ["到期前一月", "2023-11-30"], ["到期日", "2023-12-31"]];

const WALKS = [["一天", 1], ["一周", 7], ["一月", 30]];

export function setUpDialogs(state) {
  for (const close of document.querySelectorAll("[data-close]")) {
    close.addEventListener("click", () => close.closest("dialog").close());
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
  const setDay = async (date) => {
    $("calendar").close();
    if (await attempt("clock", {date})) toast(date ? `今天当作 ${date}` : "已回到真实日期");
  };
  const walk = async (days) => {
    $("calendar").close();
    const [before, heard] = [state.clock.today, state.heard];
    $("next-day").ariaBusy = "true";
    const walked = await attempt("walk", {days});
    $("next-day").ariaBusy = null;
    if (!walked || state.clock.today === before) return;
    const came = state.heard - heard;
    toast(`走到 ${state.clock.today}，${came ? `来了 ${came} 条消息` : "没有消息"}`);
  };
  $("walks").replaceChildren(...WALKS.map(([label, days]) => el("button", {onclick: () => walk(days)}, `走${label}`)));
  $("next-day").addEventListener("click", () => { if ($("next-day").ariaBusy !== "true") walk(1); });
  $("picks").replaceChildren(...PICKS.map(([label, day]) => el("button", {onclick: () => setDay(day)}, label)));
  $("date").addEventListener("click", () => { $("day").value = state.clock.today; $("calendar").showModal(); });
  $("set-day").addEventListener("click", () => { if ($("day").reportValidity()) setDay($("day").value); });
  $("day").addEventListener("keydown", (event) => { if (event.key === "Enter") $("set-day").click(); });
  $("real-day").addEventListener("click", () => setDay(null));

  $("open-settings").addEventListener("click", () => {
    $("privacy").checked = state.settings.privacy;
    $("limits").checked = state.settings.limits;
    $("blocked").checked = state.member(state.person).blocked;
    $("blocked-who").textContent = `以“${state.member(state.person).name}”的身份试：机器人发不进来`;
    $("settings").showModal();
  });
  for (const name of ["privacy", "limits"]) {
    $(name).addEventListener("change", () => attempt("settings", {[name]: $(name).checked}));
  }
  $("blocked").addEventListener("change", () => attempt("block", {person: state.person, blocked: $("blocked").checked}));
  $("unblock").addEventListener("click", () => attempt("block", {person: state.person, blocked: false}));
}
