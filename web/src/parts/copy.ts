/** Puts a text into the clipboard, also where the browser gives none to pages without TLS. False where it can't. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    document.body.append(field)
    field.select()
    try {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- all there is without a secure context
      return document.execCommand('copy')
    } finally {
      field.remove()
    }
  }
}
