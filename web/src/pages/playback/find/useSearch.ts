import { useCallback, useEffect, useRef, useState } from 'react'
import { api, explain } from '@/api/client'
import type { FindLine } from '@/api/types'
import { linesOf } from './lines'
import { begun, withLine, type Results } from './results'

export interface Asked {
  camera: string
  start: number
  end: number
  region: [number, number][][]
  sensitivity: number
}

/** One search at a time. It ends with the page, and when another camera is looked at. */
export function useSearch(camera: string) {
  const [found, setFound] = useState<{ camera: string; results: Results } | null>(null)
  const running = useRef<AbortController | null>(null)

  const cancel = useCallback(() => {
    running.current?.abort()
    running.current = null
    setFound((now) =>
      now?.results.state === 'running' ? { ...now, results: { ...now.results, state: 'cancelled' } } : now,
    )
  }, [])
  useEffect(() => cancel, [camera, cancel])

  const search = (asked: Asked) => {
    cancel()
    const controller = (running.current = new AbortController())
    setFound({ camera: asked.camera, results: begun(asked.start, asked.end) })
    const change = (by: (now: Results) => Results) => {
      if (running.current !== controller) return
      setFound((now) => (now ? { ...now, results: by(now.results) } : now))
    }
    void follow(asked, controller.signal, (line) => change((now) => withLine(now, line))).catch(
      (error: unknown) => change((now) => ({ ...now, state: 'failed', problem: explain(error) })),
    )
  }
  return { results: found?.camera === camera ? found.results : null, search, cancel }
}

async function follow(asked: Asked, signal: AbortSignal, told: (line: FindLine) => void): Promise<void> {
  const response = await api.exchange(`/playback/${asked.camera}/find`, {
    body: {
      start: new Date(asked.start).toISOString(),
      end: new Date(asked.end).toISOString(),
      region: asked.region,
      sensitivity: asked.sensitivity,
    },
    signal,
  })
  let last = ''
  if (response.body)
    for await (const line of linesOf<FindLine>(response.body)) {
      last = line.kind
      told(line)
    }
  if (last !== 'done' && last !== 'failed')
    throw new Error('The connection broke before the search was over. Search again.')
}
