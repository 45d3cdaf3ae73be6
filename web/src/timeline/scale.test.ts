import { describe, expect, test } from 'vitest'
import { clockTime, isoDay } from '@/words/format'
import { DAY, HOUR, MINUTE, SECOND, startOfDay } from '@/words/zone'
import {
  centreOn,
  chooseStep,
  clampView,
  endOf,
  fit,
  follow,
  initialSpan,
  pan,
  passed,
  ruler,
  toTime,
  toX,
  zoomAt,
} from './scale'

const VIENNA = 'Europe/Vienna'
const at = (text: string) => Date.parse(text)
const NOW = at('2026-11-21T13:00:00Z')

describe('pixels and instants', () => {
  const view = { start: NOW, msPerPx: 500 }

  test.each([
    [0, NOW],
    [2, NOW + 1000],
    [-2, NOW - 1000],
    [0.5, NOW + 250],
  ])('x %d', (x, time) => {
    expect(toTime(view, x)).toBe(time)
    expect(toX(view, time)).toBe(x)
  })

  test('fit shows exactly the range', () => {
    const fitted = fit(NOW - DAY, NOW, 1200)
    expect(toX(fitted, NOW - DAY)).toBe(0)
    expect(endOf(fitted, 1200)).toBe(NOW)
  })

  test.each([0, 10, 333.3, 1199])('zoom keeps the instant under the pointer at %d', (x) => {
    const under = toTime(view, x)
    for (const factor of [0.5, 1.2, 7]) expect(toX(zoomAt(view, x, factor), under)).toBeCloseTo(x, 5)
  })

  test('zoom stops at one millisecond and at a quarter of a year', () => {
    expect(zoomAt(view, 100, 1e-9).msPerPx).toBe(1)
    const far = zoomAt(view, 100, 1e9)
    expect(endOf(far, 1000) - far.start).toBe(92 * DAY)
  })

  test('pan and centre', () => {
    expect(pan(view, 10).start).toBe(NOW - 5000)
    expect(toX(centreOn(view, NOW - HOUR, 600), NOW - HOUR)).toBe(600)
  })
})

describe('following the playhead', () => {
  const view = { start: NOW, msPerPx: 500 }
  const width = 1000
  // [name, x of the playhead, put there by hand, x after following]
  test.each([
    ['in view', 500, false, 500],
    ['runs towards the end', 941, false, 250],
    ['off to the left', -2, false, 500],
    ['off to the right', 5000, false, 250],
    ['clicked near the end', 990, true, 990],
    ['clicked at the very end', 1000, true, 1000],
    ['landed a rounding before the edge', -0.9, true, -0.9],
    ['ran out after a click', 1002, true, 250],
    ['ran out backwards after a click', -2, true, 500],
  ])('%s', (_, x, placed, after) => {
    const at = toTime(view, x)
    const moved = follow(view, width, at, placed)
    expect(toX(moved, at)).toBeCloseTo(after, 5)
    expect(moved.msPerPx).toBe(view.msPerPx)
  })
})

test.each([
  ['a day that is over', 24, 30, 24],
  ['a day that is not', 24, 6.5, 6.5],
  ['one that began a moment ago', 24, 0.01, 1 / 6],
  ['a short span', 0.1, 0.01, 0.1],
])('what has passed of %s', (_, length, now, expected) =>
  expect(passed(NOW, NOW + length * HOUR, NOW + now * HOUR)).toBe(NOW + expected * HOUR),
)

describe('clamping', () => {
  const width = 1000
  test.each([
    ['inside stays', NOW - 10_000_000, NOW - 10_000_000],
    ['not past now and a little', NOW, NOW + 100 * 1000 - width * 1000],
    ['not before the earliest', NOW - 40 * DAY, NOW - 30 * DAY],
  ])('%s', (_, start, expected) => {
    expect(clampView({ start, msPerPx: 1000 }, width, NOW - 30 * DAY, NOW, 100).start).toBe(expected)
  })

  test('a view wider than everything ends at now', () => {
    const view = clampView({ start: NOW, msPerPx: DAY / 100 }, width, NOW - DAY, NOW, 100)
    expect(toX(view, NOW)).toBe(900)
  })
})

describe('steps', () => {
  test.each([
    [1, 100],
    [10, SECOND],
    [100, 10 * SECOND],
    [1000, MINUTE],
    [(24 * HOUR) / 1200, 2 * HOUR],
    [(24 * HOUR) / 340, 6 * HOUR],
    [(7 * DAY) / 1200, 12 * HOUR],
    [(14 * DAY) / 1200, DAY],
    [(92 * DAY) / 1000, 14 * DAY],
  ])('%d ms per pixel', (msPerPx, major) => {
    expect(chooseStep(msPerPx).major).toBe(major)
  })

  test('minor steps divide major ones', () => {
    for (let scale = 1; scale < 8_000_000; scale *= 1.3) {
      const step = chooseStep(scale)
      expect(step.major % step.minor).toBe(0)
    }
  })
})

describe('ticks', () => {
  const labels = (start: string, end: string, width: number) => {
    const view = fit(at(start), at(end), width)
    return ruler(view, width, VIENNA)
      .ticks.filter((tick) => tick.major && tick.at >= view.start)
      .map((tick) => clockTime(tick.at, VIENNA, 'minute'))
  }

  test('an ordinary day counts from local midnight', () => {
    expect(labels('2026-11-20T23:00:00Z', '2026-11-21T23:00:00Z', 400)).toEqual([
      '00:00',
      '06:00',
      '12:00',
      '18:00',
      '00:00',
    ])
  })

  test('the day with 25 hours still reads in whole steps', () => {
    expect(labels('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 420)).toEqual([
      '00:00',
      '06:00',
      '12:00',
      '18:00',
      '00:00',
    ])
  })

  test('the day with 23 hours too', () => {
    expect(labels('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 420)).toEqual([
      '00:00',
      '06:00',
      '12:00',
      '18:00',
      '00:00',
    ])
  })

  // [zone, from, to, pixels, labels]: the hour that comes twice has its label twice, the one that is left out has none.
  test.each([
    [
      'Europe/Berlin',
      '2026-10-24T22:00Z',
      '2026-10-25T04:00Z',
      600,
      '00:00 01:00 02:00 A 02:00 B 03:00 04:00 05:00',
    ],
    ['Europe/Berlin', '2026-03-28T23:00Z', '2026-03-29T04:00Z', 500, '00:00 01:00 03:00 04:00 05:00 06:00'],
    [
      'America/New_York',
      '2026-11-01T04:00Z',
      '2026-11-01T09:00Z',
      500,
      '00:00 01:00 A 01:00 B 02:00 03:00 04:00',
    ],
    ['America/New_York', '2026-03-08T05:00Z', '2026-03-08T09:00Z', 400, '00:00 01:00 03:00 04:00 05:00'],
    ['Australia/Lord_Howe', '2026-04-04T13:00Z', '2026-04-04T17:00Z', 400, '00:00 01:00 02:00 03:00'],
    [
      'Australia/Lord_Howe',
      '2026-04-04T14:00Z',
      '2026-04-04T16:00Z',
      400,
      '01:00 01:30 A 01:30 B 02:00 02:30',
    ],
    ['Australia/Lord_Howe', '2026-10-03T13:30Z', '2026-10-03T17:00Z', 400, '00:00 01:00 03:00 04:00'],
    ['Australia/Lord_Howe', '2026-10-03T14:30Z', '2026-10-03T16:30Z', 400, '01:00 01:30 02:30 03:00 03:30'],
    ['UTC', '2026-10-25T00:00Z', '2026-10-25T04:00Z', 400, '00:00 01:00 02:00 03:00 04:00'],
    // Chile's clocks skip midnight: the day begins at one.
    ['America/Santiago', '2026-09-06T02:00Z', '2026-09-06T06:00Z', 400, '22:00 23:00 01:00 02:00 03:00'],
  ])('%s from %s', (zone, start, end, width, expected) => {
    const view = fit(at(start), at(end), width)
    const { ticks } = ruler(view, width, zone)
    const shown = ticks.filter((tick) => tick.major && tick.at >= view.start)
    expect(shown.map((tick) => clockTime(tick.at, zone, 'minute')).join(' ')).toBe(expected)
    for (const tick of ticks) expect(tick.dayStart).toBe(startOfDay(tick.at, zone) === tick.at)
  })

  test('at seconds only those around the view', () => {
    const view = fit(NOW, NOW + 60 * SECOND, 1000)
    const { ticks, label } = ruler(view, 1000, VIENNA)
    expect(label).toBe('second')
    expect(ticks.filter((tick) => tick.major)).toHaveLength(13)
    expect(ticks.every((tick) => tick.at >= view.start - 6 * SECOND && tick.at <= NOW + 60.1 * SECOND)).toBe(
      true,
    )
  })

  test('weeks begin on Mondays, across a clock change', () => {
    const view = fit(at('2026-10-01T00:00:00Z'), at('2026-11-30T00:00:00Z'), 1000)
    const days = ruler(view, 1000, VIENNA)
      .ticks.filter((tick) => tick.major)
      .map((tick) => isoDay(tick.at, VIENNA))
    expect(days).toContain('2026-10-26')
    expect(days.every((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 1)).toBe(true)
  })

  test('the number of ticks is bounded at every scale', () => {
    for (let scale = 1; scale < 8_000_000; scale *= 1.7) {
      const { ticks } = ruler({ start: NOW - 1000 * scale, msPerPx: scale }, 3840, VIENNA)
      expect(ticks.length).toBeGreaterThan(3)
      expect(ticks.length).toBeLessThan(1000)
    }
  })
})

describe('what the timeline shows at first', () => {
  test.each([
    ['all of a new installation', null, NOW - 50 * MINUTE, HOUR],
    ['not too little of it', null, NOW - MINUTE, 15 * MINUTE],
    ['two hours of an old one', null, NOW - 30 * DAY, 2 * HOUR],
    ['what was shown last', 6 * HOUR, NOW - 30 * DAY, 6 * HOUR],
    ['nothing absurd', -1, NOW - 30 * DAY, 2 * HOUR],
    ['no more than there can be', 1e15, NOW, 92 * DAY],
  ])('%s', (_, remembered, earliest, span) => expect(initialSpan(remembered, earliest, NOW)).toBe(span))
})
