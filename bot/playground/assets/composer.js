// The line at the bottom: writing, replying, editing, the command menu, attachments.

import {$, el, face} from "./dom.js";
import {summary} from "./message.js";
import {attempt, openMenu, toast} from "./panels.js";

const ATTACHMENTS = [["photo", "图片"], ["document", "文件"], ["voice", "语音"], ["location", "位置"], ["sticker", "表情"], ["forward", "转发的消息"]];

/** What is being written about: `{kind: "reply" | "edit", message}`, or null. */
let about = null;

export function startAbout(kind, message) {
  about = {kind, message};
  $("about-title").textContent = kind === "reply" ? `回复 ${message.from.first_name}` : "修改消息";
  $("about-text").textContent = summary(message);
  $("about-icon").setAttribute("href", `/assets/icons.svg#${kind}`);
  $("about-input").hidden = false;
  if (kind === "edit") $("input").value = message.text;
  fit();
  $("input").focus();
}

export function stopAbout() {
  if (about?.kind === "edit") $("input").value = "";
  about = null;
  $("about-input").hidden = true;
  fit();
}

/** Say something in the open chat, as the person who is chosen. */
export function say(state, text) {
  return attempt("say", {person: state.person, chat: state.chat, text});
}

async function submit(state) {
  const text = $("input").value.trim();
  if (!text) return;
  const {kind, message} = about ?? {};
  const where = {person: state.person, chat: state.chat, text};
  $("input").value = "";
  stopAbout();
  showCommands(state, false);
  const sent = kind === "edit"
    ? await attempt("edit", {...where, message: message.message_id})
    : await attempt("say", {...where, reply_to: message?.message_id});
  if (!sent && !$("input").value) $("input").value = text;
  fit();
}

export function fit() {
  $("input").style.height = "auto";
  $("input").style.height = `${$("input").scrollHeight}px`;
}

export function showCommands(state, wanted) {
  const typed = $("input").value.match(/^\/(\w*)$/)?.[1] ?? "";
  const list = wanted ? (state.commands[state.chat] ?? []).filter((one) => one.command.startsWith(typed)) : [];
  $("commands").replaceChildren(...list.map((one, index) =>
    el("li", {role: "option", "aria-selected": String(index === 0), onclick: () => useCommand(state, one.command)},
      el("code", {}, `/${one.command}`), one.description)));
  $("commands").hidden = list.length === 0;
  $("open-commands").setAttribute("aria-expanded", String(list.length > 0));
  return list.length > 0;
}

function useCommand(state, command) {
  $("input").value = "";
  showCommands(state, false);
  say(state, state.isGroup ? `/${command}@${state.bot.username}` : `/${command}`);
  $("input").focus();
}

/** Keys while the command menu is open; true where one was taken. */
function keyInCommands(state, event) {
  const options = [...$("commands").children];
  const chosen = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (event.key === "Escape") showCommands(state, false);
  else if (event.key === "Enter" || event.key === "Tab") options[chosen].click();
  else if (step) {
    const next = (chosen + step + options.length) % options.length;
    options.forEach((one, index) => one.setAttribute("aria-selected", String(index === next)));
    options[next].scrollIntoView({block: "nearest"});
  } else return false;
  return true;
}

export function setUpComposer(state, lastOwnMessage) {
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(state); });
  $("input").addEventListener("input", () => { fit(); showCommands(state, /^\/\w*$/.test($("input").value)); });
  $("input").addEventListener("keydown", (event) => {
    if (event.isComposing) return;  // Enter only takes the word that is being spelled in pinyin
    if (!$("commands").hidden && keyInCommands(state, event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); submit(state); }
    if (event.key === "Escape") stopAbout();
    if (event.key === "ArrowUp" && !$("input").value) {
      const last = lastOwnMessage();
      if (last) { event.preventDefault(); startAbout("edit", last); }
    }
  });
  $("about-close").addEventListener("click", stopAbout);
  $("open-commands").addEventListener("click", () => {
    const opened = showCommands(state, $("commands").hidden);
    if (!opened && !(state.commands[state.chat] ?? []).length) toast("机器人还没有给出命令");
    $("input").focus();
  });
  $("file").addEventListener("change", () => {
    const [file] = $("file").files;
    $("file").value = "";
    if (file) attempt("file", {person: state.person, chat: state.chat, file});
  });
  $("open-attach").addEventListener("click", () => state.channel === "web" ? $("file").click()
    : openMenu($("open-attach"), ATTACHMENTS.map(([kind, label]) => ({
    name: kind, label, run: () => attempt("attach", {person: state.person, chat: state.chat, kind}),
  }))));
  $("speaker").addEventListener("click", () => openMenu($("speaker"), state.people.map((person) => ({
    picture: face(person, "small"), label: person.name, run: () => state.speakAs(person.id),
  }))));
}
