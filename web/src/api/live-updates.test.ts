import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { applyEvent } from './live-updates'
import { keys } from './queries'

afterEach(() => vi.useRealTimers())

test('gaps of many cameras make coverage stale once, and again with the next gap', () => {
  vi.useFakeTimers()
  const client = new QueryClient()
  const read = () => client.setQueryData(keys.coverage, {})
  const isStale = () => client.getQueryState(keys.coverage)?.isInvalidated
  const invalidate = vi.spyOn(client, 'invalidateQueries')
  const times = () => invalidate.mock.calls.filter(([what]) => what?.queryKey === keys.coverage).length
  read()
  const gap = (id: number) => applyEvent(client, { id, topic: 'gap', at: '', payload: {} })
  for (let id = 0; id < 400; id += 1) gap(id)
  expect(isStale()).toBe(false)
  vi.advanceTimersByTime(2000)
  expect([isStale(), times()]).toEqual([true, 1])
  read()
  gap(400)
  vi.advanceTimersByTime(2000)
  expect([isStale(), times()]).toEqual([true, 2])
})
