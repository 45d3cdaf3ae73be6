import { expect, test } from 'vitest'
import { lasts } from './lasting'

const gap = { start_ms: 100, end_ms: 200, cause: 'camera_offline', detail: '' }
const camera = (state: string, enabled = true) => ({ enabled, status: { main: { state } } })

test('the last thing known, of a camera that does not record', () => {
  const coverage = { spans: [[0, 100]] as [number, number][], gaps: [gap] }
  expect(lasts(gap, coverage, camera('waiting'))).toBe(true)
  expect(lasts(gap, coverage, camera('connecting'))).toBe(true)
  expect(lasts(gap, coverage, camera('blocked'))).toBe(true)
})

test('not when the camera records again, though the gaps were read before', () => {
  const coverage = { spans: [[0, 100]] as [number, number][], gaps: [gap] }
  expect(lasts(gap, coverage, camera('recording'))).toBe(false)
  expect(lasts(gap, coverage, camera('live'))).toBe(false)
  expect(lasts(gap, coverage, camera('waiting', false))).toBe(false)
  expect(lasts(gap, coverage, undefined)).toBe(false)
})

test('not when there is footage or another gap after it', () => {
  const later = { ...gap, start_ms: 250, end_ms: 300 }
  expect(lasts(gap, { spans: [[200, 250]], gaps: [gap] }, camera('waiting'))).toBe(false)
  expect(lasts(gap, { spans: [], gaps: [gap, later] }, camera('waiting'))).toBe(false)
  expect(lasts(later, { spans: [], gaps: [gap, later] }, camera('waiting'))).toBe(true)
})
