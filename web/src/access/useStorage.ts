import { useQuery } from '@tanstack/react-query'
import { storageQuery } from '@/api/queries'
import { useAccess } from './useAccess'

/** How footage is stored, for those who may see that; for others it is never asked for, and `allowed` is false. */
export function useStorage() {
  const { may } = useAccess()
  const allowed = may('storage.view')
  const query = useQuery({ ...storageQuery, enabled: allowed })
  return { ...query, data: allowed ? query.data : undefined, allowed }
}
