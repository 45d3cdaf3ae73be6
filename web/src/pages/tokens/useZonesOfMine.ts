import { useQuery } from '@tanstack/react-query'
import { useAccess } from '@/access/useAccess'
import { zonesQuery } from '@/api/people'
import { zonesOfMine, type NamedZone } from './draft'

export function useZonesOfMine(): NamedZone[] {
  const { me, may } = useAccess()
  const every = useQuery({ ...zonesQuery, enabled: may('user.manage') }).data
  return zonesOfMine(me.grants, every)
}
