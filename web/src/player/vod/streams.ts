/** Which of a camera's recordings is played: the one that was chosen by hand, or the one that the line carries. */

import type { StreamKind } from '@/api/types'
import type { Loaded } from './playlist'
import type { VodState } from './state'
import { Uplink, type Choice } from './uplink'

export interface Played {
  state(): VodState
  change(changed: Partial<VodState>): void
  /** From now on this recording is played. */
  take(stream: StreamKind): void
}

export class Streams {
  private uplink = new Uplink()
  private hasSub = false

  constructor(private readonly player: Played) {}

  /** `auto` takes the sub-stream's where the line does not carry main's. */
  choose(choice: Choice, hasSub: boolean): void {
    this.hasSub = hasSub
    if (choice !== this.player.state().choice) this.uplink = new Uplink()
    this.player.change({ choice })
    if (choice === 'auto') {
      if (!hasSub) this.player.take('main')
    } else {
      this.player.take(choice)
    }
  }

  /** Footage came, or is coming. */
  measured(sample: Loaded): void {
    const { stream, choice, rate } = this.player.state()
    if (choice !== 'auto' || !this.hasSub) return
    const better = this.uplink.take(stream, sample, rate)
    if (better) this.player.take(better)
  }
}
