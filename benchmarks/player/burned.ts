const CELLS = 24
const canvas = document.createElement('canvas')
const context = canvas.getContext('2d', { willReadFrequently: true })

/** As `media.simulator.counter.read`. */
export function burnedNumber(video: HTMLVideoElement | HTMLCanvasElement): number | null {
  const [width, height] = 'videoWidth' in video ? [video.videoWidth, video.videoHeight] : [video.width, video.height]
  if (!context || width === 0) return null
  canvas.width = CELLS
  canvas.height = 1
  const top = height - Math.floor((2 * height) / 45)
  const cell = width / 40
  context.drawImage(video, cell, top + height / 180, CELLS * cell, height / 90, 0, 0, CELLS, 1)
  const pixels = context.getImageData(0, 0, CELLS, 1).data
  const bits = Array.from({ length: CELLS }, (_, index) => (pixels[4 * index + 1] > 128 ? 1 : 0))
  const number = parseInt(bits.slice(2, 18).join(''), 2)
  const check = ((number >> 12) ^ (number >> 8) ^ (number >> 4) ^ number) & 15
  const whole = bits[0] === 1 && bits[1] === 0 && bits[22] === 0 && bits[23] === 1
  return whole && parseInt(bits.slice(18, 22).join(''), 2) === check ? number : null
}
