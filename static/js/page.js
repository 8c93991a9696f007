// What the other scripts share: telling something to the person at the screen, knowing that the session has ended.
// Shared through one global and not by import, because the names of static files get a hash when they are collected,
// and an import would fetch (and run) the file a second time under its plain name. Loaded before the others.

// says something at the lower right, politely; with a link it stays
function toast (text, tone = 'active', link = null) {
  const area = document.querySelector('.toast-area')
  if (!area) return
  const box = document.createElement('div')
  box.className = `toast tone-${tone}`
  box.append(text)
  if (link) {
    const anchor = document.createElement('a')
    anchor.href = link.href
    anchor.textContent = link.text
    box.append(' ', anchor)
  }
  area.replaceChildren(box)
  if (!link) setTimeout(() => box.remove(), 6000)
}

// for screen readers alone
function announce (text) {
  const place = document.getElementById('announcements')
  if (place) place.textContent = text
}

function clock (date = new Date()) {
  return date.toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' })
}

// whether an answer is the sign-in page
function signedOut (url, status) {
  const login = document.body.dataset.loginUrl
  return status === 401 || Boolean(login && url && new URL(url).pathname === login)
}

// whether an answer was the sign-in page; if so, says so and leads there
function signInAgain (url, status) {
  if (!signedOut(url, status)) return false
  const next = encodeURIComponent(location.pathname + location.search)
  toast('Phiên làm việc đã hết. Phần chữ chưa lưu được giữ trên máy này.', 'soon',
    { href: `${document.body.dataset.loginUrl}?next=${next}`, text: 'Đăng nhập lại' })
  return true
}

globalThis.qms = { announce, clock, signedOut, signInAgain, toast }
