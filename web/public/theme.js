// Sets the saved colour scheme, or the system's, before anything is painted. Mantine keeps it under this key.
;(function () {
  var saved = null
  try {
    saved = localStorage.getItem('mantine-color-scheme-value')
  } catch {
    // Storage is blocked: the system's stands.
  }
  if (saved !== 'light' && saved !== 'dark')
    saved = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  document.documentElement.setAttribute('data-mantine-color-scheme', saved)
})()
