import { useQuery } from '@tanstack/react-query'
import { viewersQuery } from '@/api/watching'
import { count } from '@/words/format'

/** How many watch a camera live, oneself among them; nothing while nobody does. */
export function ViewerCount({ camera, before = '' }: { camera: string; before?: string }) {
  const viewers = useQuery(viewersQuery).data?.[camera] ?? 0
  return viewers > 0 && `${before}${count(viewers, 'viewer')}`
}
