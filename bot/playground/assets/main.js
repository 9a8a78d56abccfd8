// The chat page: who you are, which chat is open, and what happens in it.

import {setUpComposer, say, showCommands, startAbout, stopAbout} from "./composer.js";
import {$, clockTime, dayName, drawn, el, face} from "./dom.js";
import {messageElement, summary} from "./message.js";
import {alertBox, attempt, openMenu, setUpDialogs, setUpMenu, toast} from "./panels.js";
import {listen, read} from "./wire.js";

const TYPING_SHOWN_MS = 5000;
const TAP_GIVEN_UP_MS = 15000;
const LONG_PRESS_MS = 450;
const NEAR_END_PX = 120;

const state = {
  people: [], others: [], groups: [], commands: {}, last: {}, unread: {}, heard: 0, online: false, connected: false,
  opening: {done: 0, of: 0, until: 0}, person: Number(localStorage.getItem("person")) || null,
  chat: null,
  get isGroup() { return this.chat < 0; },
  member(id) { return [...this.people, ...this.others, ...this.groups].find((one) => one.id === id) ?? null; },
  speakAs(id) { choosePerson(id); openChat(state.chat); },
};
const taps = new Map();
const log = $("log");
let typingTimer;
let hasEarlier = false;
let atEnd = true;

// the list of chats and the header

function choosePerson(id) {
  state.person = id;
  localStorage.setItem("person", id);
}

function showChats() {
  $("chats").replaceChildren(
    el("h2", {}, "我是"), ...state.people.map(chatRow),
    el("h2", {}, "其他角色"), ...state.others.map(chatRow),
    el("h2", {}, "群聊"), ...state.groups.map(chatRow));
}

function chatRow(member) {
  const last = state.last[member.id];
  const unread = state.unread[member.id];
  const preview = last ? `${last.message.from.is_bot ? "" : "我："}${summary(last.message)}` : member.about;
  return el("button", {class: "chat-row", "aria-current": String(member.id === state.chat), "data-chat": member.id,
    onclick: () => openChat(member.id)},
    face(member),
    el("span", {class: "grow"},
      el("span", {class: "line"}, el("strong", {}, member.name), last ? el("time", {}, clockTime(last.shown_at)) : null),
      el("span", {class: "line"}, el("span", {class: "preview"}, ...drawn(member.id < 0 && last ? summary(last.message) : preview)),
        unread ? el("span", {class: "badge", "aria-label": `${unread}条未读`}, String(unread)) : null)));
}

function showHead() {
  const group = state.isGroup ? state.member(state.chat) : null;
  $("face").replaceWith(Object.assign(face(group), {id: "face"}));
  $("title").textContent = group ? group.name : state.bot.name;
  const me = state.member(state.person);
  const {done, of, until} = state.opening;
  const status = !state.connected ? "连接中断，正在重连" : !state.online ? "正在启动" : of ? `正在生成演示数据 ${done}/${of}` : "";
  const who = group ? `${state.people.length + 1} 位成员 · ${group.about}` : `我是${me.name}`;
  $("subtitle").textContent = status ? `${status} · ${who}` : who;
  $("today").textContent = state.clock.today;
  $("today").dateTime = state.clock.today;
  $("date").title = state.clock.shifted ? "方案日期（演练用，与真实日期不同），点此改" : "方案日期，点此改";
  $("speaker").hidden = !group;
  $("speaker").replaceChildren(face(me, "small"));
  $("speaker").setAttribute("aria-label", `以${me.name}的身份发言，点此换人`);
  const blocked = !group && me.blocked;
  $("composer").hidden = blocked;
  $("unblock").hidden = !blocked;
  $("open-settings").hidden = state.channel === "web";  // they are Telegram's
  $("chat").classList.toggle("opening", of > 0);
  $("composer").inert = of > 0;
  $("demo").hidden = !until;
  document.body.classList.toggle("group", Boolean(group));
}

// the open chat

async function openChat(chat) {
  document.body.classList.remove("listing");
  if (chat !== state.chat) stopAbout();
  state.chat = chat;
  if (chat > 0) choosePerson(chat);
  else if (state.others.some((one) => one.id === state.person)) choosePerson(state.people[0].id);
  history.replaceState(null, "", `#${chat}`);
  delete state.unread[chat];
  showCommands(state, false);
  showChats();
  showHead();
  const messages = await read(`messages?chat=${chat}`);
  if (state.chat !== chat) return;
  hasEarlier = messages.length >= 60;
  log.replaceChildren(...messages.map(element));
  arrange();
  toEnd();
}

function element(shown) {
  const made = messageElement(shown, {
    person: state.person, group: state.isGroup, member: state.member.bind(state),
    onTap, onCommand: (words) => say(state, words), onQuote: goTo, acts,
  });
  made.shown = shown;
  return made;
}

/** Whether a message is of the opening that was played before the page was first used. */
const isDemo = (message) => Number(message.dataset.id) <= state.opening.until;

/** Day marks, and which messages follow one of the same sender; the welcome where there is nothing. */
function arrange() {
  for (const old of log.querySelectorAll(".day, .welcome, #log > .samples")) old.remove();
  let previous = null;
  for (const message of [...log.querySelectorAll(".message:not(.typing)")]) {
    const day = message.dataset.at.slice(0, 10);
    const newDay = previous?.dataset.at.slice(0, 10) !== day;
    if (newDay) message.before(el("span", {class: "day"}, isDemo(message) ? `${dayName(day)} · 演示数据` : dayName(day)));
    else if (isDemo(previous) && !isDemo(message)) message.before(el("span", {class: "day"}, "以上是演示数据"));
    message.classList.toggle("follows", !newDay && previous.dataset.from === message.dataset.from);
    previous = message;
  }
  if (!previous) return log.prepend(welcome());
  if (isDemo(previous)) log.append(el("span", {class: "day"}, "以上是演示数据，可以接着试"), samples());
}

/** What may be tapped in a chat in which nothing has been said yet but by the opening. */
function samples() {
  const offered = state.samples[state.isGroup ? "group" : state.member(state.chat).role ?? "private"];
  return el("div", {class: "samples"}, ...offered.map((sample) => el("button", {onclick: () => say(state, sample)}, sample)));
}

function welcome() {
  return el("section", {class: "welcome"},
    el("img", {src: "/assets/icon.svg", alt: ""}),
    el("h3", {}, state.bot.name),
    el("p", {}, state.bot.description || "问一问方案：谁负责、目标多少、什么时候到期。"),
    samples());
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
  atEnd = true;
  $("down").hidden = true;
}

function goTo(id) {
  const message = log.querySelector(`[data-id="${id}"]`);
  message?.scrollIntoView({block: "center", behavior: "smooth"});
  message?.classList.add("flash");
  setTimeout(() => message?.classList.remove("flash"), 1200);
}

async function loadEarlier() {
  const first = log.querySelector(".message");
  if (!hasEarlier || !first) return;
  hasEarlier = false;
  const messages = await read(`messages?chat=${state.chat}&before=${first.dataset.id}`);
  const height = log.scrollHeight;
  first.before(...messages.map(element));
  arrange();
  log.scrollTop += log.scrollHeight - height;
  hasEarlier = messages.length >= 60;
}

// what one does with messages

function acts(message) {
  const own = message.from.id === state.person;
  return [
    {name: "reply", label: "回复", run: () => startAbout("reply", message)},
    ...(own && message.text && !message.forward_origin ? [{name: "edit", label: "修改", run: () => startAbout("edit", message)}] : []),
  ];
}

function menuOf(message, point) {
  const copy = {name: "copy", label: "复制", run: () => navigator.clipboard.writeText(message.text).then(() => toast("已复制"))};
  openMenu(point, [...acts(message), ...(message.text ? [copy] : [])]);
}

async function onTap(message, button, key) {
  if (button.copy_text) return navigator.clipboard.writeText(button.copy_text.text).then(() => toast("已复制"));
  if (!button.callback_data || key.ariaBusy === "true") return;
  const tap = crypto.randomUUID();
  const done = () => { key.ariaBusy = null; taps.delete(tap); };
  key.ariaBusy = "true";
  taps.set(tap, done);
  setTimeout(done, TAP_GIVEN_UP_MS);
  const told = {person: state.person, chat: state.chat, message: message.message_id, data: button.callback_data, tap};
  if (!await attempt("tap", told)) done();
}

function lastOwnMessage() {
  const own = [...log.querySelectorAll(".message.own")].map((one) => one.shown.message);
  return own.findLast((message) => message.text && !message.forward_origin);
}

// what happens

const EVENTS = {
  message({message, shown_at}) {
    const chat = message.chat.id;
    if (chat === state.chat && log.querySelector(`[data-id="${message.message_id}"]`)) return EVENTS.changed({message});
    state.last[chat] = {message, shown_at};
    if (message.from.is_bot) state.heard += 1;
    if (chat !== state.chat) {
      if (message.from.is_bot) state.unread[chat] = (state.unread[chat] ?? 0) + 1;
      return showChats();
    }
    showTyping(false);
    const own = message.from.id === state.person;
    const follow = own || atEnd;
    log.append(element({message, shown_at}));
    arrange();
    if (follow) toEnd(); else $("down").hidden = false;
    showChats();
  },
  changed({message}) {
    const last = state.last[message.chat.id];
    if (last?.message.message_id === message.message_id) last.message = message;
    showChats();
    if (message.chat.id !== state.chat) return;
    const old = log.querySelector(`[data-id="${message.message_id}"]`);
    const follow = atEnd;
    old?.replaceWith(element({message, shown_at: old.dataset.at}));
    arrange();
    if (follow) toEnd();
  },
  deleted({chat, message_id: id}) {
    if (chat === state.chat) { log.querySelector(`[data-id="${id}"]`)?.remove(); arrange(); }
    refresh();
  },
  typing({chat}) { if (chat === state.chat) showTyping(true); },
  answer({tap, text, alert}) {
    if (!taps.has(tap)) return;
    taps.get(tap)();
    if (text) (alert ? alertBox : toast)(text);
  },
  clock({today, shifted}) { state.clock = {today, shifted}; showHead(); },
  settings({privacy, limits}) { state.settings = {privacy, limits}; },
  blocked({person, blocked}) { state.member(person).blocked = blocked; showHead(); },
  opening(opening) {
    const {kind, ...played} = opening;
    state.opening = played;
    if (played.of) return showHead();
    state.unread = {};
    openChat(state.chat);
  },
  commands: refresh,
  about: refresh,
  ready: refresh,
};

function showTyping(wanted) {
  clearTimeout(typingTimer);
  log.querySelector(".typing")?.remove();
  if (!wanted) return;
  log.append(el("div", {class: "message typing", "aria-label": "正在输入"}, face(null, "small"),
    el("div", {class: "bubble"}, el("i"), el("i"), el("i"))));
  if (atEnd) toEnd();
  typingTimer = setTimeout(() => showTyping(false), TYPING_SHOWN_MS);
}

async function refresh() {
  Object.assign(state, await read("state"));
  showChats();
  showHead();
}

/** On each connection everything is read anew, so nothing that happened in between is missed. */
async function connected() {
  Object.assign(state, await read("state"), {connected: true});
  if (!state.member(state.person)) choosePerson(state.people[0].id);
  const wanted = state.chat ?? Number(location.hash.slice(1));
  const invitation = location.hash.match(/^#start=([\w-]+)$/)?.[1];
  await openChat(state.member(wanted) ? wanted : state.person);
  if (invitation) $("input").value = `/start ${invitation}`;
}

function setUpLog() {
  log.addEventListener("scroll", () => {
    if (log.scrollTop < NEAR_END_PX) loadEarlier();
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
    if (atEnd) $("down").hidden = true;
  });
  new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(log);
  const messageAt = (event) => event.target.closest?.(".bubble")?.closest(".message")?.shown?.message;
  log.addEventListener("contextmenu", (event) => {
    const message = messageAt(event);
    if (!message) return;
    event.preventDefault();
    menuOf(message, {x: event.clientX, y: event.clientY});
  });
  let press;
  log.addEventListener("touchstart", (event) => {
    const message = messageAt(event);
    const {clientX: x, clientY: y} = event.touches[0];
    if (message) press = setTimeout(() => menuOf(message, {x, y}), LONG_PRESS_MS);
  }, {passive: true});
  for (const end of ["touchend", "touchmove", "touchcancel"]) {
    log.addEventListener(end, () => clearTimeout(press), {passive: true});
  }
  $("down").addEventListener("click", toEnd);
  $("back").addEventListener("click", () => document.body.classList.add("listing"));
}

setUpLog();
setUpMenu();
setUpDialogs(state);
setUpComposer(state, lastOwnMessage);
listen(
  (event) => { if (state.chat) EVENTS[event.kind](event); },
  connected,
  () => { state.connected = false; if (state.chat) showHead(); },
);
