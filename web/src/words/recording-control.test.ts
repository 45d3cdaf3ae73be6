import { expect, test } from 'vitest'
import { recordingVerb } from './recording-control'

test.each([
  ['continuous', null, 'recording', 'stop'],
  ['continuous', null, 'waiting', 'stop'], // a wrong password: there is nothing to start
  ['continuous', null, 'connecting', 'stop'],
  ['continuous', 'stop', 'live', 'start'],
  ['continuous', 'stop', 'recording', 'start'], // just pressed
  ['manual', null, 'live', 'start'],
  ['manual', null, 'waiting', 'start'],
  ['manual', 'start', 'waiting', 'stop'],
  ['manual', 'start', 'recording', 'stop'],
  ['off', null, 'live', 'start'],
  ['schedule', null, 'recording', 'stop'],
  ['schedule', null, 'live', 'start'],
] as const)('%s, by hand %s, %s: %s', (recording_mode, recording_override, state, verb) =>
  expect(recordingVerb({ recording_mode, recording_override, status: { main: { state } } })).toBe(verb),
)
