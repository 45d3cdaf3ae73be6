import { describe, expect, it, vi } from 'vitest'
import { playAloud } from './play'

function element(...fails: string[]) {
  const play = vi.fn(async () => {
    await Promise.resolve()
    const name = fails.shift()
    if (name) throw new DOMException('', name)
  })
  return { muted: false, play } as unknown as HTMLMediaElement & { play: typeof play }
}

describe('starting an element', () => {
  it('plays without sound where the browser refuses sound', async () => {
    const video = element('NotAllowedError')
    await playAloud(video)
    expect([video.play.mock.calls.length, video.muted]).toEqual([2, true])
  })

  it('stays paused, and loses no sound, where a pause came in between', async () => {
    const video = element('AbortError')
    await playAloud(video)
    expect([video.play.mock.calls.length, video.muted]).toEqual([1, false])
  })
})
