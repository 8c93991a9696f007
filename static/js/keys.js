// Security keys: what allauth's script reports as an error is told on the page (mfa/webauthn/notes.html).

document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const place = document.querySelector('[data-key-error]')
  if (place) place.hidden = false
})
