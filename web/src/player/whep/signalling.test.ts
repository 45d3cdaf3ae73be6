import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { afterRefusal, iceServers } from './signalling'

describe('iceServers', () => {
  it('reads servers and their logins', () => {
    const link =
      '<stun:stun.example:3478>; rel="ice-server", ' +
      '<turn:turn.example?transport=udp>; rel="ice-server"; username="a"; credential="b"; credential-type="password", ' +
      '<https://example/>; rel="help"'
    expect(iceServers(link)).toEqual([
      { urls: 'stun:stun.example:3478' },
      { urls: 'turn:turn.example?transport=udp', username: 'a', credential: 'b' },
    ])
  })

  it('finds none where there are none', () => {
    expect(iceServers('')).toEqual([])
  })
})

describe('afterRefusal', () => {
  it.each([
    [404, 'camera.not_found', 'gone'],
    [401, 'auth.needed', 'refused'],
    [403, 'auth.forbidden', 'refused'],
    [422, 'whep.b_frames', 'other'],
    [422, 'whep.no_h264', 'other'],
    [429, 'whep.too_many', 'other'],
    [503, 'whep.full', 'other'],
    [503, 'whep.no_picture', 'again'],
    [0, 'network', 'again'],
  ])('%i %s', (status, code, wanted) => {
    expect(afterRefusal(new ApiError(status, code, ''))).toBe(wanted)
  })

  it('leaves what nobody foresaw to another player', () => {
    expect(afterRefusal(new TypeError('no RTCPeerConnection'))).toBe('other')
  })
})
