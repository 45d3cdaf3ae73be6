import { IconDeviceCctv } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAccess } from '@/access/useAccess'
import { LinkButton } from './links'
import { Empty } from './Notice'

/** What stands where no camera is: how to add one, or for who may not, how to get to see one. */
export function NoCamera({ title = 'No camera yet', children }: { title?: string; children: ReactNode }) {
  const { may } = useAccess()
  const icon = <IconDeviceCctv size={40} stroke={1.25} />
  if (may('camera.create'))
    return (
      <Empty icon={icon} title={title} action={<LinkButton to="/cameras/new">Add a camera</LinkButton>}>
        {children}
      </Empty>
    )
  return (
    <Empty icon={icon} title="No camera is shared with you yet">
      Ask an administrator of this site to give you a role in a zone or on a camera. What you may see then
      appears here by itself.
    </Empty>
  )
}
