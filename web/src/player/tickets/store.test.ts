import { expect, test, vi } from 'vitest'
import { TicketStore, widened, withTicket, type Wish } from './store'

const HOUR = 3_600_000
const gate: Wish = { camera: 'gate', kind: 'live' }
const yard: Wish = { camera: 'yard', kind: 'live' }

function store(life = 100) {
  const asked: Wish[][] = []
  let now = 0
  const made = new TicketStore(
    (wishes) => {
      asked.push(wishes)
      return Promise.resolve(
        wishes.map(({ camera }) => ({ ticket: `${camera}-${asked.length}`, expires_in: life })),
      )
    },
    () => now,
  )
  return { made, asked, advance: (ms: number) => (now += ms) }
}

test('what is wanted at once is one request, and kept', async () => {
  const { made, asked } = store()
  expect(await Promise.all([made.get(gate), made.get(yard), made.get(gate)])).toEqual([
    'gate-1',
    'yard-1',
    'gate-1',
  ])
  expect(await made.get(yard)).toBe('yard-1')
  expect(asked).toEqual([[gate, yard]])
})

test('a ticket is renewed before it ends, and when it was refused', async () => {
  const { made, advance } = store(100)
  expect(await made.get(gate)).toBe('gate-1')
  advance(59_000)
  expect(await made.get(gate)).toBe('gate-1')
  advance(2_000)
  expect(await made.get(gate)).toBe('gate-2')
  made.refused(gate)
  expect(await made.get(gate)).toBe('gate-3')
})

test('without an answer players go on without a ticket, and ask again', async () => {
  let answers = false
  const made = new TicketStore((wishes) =>
    answers
      ? Promise.resolve(wishes.map(() => ({ ticket: 'x', expires_in: 60 })))
      : Promise.reject(new Error('no answer')),
  )
  expect(await made.get(gate)).toBeNull()
  answers = true
  expect(await made.get(gate)).toBe('x')
})

test('a refused camera has no ticket, and the others do', async () => {
  const made = new TicketStore((wishes) =>
    Promise.resolve(
      wishes.map(({ camera }) =>
        camera === 'gate' ? { ticket: null, expires_in: null } : { ticket: 'x', expires_in: 60 },
      ),
    ),
  )
  expect(await Promise.all([made.get(gate), made.get(yard)])).toEqual([null, 'x'])
})

test('one ticket serves the ranges that lie near', async () => {
  const { made, asked } = store()
  const at = (start: number, end: number): Wish => ({
    camera: 'gate',
    kind: 'playback',
    range: { start: start * HOUR, end: end * HOUR },
  })
  expect(widened(at(13, 16)).range).toEqual({ start: 12 * HOUR, end: 18 * HOUR })
  expect(widened(at(12, 18)).range).toEqual({ start: 12 * HOUR, end: 24 * HOUR })
  await made.get(at(13, 16))
  await made.get(at(14, 17))
  expect(asked.length).toBe(1)
  await made.get(at(17, 20))
  expect(asked.length).toBe(2)
})

test('a ticket takes the place of the one before', () => {
  expect(withTicket('/a.mp4', 'x')).toBe('/a.mp4?ticket=x')
  expect(withTicket('/a.m3u8?start=1&ticket=old', 'new')).toBe('/a.m3u8?start=1&ticket=new')
  expect(withTicket('/a.mp4?b=1', null)).toBe('/a.mp4?b=1')
})

test('a player that can begin without a ticket does not wait for the first one', async () => {
  const { made, asked } = store()
  expect([made.soon(gate), made.soon(gate)]).toEqual([null, null])
  await vi.waitFor(() => expect(made.soon(gate)).toBe('gate-1'))
  expect(asked).toEqual([[gate]])
})
