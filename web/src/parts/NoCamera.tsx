import { IconDeviceCctv } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { meQuery } from '@/access/me'
import { useAccess } from '@/access/useAccess'
import { camerasQuery } from '@/api/queries'
import { LinkButton } from './links'
import { Empty } from './Notice'

/** How soon what one was just given appears. */
const LOOK_EVERY_MS = 5_000

/** What stands where no camera is: how to add one, or for who may not, how to get to see one. `missing` is what one may
 * do with none of the cameras that one sees. */
export function NoCamera(props: { title?: string; missing?: string; children: ReactNode }) {
  const { title = 'No camera yet', missing, children } = props
  const { may } = useAccess()
  useQuery({ ...meQuery, refetchInterval: LOOK_EVERY_MS })
  const seen = useQuery({ ...camerasQuery, refetchInterval: LOOK_EVERY_MS }).data?.length ?? 0
  const icon = <IconDeviceCctv size={40} stroke={1.25} />
  if (may('camera.create') && !(missing && seen))
    return (
      <Empty icon={icon} title={title} action={<LinkButton to="/cameras/new">Add a camera</LinkButton>}>
        {children}
      </Empty>
    )
  if (missing && seen)
    return (
      <Empty icon={icon} title={`You may not ${missing} now`}>
        You see {seen === 1 ? 'one camera' : `${seen} cameras`}, but your roles do not let you {missing} here,
        or not at this hour. Ask an administrator of this site. What you may do then appears here by itself.
      </Empty>
    )
  return (
    <Empty icon={icon} title="No camera is shared with you yet">
      Ask an administrator of this site to give you a role in a zone or on a camera; one that is for certain
      hours counts in those. What you may see then appears here by itself.
    </Empty>
  )
}
