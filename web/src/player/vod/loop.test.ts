import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Loop } from './loop'

const SPAN = { start: 1000, end: 3000 }
const turns: number[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', globalThis)
  turns.length = 0
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function loop(at: number): Loop {
  const made = new Loop((to) => turns.push(to))
  made.set(SPAN, at)
  return made
}

test('it turns when the last frame has been shown', () => {
  const made = loop(2900)
  made.onFrame(2960, 1, 40)
  vi.advanceTimersByTime(39)
  expect(turns).toEqual([])
  vi.advanceTimersByTime(1)
  expect(turns).toEqual([1000])
})

test('told the same span again past its end it still turns', () => {
  const made = loop(2900)
  made.onFrame(3010, 1, 40)
  made.set({ ...SPAN }, 3010)
  vi.runAllTimers()
  expect(turns).toEqual([1000])
})

test('who is past the span by hand is left alone', () => {
  const made = loop(2900)
  made.moved(5000)
  made.onFrame(5040, 1, 40)
  vi.runAllTimers()
  expect(turns).toEqual([])
})

test.each<[string, number, number, number, number | null]>([
  ['footage goes on within the span', 2000, 1, 1500, null],
  ['footage goes on after the span', 9000, 1, 1500, 1000],
  ['nothing of the span is recorded', 9000, 1, 1000, null],
  ['backwards, within the span', 1200, -1, 1500, null],
  ['backwards, before the span', 500, -1, 1500, 2960],
  ['backwards, nothing of it is recorded', 500, -1, 2960, null],
])('over a gap: %s', (_, to, rate, from, begin) => {
  expect(loop(from).turnsBefore(to, rate, 40, from)).toBe(begin)
})
