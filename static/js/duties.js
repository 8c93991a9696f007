// Reporting on a duty (templates/duties/). Without JavaScript the page of the duty does the same.
//
//   a[data-report="12"]          opens the form of duty 12 in its row (htmx); opened by itself where unsent text is kept
//   input[data-limit]            files: larger ones are named at once in [data-file-error] of the same form and not sent

const MB = 1048576

function tooLarge (field) {
  return [...field.files].filter((file) => file.size > Number(field.dataset.limit))
}

function tell (field) {
  const place = field.form.querySelector('[data-file-error]')
  const wrong = tooLarge(field)
  place.hidden = wrong.length === 0
  place.textContent = wrong.map((file) =>
    `${file.name}: ${Math.round(file.size / MB)} MB, lớn hơn mức ${Math.round(field.dataset.limit / MB)} MB. Chọn tệp nhỏ hơn.`).join(' ')
  field.setAttribute('aria-invalid', String(wrong.length > 0))
  return wrong.length > 0
}

function stopTooLarge (event) {
  const field = event.target.querySelector?.('input[type="file"][data-limit]')
  if (!field || !tell(field)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  field.focus()
}

function reopen () {
  const start = `qms.draft.${document.body.dataset.user}.duty-`
  for (const opener of document.querySelectorAll('a[data-report]')) {
    if (kept(`${start}${opener.dataset.report}`)) opener.click()
  }
}

function kept (key) {
  try { return localStorage.getItem(key) !== null } catch { return false } // forbidden storage must not disturb the work
}

function focusOpened (event) {
  const form = event.detail.elt.querySelector?.('.report-form')
  if (form) (form.querySelector('[data-focus]') || form.querySelector('input[type="radio"]:checked, input[type="radio"]')).focus()
}

document.addEventListener('change', (event) => { if (event.target.matches('input[type="file"][data-limit]')) tell(event.target) })
document.addEventListener('submit', stopTooLarge, true)
document.addEventListener('htmx:load', focusOpened)
if (document.readyState === 'complete') reopen()
else window.addEventListener('load', reopen) // when htmx knows the rows
