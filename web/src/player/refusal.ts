/** Why the server shows no (more) pictures, by the code of its answer. Pure. */

export interface Refusal {
  /** The API's: `live.ended`, `live.too_many_of_user`. */
  code: string
  /** For a person. */
  detail: string
  /** When the answer may be another one, client clock; null where that is not known. */
  untilMs: number | null
}

const ENDED = new Set(['live.ended', 'live.ended_elsewhere', 'live.camera_off'])

/** Somebody ended this view: it is not opened again unasked. */
export function isEnd(code: string): boolean {
  return ENDED.has(code)
}

/** A limit of live streams is reached: it may have room later. */
export function isLimit(code: string): boolean {
  return code.startsWith('live.too_many')
}

/** It can't be converted (now): another stream may be shown. */
export function isOfConversion(code: string): boolean {
  return code.startsWith('transcode.')
}

/** The refusal that a message or a problem tells of; null where it tells of none. */
export function refusalIn(told: Record<string, unknown>, nowMs: number): Refusal | null {
  const code = told.error ?? told.code
  if (typeof code !== 'string') return null
  const wait = Number(told.retry_after_s ?? NaN)
  return {
    code,
    detail: typeof told.detail === 'string' ? told.detail : '',
    untilMs: Number.isFinite(wait) ? nowMs + Math.max(0, wait) * 1000 : null,
  }
}

const USUAL_WAIT_MS = 30_000

/** In how many milliseconds a full server is asked again. */
export function waitAfter({ untilMs }: Refusal, nowMs: number): number {
  return untilMs === null ? USUAL_WAIT_MS : Math.min(600_000, Math.max(1_000, untilMs - nowMs))
}
