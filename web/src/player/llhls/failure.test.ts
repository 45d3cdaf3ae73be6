import { describe, expect, it } from 'vitest'
import { afterFailure } from './failure'

const fresh = { mended: false, refusals: 0 }

describe('what follows on a failure', () => {
  it.each([
    ['mediaError', 'manifestIncompatibleCodecsError', 0, fresh, 'unsupported'],
    ['mediaError', 'bufferAddCodecError', 0, fresh, 'unsupported'],
    ['mediaError', 'bufferStalledError', 0, fresh, 'mend'],
    ['mediaError', 'bufferStalledError', 0, { mended: true, refusals: 0 }, 'again'],
    ['networkError', 'manifestLoadError', 404, fresh, 'gone'],
    ['networkError', 'fragLoadError', 404, fresh, 'again'],
    ['networkError', 'manifestLoadError', 401, fresh, 'login'],
    ['networkError', 'levelLoadError', 403, { mended: false, refusals: 1 }, 'login'],
    ['networkError', 'levelLoadError', 403, { mended: false, refusals: 2 }, 'refused'],
    ['networkError', 'manifestLoadError', 503, fresh, 'again'],
    ['networkError', 'manifestLoadTimeOut', 0, fresh, 'again'],
  ] as const)('%s %s %i', (type, details, status, was, wanted) => {
    expect(afterFailure(type, details, status, was)).toBe(wanted)
  })
})
