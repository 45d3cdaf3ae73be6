/** Starts an element. The browser refuses sound before the first click: then it plays without. */
export async function playAloud(video: HTMLMediaElement): Promise<void> {
  try {
    await video.play()
  } catch (error) {
    // Another reason is a pause or a new source that came in between: that is what is wanted now.
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return
    video.muted = true
    await video.play().catch(() => undefined)
  }
}
