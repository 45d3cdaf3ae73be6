/**
 * Notices a seek that never ends. With many elements on a busy machine Chromium (seen with 156) now and then leaves one
 * in a seek for good, although the footage is there; another seek frees it.
 */

/** What is looked at of a video element. */
export type Sought = Pick<HTMLMediaElement, 'seeking' | 'currentTime' | 'buffered'>

// On a machine that can't keep up with 16 cameras a seek was seen to take 4.5 s.
const PATIENCE_MS = 6_000
/** A seek that is given up begins anew: each further one is given more time. */
const MORE = 2

export class Hang {
  private since: number | null = null
  private patienceMs = PATIENCE_MS

  constructor(private readonly steady: () => number) {}

  /** Whether the seek that is under way is to be made again. To be asked some times a second. */
  found(video: Sought): boolean {
    if (!video.seeking) this.patienceMs = PATIENCE_MS
    if (!video.seeking || !isHeld(video)) {
      this.since = null
      return false
    }
    this.since ??= this.steady()
    if (this.steady() - this.since < this.patienceMs) return false
    this.since = null
    this.patienceMs *= MORE
    return true
  }
}

const LOOK_MS = 1_000

/** Makes seeks of an element again that never end, until what comes back is called. */
export function unhang(video: HTMLVideoElement, steady = () => performance.now()): () => void {
  const hang = new Hang(steady)
  const looks = window.setInterval(() => {
    if (hang.found(video)) video.currentTime = video.currentTime // eslint-disable-line no-self-assign -- it seeks
  }, LOOK_MS)
  return () => window.clearInterval(looks)
}

function isHeld({ buffered, currentTime }: Sought): boolean {
  for (let range = 0; range < buffered.length; range += 1)
    if (buffered.start(range) <= currentTime && currentTime < buffered.end(range)) return true
  return false
}
