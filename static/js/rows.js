// Rows of a table that are edited and reordered where they stand.
//
//   tbody[data-rows]              its rows can be moved; with a value (data-rows="3") the value names the group, and rows may
//                                 move between all groups of the same table
//   table[data-rows-url]          where the order is posted: `order` once per row, "12" or, with groups, "3/12"; any 2xx
//                                 answer means saved, anything else puts the rows back and says so. Without an address
//                                 only the event `qms:moved` tells of a move
//   table[data-rows-name]         what a row is called in announcements ("nhiệm vụ")
//   tr[data-row="12"]             a row and its id
//   [data-row-handle]             a button.row-handle: drag it, or press ↑ ↓ on it
//   [data-row-number]             renumbered after a move
//   [data-row-add]                pressed by Enter in the last row (a button that adds a row)
//   textarea[data-grow]           as high as its text
//
// Keys: Alt+↑ / Alt+↓ move the row that holds the cursor; in one-line fields ↑ ↓ and Enter go to the same column of the
// row above or below. Without JavaScript the rows keep their own ↑ ↓ submit buttons (.row-moves).

const { announce, clock, signInAgain, toast } = globalThis.qms

const tables = new WeakMap() // table → { saved: order last stored, timer }

const bodies = (table) => [...table.querySelectorAll('tbody[data-rows]')]
const rows = (table) => [...table.querySelectorAll('tbody[data-rows] > tr[data-row]')]
const entry = (row) => (row.parentElement.dataset.rows ? `${row.parentElement.dataset.rows}/` : '') + row.dataset.row
const state = (table) => tables.get(table) || tables.set(table, { saved: null, timer: null }).get(table)

function layout (table) {
  return bodies(table).map((body) => [body, [...body.querySelectorAll(':scope > tr[data-row]')]])
}

function remember (table) {
  const known = state(table)
  known.saved ??= layout(table)
}

function renumber (table) {
  rows(table).forEach((row, index) => {
    const place = row.querySelector('[data-row-number]')
    if (place) place.textContent = index + 1
  })
}

function moved (table, row) {
  renumber(table)
  const all = rows(table)
  announce(`Đã chuyển ${table.dataset.rowsName || 'dòng'} đến vị trí ${all.indexOf(row) + 1} trên ${all.length}.`)
  row.dispatchEvent(new CustomEvent('qms:moved', { bubbles: true, detail: { order: all.map(entry) } }))
  if (!table.dataset.rowsUrl) return
  const known = state(table)
  clearTimeout(known.timer)
  known.timer = setTimeout(() => post(table), 500)
}

async function post (table) {
  const body = new URLSearchParams(rows(table).map((row) => ['order', entry(row)]))
  const known = state(table)
  const sent = layout(table)
  try {
    const response = await fetch(table.dataset.rowsUrl, {
      method: 'POST', body, headers: { 'X-CSRFToken': document.body.dataset.csrf, 'HX-Request': 'true' }
    })
    if (signInAgain(response.url, response.status)) return restore(table)
    if (!response.ok) throw new Error(String(response.status))
    known.saved = sent
    toast(`Đã lưu thứ tự lúc ${clock()}`, 'done')
  } catch {
    restore(table)
    toast('Chưa lưu được thứ tự, các dòng đã trở về chỗ cũ. Tải lại trang để xem bản mới nhất.', 'late')
  }
}

function restore (table) {
  for (const [body, list] of state(table).saved) body.append(...list)
  renumber(table)
}

// one step up or down, over the border of a group where there is one
function step (row, down) {
  const table = row.closest('table')
  remember(table)
  const beside = down ? row.nextElementSibling : row.previousElementSibling
  if (beside?.matches('tr[data-row]')) down ? beside.after(row) : beside.before(row)
  else {
    const all = bodies(table)
    const other = all[all.indexOf(row.parentElement) + (down ? 1 : -1)]
    if (!other) return
    const first = other.querySelector(':scope > tr[data-row]')
    if (down && first) first.before(row)
    else other.append(row)
  }
  moved(table, row)
}

function moveWithFocus (row, down, focused) {
  step(row, down)
  focused.focus()
  row.scrollIntoView({ block: 'nearest' })
}

// the same column of the next row
function neighbour (field, down) {
  const row = field.closest('tr[data-row]')
  const all = rows(row.closest('table'))
  const next = all[all.indexOf(row) + (down ? 1 : -1)]
  const cell = next?.cells[field.closest('td, th').cellIndex]
  return cell?.querySelector('input:not([type="hidden"]), textarea, select')
}

function onKey (event) {
  const row = event.target.closest('tbody[data-rows] > tr[data-row]')
  if (!row || event.ctrlKey || event.metaKey) return
  const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown'
  const down = event.key !== 'ArrowUp'
  const onHandle = event.target.matches('[data-row-handle]')
  if (vertical && (event.altKey || onHandle)) {
    event.preventDefault()
    return moveWithFocus(row, down, event.target)
  }
  if (!event.target.matches('input:not([type="checkbox"], [type="radio"], [type="number"], [type="date"])') || event.isComposing) return
  if (event.target.getAttribute('aria-expanded') === 'true' || event.target.hasAttribute('list')) return // arrows belong to its suggestions
  if (vertical || event.key === 'Enter') {
    event.preventDefault()
    const next = neighbour(event.target, down)
    if (next) next.focus()
    else if (event.key === 'Enter') row.closest('table').parentElement.querySelector('[data-row-add]')?.click()
  }
}

// dragging by the handle, with mouse, finger or pen
function onPointerDown (event) {
  const handle = event.target.closest('[data-row-handle]')
  if (!handle || event.button !== 0) return
  const row = handle.closest('tr[data-row]')
  const table = row.closest('table')
  const before = rows(table).map(entry).join()
  remember(table)
  row.classList.add('row-moving')
  table.setPointerCapture(event.pointerId) // not the handle: a row that is put elsewhere loses its capture
  const move = (step) => drag(table, row, step)
  const end = () => {
    table.removeEventListener('pointermove', move)
    row.classList.remove('row-moving')
    if (rows(table).map(entry).join() !== before) moved(table, row)
  }
  table.addEventListener('pointermove', move)
  table.addEventListener('lostpointercapture', end, { once: true })
}

function drag (table, row, event) {
  const under = document.elementFromPoint(event.clientX, event.clientY)
  const over = under?.closest('tr[data-row]')
  const body = under?.closest('tbody[data-rows]')
  if (over === row || !body || body.closest('table') !== table) return
  if (!over) return body.append(row)
  const box = over.getBoundingClientRect()
  if (event.clientY > box.top + box.height / 2) over.after(row)
  else over.before(row)
}

// text areas as high as their text
function grow (area) {
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight + 2}px`
}

function prepare (root) {
  if (!CSS.supports('field-sizing', 'content')) root.querySelectorAll('textarea[data-grow]').forEach(grow)
}

document.addEventListener('keydown', onKey)
document.addEventListener('pointerdown', onPointerDown)
document.addEventListener('input', (event) => {
  if (event.target.matches('textarea[data-grow]') && !CSS.supports('field-sizing', 'content')) grow(event.target)
})
document.addEventListener('htmx:load', (event) => prepare(event.detail.elt.parentElement || document))
prepare(document)
