/** A MediaSource with one SourceBuffer, fed in order, trimmed behind the playhead, with one continuous time line whatever
 * the runs' own times are. */

interface Fragment {
  startS: number
  wallMs: number
}

type Job =
  | { kind: 'init'; mime: string; data: ArrayBuffer }
  | { kind: 'append'; fragments: Fragment[]; data: Uint8Array<ArrayBuffer>[]; bytes: number }

const KEEP_BEHIND_S = 10
const TRIM_EVERY_S = 10
const STANDS_MS = 250
// Some inits, and half a minute of a heavy stream: more than that waiting means that the element takes no data any more.
const MOST_JOBS = 64
const MOST_WAITING_BYTES = 64 << 20
// What waits goes in together, up to this much: a call for each frame costs more than the frame.
const MOST_AT_ONCE_BYTES = 4 << 20

/** Chosen by the browser: ManagedMediaSource where that is all there is (Safari on phones). */
function mediaSourceClass(): typeof MediaSource | undefined {
  const scope = window as { MediaSource?: typeof MediaSource; ManagedMediaSource?: typeof MediaSource }
  return scope.MediaSource ?? scope.ManagedMediaSource
}

export function canPlay(mime: string): boolean {
  return mediaSourceClass()?.isTypeSupported(mime) ?? false
}

export interface MediaBufferEvents {
  /** A fragment is in the buffer, its first frame at `mediaS`. */
  appended(mediaS: number, wallMs: number): void
  /** Nothing more can be done with this buffer: make a new one. */
  broken(reason: string): void
}

export class MediaBuffer {
  private readonly source: MediaSource
  private readonly url: string
  private buffer: SourceBuffer | null = null
  private mime = ''
  private jobs: Job[] = []
  private current: Job | null = null
  private offsetS: number | null = null
  private dead = false
  private waitingBytes = 0
  private standing = { at: -1, since: 0 }

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly events: MediaBufferEvents,
  ) {
    const Source = mediaSourceClass()
    if (!Source) throw new Error('This browser has no Media Source Extensions.')
    this.source = new Source()
    this.source.addEventListener('sourceopen', () => this.pump(), { once: true })
    this.url = URL.createObjectURL(this.source)
    video.disableRemotePlayback = true
    video.src = this.url
  }

  /** A new run or codec: what follows is appended right after what is buffered. */
  init(mime: string, data: ArrayBuffer): void {
    this.add({ kind: 'init', mime, data })
  }

  append(startS: number, wallMs: number, data: Uint8Array<ArrayBuffer>): void {
    this.waitingBytes += data.byteLength
    if (this.waitingBytes > MOST_WAITING_BYTES) {
      this.fail('the browser takes no more data')
      return
    }
    const last = this.jobs.at(-1)
    if (last?.kind === 'append' && last.bytes + data.byteLength <= MOST_AT_ONCE_BYTES) {
      last.fragments.push({ startS, wallMs })
      last.data.push(data)
      last.bytes += data.byteLength
    } else {
      this.add({ kind: 'append', fragments: [{ startS, wallMs }], data: [data], bytes: data.byteLength })
    }
  }

  /** Seconds buffered ahead of the playhead; a hole right ahead of it is stepped over. */
  aheadS(): number {
    const ranges = this.video.buffered
    const at = this.video.currentTime
    for (let i = 0; i < ranges.length; i += 1) {
      if (at < ranges.end(i)) return ranges.end(i) - Math.max(at, ranges.start(i))
    }
    return 0
  }

  /** Where the playhead must go to have a picture: into the first range, or over a hole. Null when it is well. */
  wantedTime(): number | null {
    const ranges = this.video.buffered
    const at = this.video.currentTime
    for (let i = 0; i < ranges.length; i += 1) {
      if (at < ranges.start(i)) return ranges.start(i)
      if (at < ranges.end(i) - 0.02)
        return i + 1 < ranges.length && this.stands(at) ? ranges.start(i + 1) : null
    }
    return null
  }

  /** Whether the playhead stands: before a hole it may do so within the last picture. */
  private stands(at: number): boolean {
    const now = performance.now()
    if (at !== this.standing.at || this.video.paused) this.standing = { at, since: now }
    return now - this.standing.since > STANDS_MS
  }

  destroy(): void {
    this.dead = true
    this.jobs = []
    URL.revokeObjectURL(this.url)
    this.video.removeAttribute('src')
    this.video.load()
  }

  private add(job: Job): void {
    if (this.dead) return
    if (this.jobs.length >= MOST_JOBS) {
      this.fail('the browser takes no more data')
      return
    }
    this.jobs.push(job)
    this.pump()
  }

  private fail(reason: string): void {
    if (this.dead) return
    this.dead = true
    this.jobs = []
    this.events.broken(reason)
  }

  private pump(): void {
    if (this.dead || this.source.readyState !== 'open' || this.current || this.buffer?.updating) return
    const job = this.jobs.shift()
    if (!job) return
    try {
      if (job.kind === 'init') this.start(job)
      else this.put(job)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError' && this.makeRoom()) {
        this.jobs.unshift(job)
        return
      }
      this.fail(error instanceof Error ? error.message : String(error))
    }
  }

  private start(job: Extract<Job, { kind: 'init' }>): void {
    if (!this.buffer) {
      this.buffer = this.source.addSourceBuffer(job.mime)
      this.buffer.addEventListener('updateend', () => this.updated())
      this.buffer.addEventListener('error', () => this.fail('the browser could not read the stream'))
    } else if (job.mime !== this.mime) {
      this.buffer.changeType(job.mime)
    }
    this.mime = job.mime
    this.offsetS = null
    this.current = job
    this.buffer.appendBuffer(job.data)
  }

  private put(job: Extract<Job, { kind: 'append' }>): void {
    if (!this.buffer) return
    if (this.offsetS === null) {
      // Runs begin at any time of their own; here they follow each other without a hole.
      this.offsetS = this.end() - (job.fragments[0]?.startS ?? 0)
      this.buffer.timestampOffset = this.offsetS
    }
    this.current = job
    this.buffer.appendBuffer(joined(job.data, job.bytes))
  }

  private updated(): void {
    const done = this.current
    this.current = null
    if (this.dead) return
    if (done?.kind === 'append' && this.offsetS !== null) {
      this.waitingBytes -= done.bytes
      for (const { startS, wallMs } of done.fragments) this.events.appended(startS + this.offsetS, wallMs)
    }
    if (!this.trim()) this.pump()
  }

  private end(): number {
    const ranges = this.buffer?.buffered
    return ranges?.length ? ranges.end(ranges.length - 1) : 0
  }

  private trim(): boolean {
    const ranges = this.buffer?.buffered
    if (!ranges?.length || this.jobs.length > 0) return false
    const keepFrom = this.video.currentTime - KEEP_BEHIND_S
    if (keepFrom - ranges.start(0) < TRIM_EVERY_S) return false
    this.buffer?.remove(0, keepFrom)
    return true
  }

  /** After QuotaExceeded: drops all that was played. False when there is nothing to drop. */
  private makeRoom(): boolean {
    const ranges = this.buffer?.buffered
    if (!ranges?.length) return false
    const upTo = this.video.currentTime - 1
    if (upTo <= ranges.start(0)) return false
    this.buffer?.remove(0, upTo)
    return true
  }
}

function joined(pieces: Uint8Array<ArrayBuffer>[], bytes: number): Uint8Array<ArrayBuffer> {
  const [first] = pieces
  if (first && pieces.length === 1) return first
  const all = new Uint8Array(bytes)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.byteLength
  }
  return all
}
