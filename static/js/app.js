// The behaviour of every page. Nothing here is needed for writing: without JavaScript forms post as they are.
//
//   /                     puts the cursor into the first [data-search]
//   Esc                   closes open menus (details.menu)
//   ↑ ↓                   on an a.row-link: to the link of the row above or below; Enter follows it
//   Ctrl+S (⌘S)           submits form[data-save]; in a form with hx-post it triggers its request
//   [data-theme-switch]   switches between light and dark; kept in the cookie `theme`, read by the server
//   [data-dialog="id"]    opens <dialog id="id">; [data-close] inside closes it
//   [data-focus]          gets the focus when the page opens (a summary of errors)
//   [data-autosave]       an element with an hx-… request: its state is told in [data-save-state] inside it, else as a toast
//   [data-back]           goes back to the page before
//
// An htmx answer that is the sign-in page (the session ended) is not swapped in: the text stays, and a toast leads to
// signing in. Drafts of forms are kept by drafts.js.

const { clock, signedOut, signInAgain, toast } = globalThis.qms

const root = document.documentElement
root.classList.add('js')

// theme
const dark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'

function nameTheme (button) {
  button.hidden = false
  button.textContent = dark() ? 'Giao diện sáng' : 'Giao diện tối'
}

function switchTheme () {
  root.dataset.theme = dark() ? 'light' : 'dark'
  document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`
  document.querySelectorAll('[data-theme-switch]').forEach(nameTheme)
}

// keyboard
const typing = (element) => element.closest('input, textarea, select, [contenteditable]') !== null

function closeMenus (except = null) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) menu.open = false
  }
}

function toRow (event) {
  const links = [...event.target.closest('table').querySelectorAll('.row-link')]
  const next = links[links.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)]
  if (next) { event.preventDefault(); next.focus() }
}

function onKey (event) {
  if (event.key === '/' && !typing(event.target)) {
    const search = document.querySelector('[data-search]')
    if (search) { event.preventDefault(); search.focus(); search.select() }
  } else if (event.key === 'Escape') {
    const open = event.target.closest('details.menu[open]')
    closeMenus()
    if (open) open.querySelector('summary').focus()
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && event.target.matches('.row-link')) {
    toRow(event)
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
    const form = event.target.closest('form[data-save]') || document.querySelector('form[data-save]')
    if (form) { event.preventDefault(); form.requestSubmit() }
  }
}

function onClick (event) {
  closeMenus(event.target.closest('details.menu'))
  if (event.target.closest('[data-theme-switch]')) switchTheme()
  if (event.target.closest('[data-back]')) history.back()
  const opener = event.target.closest('[data-dialog]')
  if (opener) document.getElementById(opener.dataset.dialog).showModal()
  if (event.target.closest('dialog [data-close]')) event.target.closest('dialog').close()
}

// a second press while the first is on its way sends nothing twice
const AGAIN_AFTER = 3000 // milliseconds; the page may stay, as after a download
const sent = new WeakSet()

function onSubmit (event) {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post') return
  if (sent.has(form)) return event.preventDefault()
  sent.add(form)
  setTimeout(() => sent.delete(form), AGAIN_AFTER)
}

// what became of a save
const FAILURES = {
  409: 'Chưa lưu được vì người khác vừa sửa chỗ này.',
  422: 'Chưa lưu được, còn chỗ cần sửa.',
  other: 'Chưa lưu được. Phần chữ vẫn còn trên màn hình, sửa tiếp sẽ lưu lại.'
}

function tell (element, text, tone) {
  const place = element.querySelector('[data-save-state]') || document.querySelector('[data-save-state]')
  if (!place) return toast(text, tone)
  place.className = `save-state tone-${tone}`
  place.textContent = text
}

function onBeforeSwap (event) {
  const { xhr } = event.detail
  if (!signInAgain(xhr.responseURL, xhr.status)) return
  event.detail.shouldSwap = false
  event.detail.isError = true
}

function onAfterRequest (event) {
  const element = event.detail.elt.closest('[data-autosave]')
  if (!element || signedOut(event.detail.xhr.responseURL, event.detail.xhr.status)) return
  if (event.detail.successful) {
    tell(element, `Đã lưu lúc ${clock()}`, 'done')
    element.dispatchEvent(new CustomEvent('qms:saved', { bubbles: true }))
  } else {
    tell(element, FAILURES[event.detail.xhr.status] || FAILURES.other, 'late')
  }
}

function onBeforeRequest (event) {
  const element = event.detail.elt.closest('[data-autosave]')
  if (element) tell(element, 'Đang lưu', 'active')
}

document.addEventListener('htmx:configRequest', (event) => {
  event.detail.headers['X-CSRFToken'] = document.body.dataset.csrf
})
document.addEventListener('keydown', onKey)
document.addEventListener('click', onClick)
document.addEventListener('submit', onSubmit)
document.addEventListener('htmx:beforeSwap', onBeforeSwap)
document.addEventListener('htmx:beforeRequest', onBeforeRequest)
document.addEventListener('htmx:afterRequest', onAfterRequest)
document.querySelectorAll('[data-theme-switch]').forEach(nameTheme)
document.querySelectorAll('[data-back]').forEach((button) => { button.hidden = false })
document.querySelector('[data-focus]')?.focus()
