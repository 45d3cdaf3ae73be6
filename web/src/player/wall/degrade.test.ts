import { expect, test } from 'vitest'
import { BEGIN, entering, isBad, next, says, type Degrading, type Step, type TileLoad } from './degrade'

const GOOD: TileLoad = {
  step: 'all',
  cost: 100,
  frames: 10,
  dropped: 0,
  stalls: 0,
  settled: true,
  keys: true,
}
const DROPS = { dropped: 5 }

/** A page in which the changes are made; `bad`: what a tile measures that shows this step. */
class Wall {
  now: Degrading = BEGIN

  constructor(public tiles: TileLoad[]) {}

  after(seconds: number, lagMs = 0, lateMs = 0): this {
    for (let i = 0; i < seconds; i += 1) {
      const { now, changes } = next(this.now, this.tiles, { lagMs, lateMs })
      this.now = now
      this.tiles = this.tiles.map((tile, index) => ({
        ...tile,
        step: changes.find((change) => change.index === index)?.step ?? tile.step,
      }))
    }
    return this
  }

  measure(...tiles: Partial<TileLoad>[]): this {
    const { frames, dropped, stalls } = GOOD
    this.tiles = this.tiles.map((tile, index) => ({
      ...tile,
      frames,
      dropped,
      stalls,
      ...tiles[index % tiles.length],
    }))
    return this
  }

  get steps(): Step[] {
    return this.tiles.map(({ step }) => step)
  }

  get word(): string {
    return this.steps.map((step) => step[0]).join('')
  }
}

const wall = (count: number, ...tiles: Partial<TileLoad>[]) =>
  new Wall(Array.from({ length: count }, (_, i) => ({ ...GOOD, ...tiles[i % Math.max(1, tiles.length)] })))
const settled = (count: number, ...tiles: Partial<TileLoad>[]) => wall(count, ...tiles).after(20)

test.each([
  [GOOD, false],
  [{ ...GOOD, dropped: 1 }, false],
  [{ ...GOOD, frames: 100, dropped: 25 }, false],
  [{ ...GOOD, ...DROPS }, true],
  [{ ...GOOD, ...DROPS, settled: false }, false],
  [{ ...GOOD, frames: 0, dropped: 3 }, true],
  [{ ...GOOD, stalls: 9 }, false],
])('a tile with %o is bad: %s', (tile, bad) => expect(isBad(tile)).toBe(bad))

test('a good page shows all for ever', () => expect(wall(4).after(1000).word).toBe('aaaa'))

test('beginning is not held against it, and one hiccup is none', () => {
  expect(wall(4, DROPS).after(9).word).toBe('aaaa')
  expect(settled(4).measure(DROPS).after(3).measure({}).after(20).word).toBe('aaaa')
})

test('what goes on costs as many tiles as were too many, the last ones', () => {
  expect(settled(4).measure(DROPS).after(4).word).toBe('aaaa')
  expect(settled(4).measure(DROPS).after(5).word).toBe('aakk')
  expect(
    settled(64)
      .measure({ dropped: 4 })
      .after(5)
      .steps.filter((step) => step === 'keys'),
  ).toHaveLength(26)
})

test('one at a time where little is too much, and a pause to see what it did', () => {
  const page = settled(8).measure({ frames: 100, dropped: 31 }, {}, {}, {})
  expect(page.after(5).word).toBe('aaaakaaa')
  expect(page.after(9).word).toBe('aaaakaaa')
  expect(page.after(1).word).toBe('kaaakaaa')
})

test('the costliest goes first', () => {
  const page = settled(4, { cost: 10 }, { cost: 900 }, { cost: 10 }, { cost: 10 }).measure(DROPS)
  expect(page.after(5).word).toBe('akaa')
})

test('one tile alone that can not keep up is the one that steps down', () => {
  expect(settled(4, { cost: 900 }, {}, {}, {}).measure({}, DROPS, {}, {}).after(5).word).toBe('akaa')
})

test.each([
  [1, 1, 'k'],
  [4, 1, 'aaaa'],
  [4, 2, 'aaaa'],
])('of %d tiles %d that stall: %s', (count, stalling, word) => {
  const tiles = Array.from({ length: count }, (_, i) => ({ stalls: i < stalling ? 3 : 0 }))
  expect(
    settled(count)
      .measure(...tiles)
      .after(5).word,
  ).toBe(word)
})

test.each([
  [500, 'aaaaaaaa'],
  [700, 'aaaaaakk'],
  [1500, 'aaaakkkk'],
  [9000, 'kkkkkkkk'],
])('a page that lags by %d ms loses %s', (lagMs, word) => {
  expect(settled(8).after(5, lagMs).word).toBe(word)
})

test.each([
  [1000, 'aaaaaaaa'],
  [2000, 'aaaakkkk'],
  [20_000, 'kkkkkkkk'],
])('a page that handles what comes %d ms late loses %s', (lateMs, word) => {
  expect(settled(8).after(5, 0, lateMs).word).toBe(word)
})

test('step by step and no further; without a decoder for single pictures it is stills at once', () => {
  const page = settled(2).after(5, 9000)
  expect(page.word).toBe('kk')
  expect(page.after(9, 9000).word).toBe('kk')
  expect(page.after(1, 9000).word).toBe('ss')
  expect(page.after(100, 9000).word).toBe('ss')
  expect(settled(2, { keys: false }).after(5, 9000).word).toBe('ss')
  expect(settled(2, { keys: false }).after(5, 9000).after(20).word).toBe('as')
})

test('none shows stills while another shows all', () => {
  const page = settled(8)
  for (let i = 0; i < 120; i += 1) {
    page.after(1, 700)
    expect(page.word.includes('a') && page.word.includes('s')).toBe(false)
  }
  expect(page.word).toBe('ssssssss')
})

test('what is calm comes back, one first and then more and more', () => {
  const page = settled(16).after(5, 9000)
  expect(page.word).toBe('k'.repeat(16))
  expect(page.after(19).word).toBe('k'.repeat(16))
  expect(page.after(1).word).toBe('a' + 'k'.repeat(15))
  expect(page.after(8).word).toBe('aaa' + 'k'.repeat(13))
  expect(page.after(8).word).toBe('a'.repeat(7) + 'k'.repeat(9))
  expect(page.after(16).word).toBe('a'.repeat(16))
})

test('the cheapest come back first, and stills before key frames', () => {
  const page = settled(3, { cost: 30 }, { cost: 10 }, { cost: 20 }).after(5, 9000)
  expect(page.after(20).word).toBe('kak')
  const stills = settled(3, { cost: 30 }, { cost: 10 }, { cost: 20 }).after(15, 9000)
  expect(stills.after(20).word).toBe('sks')
  expect(stills.after(8).word).toBe('kkk')
})

test('what was too much is tried later and later', () => {
  const page = settled(4).after(5, 9000).after(20)
  expect(page.word).toBe('akkk')
  // The one that was raised goes again, and the next try waits twice as long.
  expect(page.measure(DROPS, {}, {}, {}).after(10).word).toBe('kkkk')
  expect(page.measure({}).after(39).word).toBe('kkkk')
  expect(page.after(1).word).toBe('akkk')
  expect(page.measure(DROPS, {}, {}, {}).after(10).word).toBe('kkkk')
  expect(page.measure({}).after(79).word).toBe('kkkk')
  expect(page.after(1).word).toBe('akkk')
})

test('one bad second begins the calm time anew', () => {
  const page = settled(2).after(5, 9000)
  page.after(15).after(1, 9000)
  expect(page.after(19).word).toBe('kk')
  expect(page.after(1).word).toBe('ak')
})

test('who comes to a page at its limit begins with less, until all was well for a while', () => {
  const page = settled(8).after(5, 1500)
  expect(page.now.limit).toBe(4)
  expect(entering(page.now, 0, true)).toBe('all')
  expect(entering(page.now, 4, true)).toBe('keys')
  expect(entering(page.now, 4, false)).toBe('stills')
  page.tiles = page.tiles.slice(0, 4)
  expect(entering(page.after(20).now, 8, true)).toBe('all')
})

test('what happens while nothing is watched is not held against what comes then', () => {
  const page = settled(2)
  const { tiles } = page
  page.tiles = []
  page.after(100, 59_000)
  page.tiles = tiles
  expect(page.after(9, 9000).word).toBe('aa')
  expect(page.after(1, 9000).word).toBe('kk')
})

test('it says so', () => {
  expect(says('all')).toBe('')
  expect(says('keys')).toContain('Key frames only')
  expect(says('stills')).toContain('Stills only')
})
