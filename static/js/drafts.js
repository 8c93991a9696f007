// Unsaved text is kept on this machine until it is saved, and comes back after an expired session, a closed tab, a crash.
//
//   form[data-draft-key="plan-12"]   keeps what is typed here, per signed-in person (body[data-user]) and key
//   data-draft-version="7"           the version being edited: a draft begun on another version is offered, not put back
//   data-no-draft                    on a field: not kept (passwords, files and hidden fields never are)
//   event `qms:saved` on the form    an autosave took everything: nothing is left to keep
//   form[data-sign-out]              signing out forgets all drafts of this machine
//
// A draft is forgotten when the page after the submission shows that it was saved: another page that came from the form,
// or the same form without errors and either with the same words or with a message of success.

const { clock } = globalThis.qms

const PREFIX = 'qms.draft.'
const SUBMITTED = 'qms.submitted'
const DAYS_KEPT = 30
const SKIPPED = new Set(['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image'])

function store (action) {
  try { return action() } catch { return null } // full or forbidden storage must not disturb the work
}
const read = (key) => store(() => JSON.parse(localStorage.getItem(key)))
const forget = (key) => store(() => localStorage.removeItem(key))
const keyOf = (form) => `${PREFIX}${document.body.dataset.user || ''}.${form.dataset.draftKey}`

function kept (form) {
  return [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type) && !('noDraft' in field.dataset))
}

function snapshot (form) {
  const values = {}
  const data = new FormData(form)
  for (const field of kept(form)) values[field.name] = data.getAll(field.name).map(String)
  return values
}

const plain = (values) => JSON.stringify(
  Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, list]) => [name, list.map((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())])
)
const same = (one, other) => plain(one) === plain(other)

const refused = (form) => form.querySelector('[aria-invalid="true"], .notice[role="alert"]') !== null

function fill (form, values) {
  const left = new Map(Object.entries(values).map(([name, list]) => [name, [...list]]))
  for (const field of kept(form)) {
    const list = left.get(field.name)
    if (!list) continue
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = list.includes(field.value)
    else if (field.multiple) for (const option of field.options) option.selected = list.includes(option.value)
    else field.value = list.shift() ?? field.value
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

function homeless (form, values) {
  const names = new Set(kept(form).map((field) => field.name))
  return Object.entries(values).filter(([name]) => !names.has(name)).flatMap(([, list]) => list).filter((text) => text.trim())
}

function button (text, action) {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'btn btn-small'
  element.textContent = text
  element.addEventListener('click', action)
  return element
}

function notice (form, text, buttons, texts) {
  const box = document.createElement('div')
  box.className = 'notice tone-soon mb-3'
  box.setAttribute('role', 'status')
  const words = document.createElement('p')
  words.textContent = text
  const row = document.createElement('div')
  row.className = 'actions'
  row.append(...buttons)
  box.append(words)
  for (const lost of texts) {
    const quote = document.createElement('blockquote')
    quote.textContent = lost
    box.append(quote)
  }
  box.append(row)
  form.prepend(box)
  return box
}

function when (at) {
  const date = new Date(at)
  const today = new Date().toDateString() === date.toDateString()
  return `${clock(date)}${today ? '' : ` ngày ${date.toLocaleDateString('vi-VN')}`}`
}

function offer (form, key, draft) {
  const before = snapshot(form)
  const done = (box) => { forget(key); box.remove() }
  if (draft.version === (form.dataset.draftVersion || '')) {
    fill(form, draft.values)
    const box = notice(form, `Đã đưa lại phần chữ chưa lưu lúc ${when(draft.at)}.`,
      [button('Bỏ phần này', () => { fill(form, before); done(box) })], homeless(form, draft.values))
  } else {
    const box = notice(form, `Có phần chữ chưa lưu lúc ${when(draft.at)}, nhưng bản này đã được sửa sau đó.`, [
      button('Lấy lại phần chữ của tôi', () => { fill(form, draft.values); box.remove() }),
      button('Bỏ phần này', () => done(box))
    ], homeless(form, draft.values))
  }
}

function watch (form) {
  const key = keyOf(form)
  let saved = refused(form) ? null : snapshot(form) // a form shown again with its errors holds nothing saved
  let timer = null
  const keep = () => {
    const values = snapshot(form)
    if (saved && same(values, saved)) return forget(key)
    const draft = { version: form.dataset.draftVersion || '', at: Date.now(), values }
    store(() => localStorage.setItem(key, JSON.stringify(draft)))
  }
  const draft = read(key)
  if (!saved) keep()
  else if (draft && same(draft.values, saved)) forget(key)
  else if (draft) offer(form, key, draft)
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(keep, 400) })
  form.addEventListener('change', keep)
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    keep()
    if (form.hasAttribute('hx-post') && globalThis.htmx) return // the page stays: what became of it is told by qms:saved
    store(() => sessionStorage.setItem(SUBMITTED, JSON.stringify({ key, from: location.href.split('#')[0] })))
  })
  form.addEventListener('qms:saved', () => { clearTimeout(timer); saved = snapshot(form); forget(key) })
}

function settle () {
  const submitted = store(() => JSON.parse(sessionStorage.getItem(SUBMITTED)))
  store(() => sessionStorage.removeItem(SUBMITTED))
  if (!submitted || !document.body.dataset.user || document.referrer.split('#')[0] !== submitted.from) return
  const form = [...document.querySelectorAll('form[data-draft-key]')].find((each) => keyOf(each) === submitted.key)
  if (!form || (!refused(form) && document.querySelector('.messages [role="status"]'))) forget(submitted.key)
}

function forgetOld () {
  for (const key of Object.keys(store(() => localStorage) || {})) {
    if (key.startsWith(PREFIX) && !(read(key)?.at > Date.now() - DAYS_KEPT * 86400000)) forget(key)
  }
}

function forgetAll () {
  for (const key of Object.keys(store(() => localStorage) || {})) if (key.startsWith(PREFIX)) forget(key)
}

function watchAll (root) {
  for (const form of root.querySelectorAll('form[data-draft-key]:not([data-draft-watched])')) {
    form.dataset.draftWatched = ''
    watch(form)
  }
}

forgetOld()
settle()
watchAll(document)
document.addEventListener('htmx:load', (event) => watchAll(event.detail.elt.parentElement || document))
document.addEventListener('submit', (event) => { if ('signOut' in event.target.dataset) forgetAll() })
