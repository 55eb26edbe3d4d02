// What the pages need of the browser itself, and the framework does not offer. It draws nothing.
//
// 1. A click on a link waits until what was just typed is on its way. The framework sends the click first and the
//    text second, and the text names the page that the click has left: the server then goes back to that page.
// 2. The person's name and language are kept in first-party cookies.
// 3. The server is told whether the window is narrow, so that it can fold what does not fit.
// 4. Tab leads from a field to the next one, past the help between them.
// 5. A field that the server names is brought into sight and gets the focus.

const PATIENCE_MS = 120 // until a text that was left has been sent
const JUST_NOW_MS = 400 // a field that was left so lately may not have been sent yet
const NARROW = "(max-width: 640px)"
const YEAR_SECONDS = 365 * 24 * 60 * 60
const FIELDS = "input, textarea"
const TYPED = "input[type=text]:not([role=combobox]), textarea"
const HELP = "[data-testid=stTooltipHoverTarget] button"
const REACHED = "a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex]"
const LINKS = "a[data-testid=stTopNavLink], a[data-testid=stSidebarNavLink], a[data-testid=stPageLink-NavLink]"
const LOOK_EVERY_MS = 100

const state = { left: 0, passing: null, installed: false, focused: null, narrow: null, tell: null }

export default function (component) {
  const { data, setStateValue } = component
  state.tell = (narrow) => setStateValue("narrow", narrow)
  if (!state.installed) install()
  for (const [name, value] of Object.entries(data.remember)) remember(name, value)
  report(data.narrow)
  if (data.focus && data.focus.token !== state.focused) {
    state.focused = data.focus.token
    whenDrawn(() => bringIntoSight(data.focus.fields))
  }
}

function install() {
  state.installed = true
  document.addEventListener("focusout", (event) => {
    if (event.target instanceof Element && event.target.matches(FIELDS)) state.left = Date.now()
  }, true)
  document.addEventListener("click", hold, true)
  document.addEventListener("keydown", passHelp, true)
  window.matchMedia(NARROW).addEventListener("change", () => report(!window.matchMedia(NARROW).matches))
}

// From a field to the next one: whoever types on after Tab would type into a help button, and lose it. Going back,
// with Shift and Tab, comes by each help.
function passHelp(event) {
  const isTab = event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey
  if (!isTab || !(event.target instanceof Element) || !event.target.matches(TYPED)) return
  const all = [...document.querySelectorAll(REACHED)].filter((each) => each.tabIndex >= 0 && each.getClientRects().length > 0)
  const after = all.slice(all.indexOf(event.target) + 1)
  const next = after.find((each) => !each.matches(HELP))
  if (next === undefined || next === after[0] || !next.matches(FIELDS)) return
  event.preventDefault()
  next.focus()
  if (next.matches(TYPED)) next.select()
}

function hold(event) {
  const link = event.target instanceof Element ? event.target.closest(LINKS) : null
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (link === null || !isPlain || link === state.passing || Date.now() - state.left > JUST_NOW_MS) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const address = link.getAttribute("href")
  setTimeout(() => pass(link, address), PATIENCE_MS)
}

function pass(link, address) {
  // The page may have drawn the link anew meanwhile.
  const here = link.isConnected ? link : [...document.querySelectorAll(LINKS)].find((each) => each.getAttribute("href") === address)
  if (here === undefined) return
  state.passing = here
  here.click()
  state.passing = null
}

function remember(name, value) {
  const secure = window.location.protocol === "https:" ? "; Secure" : ""
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`
}

function report(known) {
  // Not before the page is there: what is sent earlier does not name it yet, and the server would show the first one.
  whenDrawn(() => {
    const narrow = window.matchMedia(NARROW).matches
    if (narrow !== known) state.tell(narrow)
  })
}

function whenDrawn(act) {
  const isDrawn = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
  if (isDrawn) act()
  else setTimeout(() => whenDrawn(act), LOOK_EVERY_MS)
}

function bringIntoSight(fields) {
  const box = fields.map(boxOf).find((each) => each !== undefined)
  if (box === undefined) return
  box.scrollIntoView({ block: "center" })
  box.querySelector("input, textarea, button")?.focus({ preventScroll: true })
}

function boxOf(field) {
  return [...document.querySelectorAll(`[class*="st-key-"]`)].find((each) =>
    [...each.classList].some((name) => name === field || name.startsWith(`${field}-`)))
}
