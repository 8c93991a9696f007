// Names of units, offered while one types. Marks do not matter: "phong dat" finds "Phòng Đất đai".
//
//   textarea[data-units="id"]     names of units, several after commas or on lines of their own
//   <datalist id="id">            the units: value, and the short name as text
//
// ↑ ↓ choose, Enter or Tab takes, Esc closes. Without JavaScript the names are simply typed.

const MOST = 8
let list = null
let field = null
let chosen = -1

const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase().trim()

function options (source) {
  return [...document.getElementById(source)?.options || []].map((option) => ({
    name: option.value, short: option.text, key: `${fold(option.value)} ${fold(option.text)}`
  }))
}

// the piece of the text in which the cursor stands
function piece (area) {
  const before = area.value.slice(0, area.selectionStart)
  const start = Math.max(...[',', ';', '\n'].map((sign) => before.lastIndexOf(sign))) + 1
  const rest = area.value.slice(area.selectionStart).search(/[,;\n]/)
  const end = rest < 0 ? area.value.length : area.selectionStart + rest
  const text = area.value.slice(start, end)
  return { start: start + text.search(/\S|$/), end, text: text.replace(/^[-–•\s]+/, '') }
}

function close () {
  list?.remove()
  field?.removeAttribute('aria-controls')
  field?.removeAttribute('aria-activedescendant')
  list = null
  chosen = -1
}

function choose (index) {
  const items = [...list.children]
  chosen = (index + items.length) % items.length
  items.forEach((item, place) => item.setAttribute('aria-selected', String(place === chosen)))
  items[chosen].scrollIntoView({ block: 'nearest' })
  field.setAttribute('aria-activedescendant', items[chosen].id)
}

function take (name) {
  const { start, end } = piece(field)
  field.setRangeText(name, start, end, 'end')
  close()
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function show (found) {
  close()
  list = document.createElement('ul')
  list.className = 'suggestions'
  list.id = 'goi-y'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Đơn vị')
  found.forEach(({ name, short }, place) => {
    const item = document.createElement('li')
    item.id = `goi-y-${place}`
    item.setAttribute('role', 'option')
    item.setAttribute('aria-selected', 'false')
    item.append(name)
    if (short) item.append(Object.assign(document.createElement('small'), { textContent: short }))
    item.addEventListener('mousedown', (event) => { event.preventDefault(); take(name) })
    list.append(item)
  })
  const home = field.parentElement
  home.classList.add('with-suggestions')
  home.append(list)
  field.setAttribute('aria-controls', list.id)
}

function suggest (area) {
  field = area
  const text = fold(piece(area).text)
  const words = text.split(/\s+/).filter(Boolean)
  if (!words.length) return close()
  const all = options(area.dataset.units)
  const found = all.filter(({ key }) => words.every((word) => key.includes(word))).slice(0, MOST)
  const done = found.length === 0 || all.some(({ name }) => fold(name) === text)
  return done ? close() : show(found)
}

function onKey (event) {
  if (!list || event.target !== field) return
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    choose(chosen < 0 ? (event.key === 'ArrowDown' ? 0 : -1) : chosen + (event.key === 'ArrowDown' ? 1 : -1))
  } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen >= 0) {
    event.preventDefault()
    take(list.children[chosen].firstChild.textContent)
  } else if (event.key === 'Escape') {
    event.preventDefault()
    close()
  }
}

document.addEventListener('input', (event) => { if (event.target.matches('[data-units]') && event.isTrusted) suggest(event.target) })
document.addEventListener('keydown', onKey, true)
document.addEventListener('focusout', (event) => { if (event.target === field) close() })
document.addEventListener('focusin', (event) => {
  if (event.target.matches('[data-units]')) event.target.setAttribute('aria-autocomplete', 'list')
})
