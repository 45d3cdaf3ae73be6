/** HTTP to Vedette's API. Every failure is an `ApiError` whose message is fit for a person. */

import { CLIENT_HEADER } from '@/access/client-header'
import { session } from '@/access/session'

export class ApiError extends Error {
  constructor(
    /** 0 when no answer came. */
    readonly status: number,
    /** Stable and dotted: `camera.not_found`. */
    readonly code: string,
    message: string,
    /** The bad input, where there is one. */
    readonly field?: string,
    /** In how many seconds it may be tried again, where the server says so. */
    readonly retryAfterS?: number,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

export type Query = Record<
  string,
  string | number | boolean | readonly (string | number)[] | null | undefined
>

export interface Options {
  query?: Query
  body?: unknown
  /** A body that is no JSON, and what the answer is wanted as. */
  content?: { type: string; text: string | Blob }
  /** The version that an edit was based on. */
  ifMatch?: string | null
  signal?: AbortSignal
}

/** A resource and the version (ETag) it was read at. */
export interface Versioned<T> {
  data: T
  version: string | null
}

export const API = '/api/v1'

/** The path of an API resource with its query string; lists become repeated parameters. */
export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue
    if (typeof value === 'object') for (const item of value) params.append(key, String(item))
    else params.append(key, String(value))
  }
  const text = params.toString()
  return `${API}${path}${text ? `?${text}` : ''}`
}

/** Where a WebSocket of the API is. */
export function socketAddress(path: string, query: Query = {}): string {
  const url = new URL(address(path, query), window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

// The access token is too old or gone; other 401s say that a password or a code is wrong.
const RENEWABLE = new Set(['auth.needed', 'auth.invalid', 'auth.expired', 'auth.revoked'])

/** One request; when the login has to be renewed first, once more after that. */
async function send(method: string, path: string, options: Options): Promise<Response> {
  const asked = Date.now()
  const response = await attempt(method, path, options)
  if (response.ok) return response
  const failure = await problem(response)
  if (response.status !== 401 || !RENEWABLE.has(failure.code)) throw failure
  const outcome = await session.renew(asked)
  if (outcome === 'unreachable') throw unreachable()
  if (outcome === 'ended') throw failure
  const second = await attempt(method, path, options)
  if (second.ok) return second
  // Fresh tokens that are refused: whatever the reason is, this login is of no use.
  if (second.status === 401) session.ended()
  throw await problem(second)
}

async function attempt(method: string, path: string, options: Options): Promise<Response> {
  const { content } = options
  const headers: Record<string, string> = { Accept: content?.type ?? 'application/json', ...CLIENT_HEADER }
  if (content) headers['Content-Type'] = content.type
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.ifMatch) headers['If-Match'] = options.ifMatch
  try {
    return await fetch(address(path, options.query), {
      method,
      headers,
      body: content ? content.text : options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
}

function unreachable(): ApiError {
  return new ApiError(0, 'network', 'Vedette does not answer. Check that it is running and try again.')
}

interface Problem {
  title?: string
  detail?: unknown
  code?: string
  field?: string
}

async function problem(response: Response): Promise<ApiError> {
  let body: Problem = {}
  try {
    body = (await response.json()) as Problem
  } catch {
    // Not from the API itself (a proxy's page, say): the status line must do.
  }
  const detail = typeof body.detail === 'string' ? body.detail : undefined
  const message = detail ?? body.title ?? `Vedette answered ${response.status} ${response.statusText}.`
  const wait = Number(response.headers.get('Retry-After') ?? NaN)
  const retryAfterS = Number.isFinite(wait) ? wait : undefined
  return new ApiError(
    response.status,
    body.code ?? `http.${response.status}`,
    message,
    body.field,
    retryAfterS,
  )
}

async function json<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

export const api = {
  get: async <T>(path: string, options: Options = {}) => json<T>(await send('GET', path, options)),
  getVersioned: async <T>(path: string, options: Options = {}): Promise<Versioned<T>> => {
    const response = await send('GET', path, options)
    return { data: await json<T>(response), version: response.headers.get('ETag') }
  },
  /** For pictures. */
  blob: async (path: string, options: Options = {}) => (await send('GET', path, options)).blob(),
  post: async <T>(path: string, options: Options = {}) => json<T>(await send('POST', path, options)),
  /** For what is no JSON: the answer as it came. */
  exchange: (path: string, options: Options) => send('POST', path, options),
  put: async <T>(path: string, options: Options = {}) => json<T>(await send('PUT', path, options)),
  patch: async <T>(path: string, options: Options = {}) => json<T>(await send('PATCH', path, options)),
  delete: async (path: string, options: Options = {}) => {
    await send('DELETE', path, options)
  },
}

/** What to tell a person about any failure. */
export function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
