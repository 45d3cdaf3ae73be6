/** Gives the browser a text to save as a file. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun when click returns, but reads the blob later.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
