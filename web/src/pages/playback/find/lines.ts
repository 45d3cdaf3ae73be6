/** The lines of an answer that comes bit by bit. */

/** Whole lines of a stream of bytes, each as what its JSON says. Empty ones are left out. */
export async function* linesOf<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.getReader()
  const text = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? text.decode() : text.decode(value, { stream: true })
      const whole = rest.split('\n')
      rest = done ? '' : (whole.pop() ?? '')
      for (const line of whole) if (line.trim()) yield JSON.parse(line) as T
      if (done) return
    }
  } finally {
    // Who stops reading has no use for the rest.
    await reader.cancel().catch(() => undefined)
  }
}
