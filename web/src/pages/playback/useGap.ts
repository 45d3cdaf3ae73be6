import { useQuery } from '@tanstack/react-query'
import { coverageQuery } from '@/api/queries'
import type { Gap } from '@/api/types'
import { DAY } from '@/words/zone'

/** The gap that holds `at`, with its cause; null outside of gaps and while it is not known. */
export function useGap(camera: string, at: number | null): Gap | null {
  const around = at === null ? 0 : Math.floor(at / DAY) * DAY
  const { data } = useQuery({
    ...coverageQuery({ cameras: [camera], start: around - DAY, end: around + 2 * DAY, resolutionMs: 1 }),
    enabled: at !== null,
  })
  if (at === null) return null
  return data?.cameras[0]?.gaps.find((gap) => gap.start_ms <= at && at < gap.end_ms) ?? null
}
