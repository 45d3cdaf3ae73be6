/**
 * The picture that was last on the screen, kept over a video element whose media is being exchanged: the element itself
 * is black until the first frame of the new media.
 */
export class LastFrame {
  private readonly canvas = document.createElement('canvas')

  constructor(private readonly video: HTMLVideoElement) {
    this.canvas.setAttribute('aria-hidden', 'true')
    this.canvas.dataset.part = 'last-frame'
    Object.assign(this.canvas.style, {
      display: 'none',
      position: 'absolute',
      inset: '0',
      width: '100%',
      height: '100%',
      objectFit: 'contain',
      pointerEvents: 'none',
    })
    video.after(this.canvas)
  }

  /** Keeps what the element shows now. Without a picture in it, what was kept before stays. */
  keep(): void {
    const { video } = this
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return
    delete this.canvas.dataset.at
    this.put(video, video.videoWidth, video.videoHeight)
  }

  /** Shows the picture of another place in its stead. */
  replace(picture: VideoFrame): void {
    this.canvas.dataset.at = (picture.timestamp / 1e6).toFixed(3)
    this.put(picture, picture.displayWidth, picture.displayHeight)
  }

  /** The element has a picture of its own, or there is none to show. */
  drop(): void {
    this.canvas.style.display = 'none'
  }

  destroy(): void {
    this.canvas.remove()
  }

  private put(image: CanvasImageSource, width: number, height: number): void {
    const { canvas } = this
    canvas.width = width
    canvas.height = height
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
    canvas.style.display = 'block'
  }
}
