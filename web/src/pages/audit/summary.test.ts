import { describe, expect, test } from 'vitest'
import { spansOf, stretches, summary, withInstants } from './summary'

const times = {
  instant: (at: number) => `<${new Date(at).toISOString().slice(11, 19)}>`,
  stretch: (start: number, end: number) => `<${start / 1000}..${end / 1000}>`,
}
const span = (from: number, to: number) => ({
  from: new Date(from * 1000).toISOString(),
  to: new Date(to * 1000).toISOString(),
})

describe('what a line says', () => {
  test.each([
    [{ action: 'camera.edit', after: null, detail: 'as it was' }, 'as it was'],
    [{ action: 'snapshot.view', after: null, detail: '2026-11-21T14:05:12.250Z' }, '<14:05:12>'],
    [{ action: 'live.end', after: { seconds: 95 }, detail: '' }, 'after 1 min 35 s'],
    [{ action: 'live.end', after: { seconds: 60, exact: false }, detail: 'lost' }, 'after at least 1 min'],
    [
      { action: 'playback.end', after: { seconds: 60, spans: [span(0, 30)] }, detail: '' },
      'after 1 min, footage of <0..30>',
    ],
    [
      {
        action: 'playback.end',
        after: { seconds: 5, spans: [span(0, 1), span(2, 3), span(4, 5), span(6, 7)] },
        detail: '',
      },
      'after 5 s, footage of <0..1>, <2..3> and 2 more',
    ],
    [{ action: 'playback.end', after: { seconds: 5, spans: [] }, detail: '' }, 'after 5 s'],
    [
      { action: 'playback.view', after: { asked: { from: '2026-11-21T14:05:12Z' } }, detail: '' },
      'from <14:05:12>',
    ],
    [{ action: 'playback.view', after: { stream: 'main' }, detail: '' }, ''],
  ])('%o', (entry, words) => expect(summary(entry, times)).toBe(words))
})

test('instants in a text are read, the rest stays', () => {
  expect(withInstants('from 2026-11-21T14:05:12Z to 2026-11-21T14:06:00.5Z, now', times.instant)).toBe(
    'from <14:05:12> to <14:06:00>, now',
  )
})

test('only spans are spans', () => {
  expect(spansOf([{ from: 'a', to: 'b' }])).toEqual([{ from: 'a', to: 'b' }])
  expect(spansOf([{ from: 'a' }])).toBeNull()
  expect(spansOf('a')).toBeNull()
  expect(stretches([span(0, 1), span(5, 9)], times)).toBe('<0..1>, <5..9>')
})
