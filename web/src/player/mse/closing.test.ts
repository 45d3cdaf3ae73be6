import { expect, test } from 'vitest'
import type { Refusal } from '../refusal'
import { afterClose } from './closing'

const AT_THE_DOOR = { heard: false, second: false, refusal: null }
const WATCHING = { heard: true, second: false, refusal: null }
const SECOND_AT_THE_DOOR = { heard: false, second: true, refusal: null }
const SECOND_WATCHING = { heard: true, second: true, refusal: null }
const told = (code: string): { heard: boolean; second: boolean; refusal: Refusal } => ({
  ...AT_THE_DOOR,
  refusal: { code, detail: '', untilMs: null },
})

test.each([
  ['no such camera', 4404, AT_THE_DOOR, 'gone'],
  ['removed meanwhile', 4404, WATCHING, 'gone'],
  ['not any more', 4403, WATCHING, 'refused'],
  ['a ticket of another network, or not allowed', 4403, AT_THE_DOOR, 'ticket'],
  ['not with another ticket either', 4403, SECOND_AT_THE_DOOR, 'refused'],
  ['a login that ended', 4401, WATCHING, 'renew'],
  ['a login that had ended', 4401, AT_THE_DOOR, 'renew'],
  ['a new login that is refused too', 4401, SECOND_AT_THE_DOOR, 'refused'],
  ['a new login that ended later', 4401, SECOND_WATCHING, 'renew'],
  ['a camera without a picture', 4503, WATCHING, 'again'],
  ['too many connections', 4429, SECOND_AT_THE_DOOR, 'again'],
  ['too many viewers', 4429, told('live.too_many_of_camera'), 'full'],
  ['no conversion left', 4429, told('transcode.limit'), 'full'],
  ['nothing is converted here', 4503, told('transcode.off'), 'full'],
  ['a server that restarts', 1012, WATCHING, 'again'],
  ['a view that somebody ended', 4410, WATCHING, 'ended'],
  ['a broken connection', 1006, SECOND_AT_THE_DOOR, 'again'],
] as const)('%s', (_, code, socket, expected) => {
  expect(afterClose(code, socket)).toBe(expected)
})
