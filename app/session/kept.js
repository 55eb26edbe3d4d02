// Keeps what is typed in this tab until the server says that it is safe. It draws nothing.
//
// A text is on its way for a moment: the field was left, the server has not saved it yet. A server that is killed then,
// or a page that is left without leaving the field, would lose it, and the framework shows the older value again
// without a word. So each text is written down here first, with the value that stood in the field before.
//
// What waits for the database is kept here as a whole too, rows and choices with it, for the server's next session: one
// that was reloaded or killed has forgotten it.
//
// When the page is quiet and a text is not where it belongs, it is typed again if the field still shows what it showed
// before; if something else stands there by now, the server asks.

const KEY = "groundwork:typed"
const TYPED = "input[type=text]:not([role=combobox]), textarea"
// A field of a proposal: its id, which session drew it and how often, its place. Another session counts differently.
const FIELD = /^st-key-(.*?)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-\d+){2,3}-(.+)$/
const LOOK_EVERY_MS = 400
const QUIET_MS = 800 // nothing runs, nothing was typed: whatever is on its way has arrived
const MOST_TRIES = 3
const COMMIT_AFTER_MS = 50 // the framework has seen the text by then
const LONGEST_OFFER = 2000

const state = {
  installed: false, person: "", entries: {}, before: {}, read: {}, tries: {}, token: 0, quietSince: 0, typing: false,
  offers: "[]", connected: true, waiting: [], session: "", told: "[]",
  tell: null,
}

export default function (component) {
  const { data, setStateValue } = component
  state.tell = setStateValue
  if (!state.installed) install(data)
  if (data.person !== state.person) begin(data.person)
  state.read = byField(data.read)
  for (const [field, mark] of Object.entries(byField(data.safe))) acknowledge(field, mark)
  carry(data.waiting)
  write()
  if (data.act && data.act.token !== state.token) act(data.act)
}

function install(data) {
  state.installed = true
  state.token = data.act ? data.act.token : 0
  begin(data.person)
  document.addEventListener("focusin", (event) => arrived(event.target), true)
  document.addEventListener("input", (event) => typed(event.target), true)
  document.addEventListener("focusout", () => { state.quietSince = Date.now() }, true)
  setInterval(look, LOOK_EVERY_MS)
}

// What somebody else typed in this tab, before they signed out, is nobody's business.
function begin(person) {
  state.person = person
  state.entries = {}
  state.waiting = []
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}")
    if (kept.person === person) {
      state.entries = kept.entries
      state.waiting = kept.waiting ?? []
    }
  } catch { /* nothing was kept, or nothing may be */ }
}

function write() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ person: state.person, entries: state.entries, waiting: state.waiting }))
  } catch { /* the browser gives no room: the server still has what arrives */ }
}

function arrived(box) {
  const field = fieldOf(box)
  if (field !== null && !(field in state.entries)) state.before[field] = box.value
}

function typed(box) {
  const field = state.typing ? null : fieldOf(box)
  if (field === null) return
  const before = state.entries[field]?.before ?? state.before[field] ?? ""
  state.entries[field] = { text: box.value, before }
  if (box.value === before) delete state.entries[field]
  delete state.tries[field]
  state.quietSince = Date.now()
  write()
}

function acknowledge(field, mark) {
  const entry = state.entries[field]
  if (entry === undefined || markOf(entry.text) !== mark) return
  state.before[field] = entry.text
  delete state.entries[field]
}

// Of this session what it says now; of earlier ones what it has not taken over yet.
function carry({ session, proposals, taken }) {
  if (session !== state.session) state.told = "[]"
  state.session = session
  const left = state.waiting.filter((each) => each.session !== session && !taken.includes(each.token))
  state.waiting = [...left, ...proposals.map((each) => ({ ...each, session }))]
}

// Not while the page is drawn: what is sent then does not name it yet, and the server would show the first one.
function tellWhatWasLeft() {
  const left = state.waiting.filter((each) => each.session !== state.session)
  const said = JSON.stringify(left)
  if (said === state.told || !rests()) return
  state.told = said
  state.tell("left", left)
}

function look() {
  askAfterReconnect()
  tellWhatWasLeft()
  if (!isQuiet()) return
  const offers = []
  const boxes = Object.keys(state.entries).length > 0 ? boxesByField() : {}
  for (const [field, entry] of Object.entries(state.entries)) {
    const box = boxes[field]
    if (box === undefined || box.disabled || state.read[field] === markOf(entry.text)) continue
    if (document.activeElement === box) keepUnderHands(box, entry)
    else if (belongs(box, entry) && (state.tries[field] ?? 0) < MOST_TRIES) typeAgain(field, box, entry)
    else if (box.value !== entry.text) offers.push(offerOf(field, box, entry))
  }
  const said = JSON.stringify(offers)
  if (said !== state.offers) state.tell("offers", offers)
  state.offers = said
}

// Connected again, the framework asks for nothing: the page would go on showing what a server that is gone has drawn,
// and take for sent what that one never read.
function askAfterReconnect() {
  const isConnected = document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState === "CONNECTED"
  if (isConnected && !state.connected) state.tell("connected", Date.now())
  state.connected = isConnected
}

function rests() {
  const app = document.querySelector("[data-testid=stApp]")?.dataset
  return app?.testScriptState === "notRunning" && app?.testConnectionState === "CONNECTED"
}

function isQuiet() {
  const atRest = rests()
  if (!atRest) state.quietSince = Date.now()
  return atRest && Date.now() - state.quietSince >= QUIET_MS
}

// The field shows the text, which did not arrive, or what it showed when somebody began to type.
function belongs(box, entry) {
  return box.value === entry.text || box.value === entry.before
}

function keepUnderHands(box, entry) {
  if (box.value === entry.text) return
  const place = box.selectionStart
  put(box, entry.text)
  box.setSelectionRange(place, place)
}

function typeAgain(field, box, entry) {
  state.tries[field] = (state.tries[field] ?? 0) + 1
  state.quietSince = Date.now()
  put(box, entry.text)
  setTimeout(() => box.dispatchEvent(new FocusEvent("focusout", { bubbles: true })), COMMIT_AFTER_MS)
}

function put(box, text) {
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set
  state.typing = true
  // The framework does not listen where nothing changes.
  for (const each of box.value === text ? [`${text} `, text] : [text]) {
    setter.call(box, each)
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }
  state.typing = false
}

function offerOf(field, box, entry) {
  return { field, label: box.getAttribute("aria-label") ?? "", text: entry.text.slice(0, LONGEST_OFFER) }
}

function act({ token, field, take }) {
  state.token = token
  const entry = state.entries[field]
  const box = boxesByField()[field]
  if (entry === undefined) return
  if (!take) delete state.entries[field]
  else if (box !== undefined) typeAgain(field, box, entry)
  // What stands there was seen: the text takes its place from now on.
  if (take && box !== undefined) entry.before = box.value
  write()
}

function boxesByField() {
  const found = [...document.querySelectorAll(TYPED)].map((box) => [fieldOf(box), box])
  return Object.fromEntries(found.filter(([field]) => field !== null))
}

function fieldOf(box) {
  if (!(box instanceof Element) || !box.matches(TYPED)) return null
  const names = box.closest("[class*=st-key-]")?.classList ?? []
  return [...names].map(fieldNamed).find((field) => field !== null) ?? null
}

function fieldNamed(name) {
  const found = FIELD.exec(name)
  return found === null ? null : found.slice(1).join("|")
}

function byField(marks) {
  return Object.fromEntries(Object.entries(marks).map(([name, mark]) => [fieldNamed(name), mark]))
}

// As app/session/texts.py does it: the length, and FNV-1a over the units of the text.
function markOf(text) {
  let hash = 0x811c9dc5
  for (let place = 0; place < text.length; place++) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  return `${text.length}:${(hash >>> 0).toString(16)}`
}
