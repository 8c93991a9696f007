// A file to be read. Says at once that it is too large, and that reading has begun.
//
//   form[data-upload]                 one file field: data-limit in bytes; [data-file-error] beside it, [data-busy] by the button

const form = document.querySelector('form[data-upload]')
const field = form.querySelector('input[type="file"]')
const place = form.querySelector('[data-file-error]')

function tooLarge () {
  const file = field.files[0]
  return Boolean(file && file.size > Number(field.dataset.limit))
}

function tell () {
  const wrong = tooLarge()
  place.textContent = wrong
    ? `Tệp này ${Math.round(field.files[0].size / 1048576)} MB, lớn hơn mức ${Math.round(field.dataset.limit / 1048576)} MB. Chọn tệp khác hoặc bỏ bớt hình ảnh.`
    : ''
  place.className = wrong ? 'field-error' : ''
  field.setAttribute('aria-invalid', String(wrong))
}

field.addEventListener('change', tell)
form.addEventListener('submit', (event) => {
  if (tooLarge()) { event.preventDefault(); field.focus(); return }
  form.querySelector('[data-busy]').textContent = field.files.length ? 'Đang đọc tệp' : ''
})
