/**
 * What the tiles of a page show when the computer can't keep up: every frame, key frames only, or stills by HTTP. One
 * decision for the page, once a second, from what all tiles measured: the costliest go down first, no more of them than
 * has to be, and come back one after the other when it has been calm. Pure.
 */

export const STEPS = ['all', 'keys', 'stills'] as const
export type Step = (typeof STEPS)[number]

/** One tile in the last second. */
export interface TileLoad {
  step: Step
  /** What showing all of it costs compared with other tiles: pixels a second. */
  cost: number
  /** Pictures that were to be shown, and of them those that were dropped. */
  frames: number
  dropped: number
  stalls: number
  /** It has shown this step for long enough that its figures say something. */
  settled: boolean
  /** A decoder for single pictures (WebCodecs, in secure contexts). */
  keys: boolean
}

export interface Change {
  /** In the list of tiles. */
  index: number
  step: Step
}

// So many bad seconds of the last ones are no accident.
const WINDOW = 8
const BAD = 5
const CALM_S = 20
const LONGEST_CALM_S = 600
// Where one more tile was no harm, two more are tried so soon, then four.
const GOES_ON_S = 8
// Less than this is better than a picture every other second.
const DROPPED_SHARE = 0.3
const LEAST_DROPPED = 2
const LAG_MS = 600
// A page that answers this late has to lose everything at once.
const WORST_LAG_MS = 3_000
// The same for what waits in the connection because the page can't take it in time.
const LATE_MS = 1_500
const WORST_LATE_MS = 5_000
const STALLS = 1
/** After a change it takes a while until it shows. */
export const SETTLE_S = 5

/** Whether a tile can't show what it should. What stalls one tile alone is its camera, or the way to it. */
export function isBad(tile: TileLoad): boolean {
  return tile.settled && tile.dropped >= LEAST_DROPPED && tile.dropped > DROPPED_SHARE * tile.frames
}

export interface Degrading {
  /** Whether each of the last seconds was bad, newest last. */
  seconds: readonly boolean[]
  /** Seconds since a step changed. */
  since: number
  /** Seconds without a bad one. */
  calm: number
  /** How long it must be calm before more is tried; grows each time that was too much. */
  calmS: number
  /** How many tiles the last change raised; 0 when it lowered some. */
  raised: number
  /** More tiles than this can't show all; null while no limit is known. */
  limit: number | null
}

export const BEGIN: Degrading = { seconds: [], since: 0, calm: 0, calmS: CALM_S, raised: 0, limit: null }

/** What a tile begins with that comes to `playing` others that show all. */
export function entering(now: Degrading, playing: number, keys: boolean): Step {
  if (now.limit === null || playing < now.limit) return 'all'
  return keys ? 'keys' : 'stills'
}

/** The page in the last second. */
export interface PageLoad {
  /** How much later than asked for its timer ran. */
  lagMs: number
  /** How much later than at its best it handled what came. */
  lateMs: number
}

/** One second later. */
export function next(
  now: Degrading,
  tiles: readonly TileLoad[],
  page: PageLoad,
): { now: Degrading; changes: Change[] } {
  // While nothing is watched (another tab is in front, a page is turned) being late says nothing.
  if (tiles.length === 0) return { now: { ...now, seconds: [], since: 0, calm: 0 }, changes: [] }
  const measured = tiles.filter(({ settled }) => settled)
  const failing = tiles.filter(isBad).length
  const stalling = measured.filter(({ stalls }) => stalls > STALLS).length
  // One tile's trouble, or everybody's.
  const slow = page.lagMs > LAG_MS || page.lateMs > LATE_MS
  const whole = slow || 2 * stalling > measured.length || 2 * failing > measured.length
  const bad = whole || failing > 0
  const since = now.since + 1
  // What happens while decoders begin anew says nothing.
  const seconds = since <= SETTLE_S ? [] : [...now.seconds, bad].slice(-WINDOW)
  const calm = bad ? 0 : now.calm + 1
  const held = { ...now, seconds, since, calm }
  if (seconds.filter(Boolean).length >= BAD) {
    const changes = lowered(tiles, whole ? () => true : isBad, excess(tiles, page))
    if (changes.length === 0) return { now: held, changes }
    const calmS = now.raised > 0 ? Math.min(LONGEST_CALM_S, now.calmS * 2) : now.calmS
    return { now: { ...BEGIN, calmS, limit: playing(tiles, changes) }, changes }
  }
  if (calm >= (now.raised > 0 ? GOES_ON_S : now.calmS)) {
    const count = Math.max(1, 2 * now.raised)
    const changes = raised(tiles, count)
    // A good time with all of them is forgiving.
    if (changes.length === 0)
      return { now: { ...held, calm: 0, calmS: CALM_S, raised: 0, limit: null }, changes }
    return { now: { ...BEGIN, calmS: now.calmS, raised: count, limit: playing(tiles, changes) }, changes }
  }
  return { now: held, changes: [] }
}

/** Which part of the work has to go, 0 to 1. */
function excess(tiles: readonly TileLoad[], { lagMs, lateMs }: PageLoad): number {
  const frames = sum(tiles, (tile) => tile.frames)
  const dropped = frames > 0 ? sum(tiles, (tile) => tile.dropped) / frames : 0
  const lag = lagMs > LAG_MS ? lagMs / WORST_LAG_MS : 0
  const late = lateMs > LATE_MS ? lateMs / WORST_LATE_MS : 0
  return Math.min(1, Math.max(dropped, lag, late))
}

/** The costliest of those that show most, until their part of the cost is reached; of equals the last. */
function lowered(tiles: readonly TileLoad[], concerned: (tile: TileLoad) => boolean, part: number): Change[] {
  const able = indexes(tiles).filter(
    (index) => concerned(at(tiles, index)) && below(at(tiles, index)) !== null,
  )
  const top = STEPS.find((step) => able.some((index) => at(tiles, index).step === step))
  const chosen = able
    .filter((index) => at(tiles, index).step === top)
    .sort((a, b) => at(tiles, b).cost - at(tiles, a).cost || b - a)
  let wanted = part * sum(chosen, (index) => at(tiles, index).cost)
  const changes: Change[] = []
  for (const index of chosen) {
    const step = below(at(tiles, index))
    if (step === null || (changes.length > 0 && wanted <= 0)) break
    changes.push({ index, step })
    wanted -= at(tiles, index).cost
  }
  return changes
}

/** The cheapest of those that show least; of equals the first. */
function raised(tiles: readonly TileLoad[], count: number): Change[] {
  return indexes(tiles)
    .flatMap((index) => {
      const step = above(at(tiles, index))
      return step === null ? [] : [{ index, step }]
    })
    .sort(
      (a, b) =>
        STEPS.indexOf(at(tiles, b.index).step) - STEPS.indexOf(at(tiles, a.index).step) ||
        at(tiles, a.index).cost - at(tiles, b.index).cost ||
        a.index - b.index,
    )
    .slice(0, count)
}

function playing(tiles: readonly TileLoad[], changes: readonly Change[]): number {
  return tiles.filter(
    ({ step }, index) => (changes.find((change) => change.index === index)?.step ?? step) === 'all',
  ).length
}

function below({ step, keys }: TileLoad): Step | null {
  if (step === 'all') return keys ? 'keys' : 'stills'
  return step === 'keys' ? 'stills' : null
}

function above({ step, keys }: TileLoad): Step | null {
  if (step === 'stills') return keys ? 'keys' : 'all'
  return step === 'keys' ? 'all' : null
}

function at(tiles: readonly TileLoad[], index: number): TileLoad {
  const tile = tiles[index]
  if (!tile) throw new RangeError(`no tile ${index}`)
  return tile
}

function indexes(tiles: readonly TileLoad[]): number[] {
  return tiles.map((_, index) => index)
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

/** What the tile says about it; empty while all is shown. */
export function says(step: Step): string {
  if (step === 'keys') return "Key frames only: this computer can't keep up."
  return step === 'stills' ? "Stills only: this computer can't keep up." : ''
}
