/** Whether a gap goes on. */

import type { Camera, CameraCoverage, Gap } from '@/api/types'

// States in which nothing is missing, or nothing is wanted: whatever gap there was is over.
const OVER = new Set(['recording', 'live', 'stopped'])

type Known = Pick<Camera, 'enabled'> & { status: { main: { state: string } | null } }

/**
 * A gap goes on while nothing is known after it and its camera does not record. What was read of the gaps is some moments
 * old; what the camera does is told at once.
 */
export function lasts(
  gap: Pick<Gap, 'end_ms'>,
  coverage: Pick<CameraCoverage, 'spans' | 'gaps'>,
  camera: Known | undefined,
): boolean {
  const state = camera?.enabled ? camera.status.main?.state : undefined
  if (state === undefined || OVER.has(state)) return false
  const ends = [...coverage.spans.map(([, end]) => end), ...coverage.gaps.map(({ end_ms }) => end_ms)]
  return gap.end_ms >= Math.max(...ends)
}
