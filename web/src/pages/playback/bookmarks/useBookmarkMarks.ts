import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { bookmarksBetween } from '@/api/bookmarks'
import type { Mark } from '@/timeline/marks'
import { toMark, windowAround } from './window'

/** The bookmarks around an instant, as marks for the timeline. */
export function useBookmarkMarks(at: number): Mark[] {
  const { start, end } = windowAround(at)
  const bookmarks = useQuery(bookmarksBetween(start, end)).data
  return useMemo(() => (bookmarks ?? []).map(toMark), [bookmarks])
}
