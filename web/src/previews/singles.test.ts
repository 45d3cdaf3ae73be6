import { describe, expect, it, vi } from 'vitest'
import { Singles } from './singles'

/** Answers in the order in which they are let go. */
function slow() {
  const asked: { at: number; answer: (there: boolean) => Promise<void> }[] = []
  const fetch = vi.fn(
    (_camera: string, at: number) =>
      new Promise<ImageBitmap>((resolve, reject) => {
        const answer = async (there: boolean) => {
          if (there) resolve({ at, close: () => undefined } as unknown as ImageBitmap)
          else reject(new Error('none'))
          await new Promise((done) => setTimeout(done))
        }
        asked.push({ at, answer })
      }),
  )
  const seen: number[] = []
  const singles = new Singles((image) => seen.push((image as unknown as { at: number }).at), fetch)
  return { singles, asked, seen }
}

describe('single pictures', () => {
  it('asks for one at a time, and then for the newest place', async () => {
    const { singles, asked, seen } = slow()
    for (const at of [1, 2, 3]) singles.want('gate', at)
    expect(asked.map(({ at }) => at)).toEqual([1])
    await asked[0]?.answer(true)
    expect([asked.map(({ at }) => at), seen]).toEqual([[1, 3], [1]])
    await asked[1]?.answer(true)
    expect([asked.length, seen]).toEqual([2, [1, 3]])
  })

  it('goes on after a place without a picture', async () => {
    const { singles, asked, seen } = slow()
    singles.want('gate', 1)
    singles.want('gate', 2)
    await asked[0]?.answer(false)
    await asked[1]?.answer(true)
    expect(seen).toEqual([2])
  })

  it('shows nothing of another camera, or once nothing is wanted', async () => {
    const { singles, asked, seen } = slow()
    singles.want('gate', 1)
    singles.want('yard', 2)
    await asked[0]?.answer(true)
    singles.stop()
    await asked[1]?.answer(true)
    expect([asked.length, seen]).toEqual([2, []])
    singles.want('yard', 3)
    await asked[2]?.answer(true)
    expect(seen).toEqual([3])
  })
})
