// Reporting on a duty (templates/duties/). Without JavaScript the page of the duty does the same.
//
//   a[data-report="12"]          opens the form of duty 12 in its row (htmx); opened by itself where unsent text is kept
//   input[data-limit]            files: one that is larger, or all together more than data-together (bytes), is named at
//                                once in [data-file-error] of the same form and nothing is sent
//   [data-group="0"]             how many duties its group of the list holds; counted again after a report in a row

const { clock, signedOut, toast } = globalThis.qms
const MB = 1048576

const inMb = (bytes) => Math.floor(bytes / MB)

function complaint (field) {
  const files = [...field.files]
  const { limit, together } = field.dataset
  const large = files.find((file) => file.size > Number(limit))
  if (large) return `${large.name}: ${inMb(large.size)} MB, lớn hơn mức ${inMb(limit)} MB. Chọn tệp nhỏ hơn.`
  const all = files.reduce((sum, file) => sum + file.size, 0)
  return all > Number(together) ? `Các tệp cộng lại ${inMb(all)} MB, lớn hơn mức ${inMb(together)} MB. Gửi làm nhiều lần.` : ''
}

function tell (field) {
  const place = field.form.querySelector('[data-file-error]')
  place.textContent = complaint(field)
  place.hidden = !place.textContent
  field.setAttribute('aria-invalid', String(!place.hidden))
  return !place.hidden
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
  const row = event.detail.elt
  if (!row.matches('.duty-row')) return
  const place = ['[data-focus]', 'input[type="radio"]:checked', 'input[type="radio"]', 'a[data-report]', '.row-link']
    .map((choice) => row.querySelector(choice)).find(Boolean)
  place.focus()
}

// the form is gone once the answer took its place, so what became of it is told before
function settled (event) {
  const { requestConfig, xhr } = event.detail
  const form = requestConfig.elt
  if (!form.matches('form.report-form') || signedOut(xhr.responseURL, xhr.status)) return
  if (xhr.status !== 200) return toast('Chưa ghi được, còn chỗ cần xem lại.', 'late')
  form.dispatchEvent(new CustomEvent('qms:saved', { bubbles: true }))
  toast(`Đã ghi báo cáo lúc ${clock()}`, 'done')
}

// the numbers around the row, as they are after the report: the groups of the list, the entry of the navigation
function recount ({ detail }) {
  for (const size of document.querySelectorAll('[data-group]')) {
    size.textContent = `${(detail.groups[size.dataset.group] ?? 0).toLocaleString('vi')} việc`
  }
  for (const count of document.querySelectorAll(`.place[href="${detail.mine}"] .place-count`)) {
    if (detail.pressing) count.firstChild.data = detail.pressing
    else count.remove()
  }
}

document.addEventListener('qms:duty-reported', recount)
document.addEventListener('htmx:beforeSwap', settled)
document.addEventListener('change', (event) => { if (event.target.matches('input[type="file"][data-limit]')) tell(event.target) })
document.addEventListener('submit', stopTooLarge, true)
document.addEventListener('htmx:load', focusOpened)
if (document.readyState === 'complete') reopen()
else window.addEventListener('load', reopen) // when htmx knows the rows
