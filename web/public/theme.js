// Sets the saved colour scheme before anything is painted. Mantine keeps it under this key.
;(function () {
  var saved = null
  try {
    saved = localStorage.getItem('mantine-color-scheme-value')
  } catch {
    // Storage is blocked: the default stands.
  }
  if (saved === 'auto') saved = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
  document.documentElement.setAttribute('data-mantine-color-scheme', saved === 'light' ? 'light' : 'dark')
})()
