import { expect, test, vi } from 'vitest'
import { Hang, unhang, type Sought } from './hang'

const held: Sought['buffered'] = { length: 1, start: () => 396, end: () => 404 }

/** When each second of a seek to `currentTime` is called a hang. */
function found(hang: Hang, clock: { ms: number }, seconds: number, video: Sought): number[] {
  const at: number[] = []
  for (let second = 0; second < seconds; second += 1) {
    clock.ms += 1000
    if (hang.found(video)) at.push(clock.ms)
  }
  return at
}

function watched() {
  const clock = { ms: 0 }
  return { clock, hang: new Hang(() => clock.ms) }
}

test('a seek that does not end is made again, later each time', () => {
  const { clock, hang } = watched()
  const video = { seeking: true, currentTime: 402.9, buffered: held }
  // Six seconds after the first look, then twelve after the next.
  expect(found(hang, clock, 40, video)).toEqual([7_000, 20_000])
})

test('one that ends is none, and the next has its whole time again', () => {
  const { clock, hang } = watched()
  const video = { seeking: true, currentTime: 402.9, buffered: held }
  expect(found(hang, clock, 8, video)).toEqual([7_000])
  expect(found(hang, clock, 1, { ...video, seeking: false })).toEqual([])
  expect(found(hang, clock, 8, video)).toEqual([16_000])
})

test('one that waits for footage is none', () => {
  const { clock, hang } = watched()
  expect(found(hang, clock, 60, { seeking: true, currentTime: 404, buffered: held })).toEqual([])
  const empty = { length: 0, start: () => NaN, end: () => NaN }
  expect(found(hang, clock, 60, { seeking: true, currentTime: 1, buffered: empty })).toEqual([])
})

test('an element that hangs is sent to where it was to go, until nobody watches it', () => {
  vi.useFakeTimers()
  vi.stubGlobal('window', globalThis)
  const sent: number[] = []
  const video = { seeking: true, buffered: held } as unknown as HTMLVideoElement
  Object.defineProperty(video, 'currentTime', { get: () => 402.9, set: (to: number) => sent.push(to) })
  const end = unhang(video, () => Date.now())
  vi.advanceTimersByTime(7_500)
  expect(sent).toEqual([402.9])
  end()
  vi.advanceTimersByTime(60_000)
  expect(sent).toEqual([402.9])
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
