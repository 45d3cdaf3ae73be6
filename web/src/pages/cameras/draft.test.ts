import { describe, expect, test } from 'vitest'
import { changesOf, emptyDraft, splitUrl, validate } from './draft'

describe('user and password in an address', () => {
  test.each([
    [
      'rtsp://admin:secret@10.0.0.5:554/s1',
      { url: 'rtsp://10.0.0.5:554/s1', username: 'admin', password: 'secret' },
    ],
    ['rtsp://admin:p%40ss@cam/s', { url: 'rtsp://cam/s', username: 'admin', password: 'p@ss' }],
    ['rtsp://admin:p@ss/w:rd@cam/s', { url: 'rtsp://cam/s', username: 'admin', password: 'p@ss/w:rd' }],
    ['rtsp://admin:100%@cam/s', { url: 'rtsp://cam/s', username: 'admin', password: '100%' }],
    ['rtsp://admin@cam/s', { url: 'rtsp://cam/s', username: 'admin', password: '' }],
    ['  RTSPS://a:b@cam/s ', { url: 'RTSPS://cam/s', username: 'a', password: 'b' }],
  ])('%s', (text, expected) => expect(splitUrl(text)).toEqual(expected))

  test.each(['rtsp://10.0.0.5/s1', 'admin:secret@10.0.0.5', ''])('%s has none', (text) =>
    expect(splitUrl(text)).toBeNull(),
  )
})

test('an empty form says what is missing', () => {
  expect(Object.keys(validate(emptyDraft('UTC')))).toEqual(['name', 'url'])
})

test('stored credentials are not sent, cleared ones are null, new ones are sent', () => {
  const draft = { ...emptyDraft('UTC'), name: ' Gate ', url: 'rtsp://cam/s' }
  expect(changesOf({ ...draft, keepCredentials: true })).not.toHaveProperty('password')
  expect(changesOf(draft)).toMatchObject({ name: 'Gate', username: null, password: null })
  expect(changesOf({ ...draft, username: 'a', password: 'b' })).toMatchObject({
    username: 'a',
    password: 'b',
  })
})

test('a lost login stays lost until it is entered, or said not to be needed', () => {
  const draft = { ...emptyDraft('UTC'), name: 'Gate', url: 'rtsp://cam/s', loginLost: true }
  expect(changesOf(draft)).not.toHaveProperty('username')
  expect(changesOf(draft)).not.toHaveProperty('password')
  expect(changesOf({ ...draft, username: 'a', password: 'b' })).toMatchObject({
    username: 'a',
    password: 'b',
  })
  expect(changesOf({ ...draft, noLogin: true })).toMatchObject({ username: null, password: null })
})

test('the plan is sent only in its mode, gigabytes become bytes', () => {
  const draft = { ...emptyDraft('Europe/Vienna'), keepGigabytes: 1.5 }
  expect(changesOf(draft)).toMatchObject({ schedule: null, keep_bytes: 1_500_000_000 })
  expect(changesOf({ ...draft, mode: 'schedule' }).schedule).toMatchObject({ timezone: 'Europe/Vienna' })
})
