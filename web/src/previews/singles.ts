/** Single pictures for places that have no sheet yet: one on its way at a time, always of the newest place. */

import { api } from '@/api/client'

export class Singles {
  private wanted: { camera: string; at: number } | null = null
  private busy = false

  /** `fetch` rejects where there is no picture. */
  constructor(
    private readonly shown: (image: ImageBitmap) => void,
    private readonly fetch: (camera: string, at: number) => Promise<ImageBitmap> = pictureOf,
  ) {}

  want(camera: string, at: number): void {
    this.wanted = { camera, at }
    if (!this.busy) void this.run()
  }

  /** Nothing is wanted any more; what comes all the same is not shown. */
  stop(): void {
    this.wanted = null
  }

  private wants(camera: string): boolean {
    return this.wanted?.camera === camera
  }

  private async run(): Promise<void> {
    this.busy = true
    while (this.wanted) {
      const asked = this.wanted
      try {
        const image = await this.fetch(asked.camera, asked.at)
        // The hand may be a little further; a picture of a moment ago is better than none.
        if (this.wants(asked.camera)) this.shown(image)
        image.close()
      } catch {
        // There is none here; the next place may have one.
      }
      if (this.wanted === asked) this.wanted = null
    }
    this.busy = false
  }
}

async function pictureOf(camera: string, at: number): Promise<ImageBitmap> {
  const query = { at: new Date(at).toISOString(), width: 320, missing: 'empty' }
  return createImageBitmap(await api.blob(`/cameras/${camera}/snapshot.jpg`, { query }))
}
