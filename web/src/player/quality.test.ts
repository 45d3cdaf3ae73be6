import { describe, expect, it } from 'vitest'
import { afterRefusal, afterUnsupported, asking, menuOf } from './quality'

describe('what is asked for next', () => {
  it('is H.264 for what the browser cannot decode, once', () => {
    const converted = afterUnsupported(asking('main', null))
    expect(converted).toMatchObject({ stream: 'main', quality: 'h264', why: 'Converted for this browser' })
    expect(converted && afterUnsupported(converted)).toBeNull()
  })

  it('is the sub-stream, with the reason, where the server cannot convert, and then nothing', () => {
    const sub = afterRefusal(asking('main', 'h264'), 'Two are running.')
    expect(sub).toMatchObject({ stream: 'sub', quality: null, why: 'Two are running.' })
    // A sub-stream that can't be decoded either is not asked for in another way.
    expect(sub && afterUnsupported(sub)).toBeNull()
    expect(afterRefusal(asking('sub', 'h264'), 'Two are running.')).toBeNull()
  })

  it('is nothing else where too many watch the stream itself', () => {
    expect(afterRefusal(asking('main', null), '100 viewers')).toBeNull()
  })
})

it('offers only qualities that make the picture smaller', () => {
  expect(menuOf(3840, 2160)).toEqual(['1440p', '1080p', '720p', '480p', '360p'])
  expect(menuOf(1280, 720)).toEqual(['480p', '360p'])
  expect(menuOf(1080, 1920)).toEqual(['720p', '480p', '360p'])
  expect(menuOf(640, 360)).toEqual([])
  expect(menuOf(null, undefined)).toEqual([])
})
