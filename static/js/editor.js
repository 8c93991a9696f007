// The editor of a draft (templates/plans/editor/). Without JavaScript every part has a page or a button of its own.
//
//   form[data-autosave]        saved by itself a moment after the last key, and when the cursor leaves it
//   form[data-task-form]       an open task row: leaving it saves and closes it; Ctrl+Enter goes on to the next row, Esc
//                              puts back what stood there before
//   tr.task-row                a click opens it at the field of the cell
//   #dan-bang                  takes a table that is pasted while the cursor is on the tasks, not in a field
//   #sap-xep                   the form of all buttons that arrange rows; inside [data-redraw] the answer replaces that part
//   [data-meaning-url]         a timing: its meaning is asked for while one types, shown in the next [data-meaning]
//   [data-error-for="id"]      the place for the errors of a field

const htmx = globalThis.htmx
const PAUSE = 1200
const editor = document.getElementById('soan-thao')
const arrange = document.getElementById('sap-xep')
const timers = new WeakMap()
let wanted = null // the row and field to focus when it has opened, or the row whose link gets the focus when it has closed
let goOn = null // the row after which the next one opens

// saving
const dirty = (form) => timers.has(form)

function saveLater (form) {
  clearTimeout(timers.get(form))
  timers.set(form, setTimeout(() => saveNow(form), PAUSE))
}

function forgetTimer (form) {
  clearTimeout(timers.get(form))
  timers.delete(form)
}

function saveNow (form) {
  forgetTimer(form)
  form.requestSubmit()
}

// htmx knows only of buttons that were really pressed
function close (form) {
  form.dataset.closing = ''
  saveNow(form)
}

function onConfigRequest (event) {
  const form = event.detail.elt
  if (form.dataset.closing === undefined) return
  delete form.dataset.closing
  event.detail.parameters.close = '1'
}

const openRow = () => editor.querySelector('form[data-task-form]')

function onFocusOut (event) {
  const form = event.target.closest('form[data-autosave]')
  if (!form || (event.relatedTarget && form.contains(event.relatedTarget))) return
  if (form.dataset.taskForm && event.relatedTarget) close(form)
  else if (dirty(form)) saveNow(form)
}

function onPointerDown (event) {
  const form = openRow()
  if (form && editor.contains(event.target) && !event.target.closest('tr')?.contains(form)) close(form)
}

// what the answers bring
function onOobSwap (event) {
  const place = event.target
  if (place.name === 'base') place.form.dataset.draftVersion = place.value
  if (place.dataset.errorFor) markErrors(place)
}

function markErrors (place) {
  const field = document.getElementById(place.dataset.errorFor)
  if (!field) return
  const wrong = place.childElementCount > 0
  const others = (field.getAttribute('aria-describedby') || '').split(' ').filter((id) => id && id !== place.id)
  field.toggleAttribute('aria-invalid', wrong)
  if (wrong) field.setAttribute('aria-invalid', 'true')
  field.setAttribute('aria-describedby', [...others, ...(wrong ? [place.id] : [])].join(' '))
}

function onLoad (event) {
  const row = event.detail.elt
  row.querySelector?.('[data-focus]')?.focus()
  const form = row.querySelector?.('form[data-task-form]')
  if (form) {
    const field = form.elements[wanted?.field] || form.elements.title
    field.focus()
    field.setSelectionRange?.(field.value.length, field.value.length)
    wanted = null
  } else if (row.id && row.id === goOn) {
    goOn = null
    openNext(row)
  } else if (row.id && row.id === wanted?.back) {
    wanted = null
    row.querySelector('.row-link').focus()
  }
}

let sideTimer = null
function refreshSide () {
  clearTimeout(sideTimer)
  sideTimer = setTimeout(() => htmx.ajax('GET', editor.dataset.sideUrl, { target: '#ben-canh', swap: 'innerHTML' }), 800)
}

// rows
function open (row, field) {
  wanted = { field }
  htmx.trigger(row.querySelector('.row-link'), 'click')
}

function openNext (row) {
  const rows = [...editor.querySelectorAll('tr[data-row]')]
  const next = rows[rows.indexOf(row) + 1]
  if (next) open(next, 'title')
  else row.closest('tbody').nextElementSibling.querySelector('button').click()
}

function onClick (event) {
  const cancel = event.target.closest('form[data-task-form] [data-cancel]')
  if (cancel) { event.preventDefault(); return abandon(cancel.closest('form')) }
  const row = event.target.closest('tr.task-row')
  if (!row || event.target.closest('a, button, summary, .menu') || getSelection().toString()) return
  open(row, event.target.closest('[data-field]')?.dataset.field)
}

// Esc: what was typed since the row opened is taken back, also where it had been saved meanwhile
function abandon (form) {
  const row = form.closest('tr')
  wanted = { back: row.id }
  forgetTimer(form)
  form.reset()
  form.dispatchEvent(new Event('change'))
  const blank = [...form.querySelectorAll('textarea')].every((area) => !area.value.trim() || area.name === 'ordinal')
  if ('fresh' in form.dataset && blank) {
    row.querySelector('form').remove()
    return send(form.action + 'bo/', editor.querySelector('#bang-nhiem-vu'), {})
  }
  if (form.dataset.saved) return close(form)
  htmx.ajax('GET', `${form.action}?dong`, { source: row, target: row, swap: 'outerHTML' })
}

function onKey (event) {
  const form = event.target.closest('form[data-task-form]')
  if (!form || event.isComposing || event.defaultPrevented) return
  if (event.key === 'Escape') {
    event.preventDefault()
    abandon(form)
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    goOn = form.dataset.taskForm
    close(form)
  }
}

// arranging
function send (url, place, values) {
  return htmx.ajax('POST', url, { source: arrange, target: place, swap: 'innerHTML', values })
}

function onSubmit (event) {
  if (event.target !== arrange || !event.submitter) return
  const place = event.submitter.closest('[data-redraw]')
  const form = openRow()
  if (form) close(form)
  if (!place) return
  event.preventDefault()
  const { formAction, name, value } = event.submitter
  send(formAction, place, name ? { [name]: value } : {})
}

let orderTimer = null
function onMoved (event) {
  const table = event.target.closest('table')
  const values = { order: event.detail.order, moved: event.target.dataset.row }
  const form = openRow()
  if (form) close(form)
  clearTimeout(orderTimer)
  orderTimer = setTimeout(() => send(table.dataset.orderUrl, table.closest('[data-redraw]'), values), 600)
}

// timing
const asked = new WeakMap()
function askMeaning (field) {
  clearTimeout(asked.get(field))
  asked.set(field, setTimeout(async () => {
    const url = `${field.dataset.meaningUrl}?${new URLSearchParams({ text: field.value, prefix: field.dataset.meaningPrefix || '' })}`
    const answer = await fetch(url, { headers: { 'HX-Request': 'true' } }).catch(() => null)
    const place = field.closest('.box-field').querySelector('[data-meaning]')
    if (answer?.ok && !answer.redirected) place.innerHTML = await answer.text()
  }, 300))
}

// a table from Excel or Word, pasted onto the tasks
function onPaste (event) {
  const text = event.clipboardData?.getData('text/plain') || ''
  if (!event.target.closest?.('#bang-nhiem-vu') || event.target.closest('input, textarea') || !text.includes('\t')) return
  event.preventDefault()
  const form = document.getElementById('dan-bang')
  form.elements.text.value = text
  form.submit()
}

// a row whose unsaved text was kept when the session ended opens again
function reopen () {
  const start = `qms.draft.${document.body.dataset.user}.ke-hoach-${editor.dataset.plan}-nhiem-vu-`
  let keys = []
  try { keys = Object.keys(localStorage) } catch { return }
  const row = keys.filter((key) => key.startsWith(start)).map((key) => document.getElementById(key.split(`.ke-hoach-${editor.dataset.plan}-`)[1])).find(Boolean)
  if (row) open(row, 'title')
}

document.addEventListener('input', (event) => {
  if (event.target.dataset.meaningUrl) askMeaning(event.target)
  const form = event.target.closest('form[data-autosave]')
  if (form) saveLater(form)
})
if (editor) {
  document.addEventListener('focusout', onFocusOut)
  document.addEventListener('pointerdown', onPointerDown, true)
  document.addEventListener('click', onClick)
  document.addEventListener('keydown', onKey)
  document.addEventListener('submit', onSubmit)
  document.addEventListener('qms:moved', onMoved)
  document.addEventListener('paste', onPaste)
  document.addEventListener('qms:saved', (event) => { event.target.dataset.saved = '1'; refreshSide() })
  document.addEventListener('htmx:oobAfterSwap', onOobSwap)
  document.addEventListener('htmx:load', onLoad)
  document.addEventListener('htmx:configRequest', onConfigRequest)
  document.addEventListener('htmx:afterSwap', (event) => { if (event.target.matches('[data-redraw]:not(#ben-canh)')) refreshSide() })
  document.addEventListener('DOMContentLoaded', reopen) // when htmx knows the rows
}
