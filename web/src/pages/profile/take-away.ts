/** Ways to take a text out of the page. */

/** Whether it could be copied: browsers allow it over TLS and on the same machine, else only by the older way. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyByCommand(text)
  }
}

function copyByCommand(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  // Beside what has the focus now: a dialog takes the focus back from what is outside of it.
  const beside = document.activeElement?.parentElement ?? document.body
  beside.append(area)
  area.select()
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- all there is without a secure context
  const done = document.execCommand('copy')
  area.remove()
  return done
}

export function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Prints nothing but the text. */
export function printText(text: string): void {
  const frame = document.createElement('iframe')
  frame.style.position = 'fixed'
  frame.style.visibility = 'hidden'
  document.body.append(frame)
  const page = frame.contentDocument
  const view = frame.contentWindow
  if (!page || !view) return
  const block = page.createElement('pre')
  block.textContent = text
  block.style.fontSize = '16px'
  page.body.append(block)
  view.onafterprint = () => frame.remove()
  view.print()
}
