import { useQuery } from '@tanstack/react-query'
import { camerasQuery } from '@/api/queries'
import type { Camera } from '@/api/types'

/** The camera of an address. `missing` once the list is there and it is not in it. */
export function useCameraBySlug(slug: string): {
  camera: Camera | undefined
  missing: boolean
  error: unknown
  retry: () => void
} {
  const cameras = useQuery(camerasQuery)
  const camera = cameras.data?.find((candidate) => candidate.slug === slug || candidate.id === slug)
  return {
    camera,
    missing: cameras.data !== undefined && !camera && !cameras.isFetching,
    error: cameras.data ? null : cameras.error,
    retry: () => void cameras.refetch(),
  }
}
