import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { IconLock, IconMapOff } from '@tabler/icons-react'
import type { Permission } from '@/api/types'
import { Forbidden } from '@/access/needs'
import { useAccess } from '@/access/useAccess'
import { LinkButton } from '@/parts/links'
import { Empty, Failure } from '@/parts/Notice'
import { Page } from '@/parts/Page'
import { permissionWords } from '@/words/permissions'

/** A page that could not be shown. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  if (error instanceof Forbidden) return <NotAllowed permission={error.permission} />
  return (
    <div style={{ padding: 24, maxWidth: 720 }}>
      <Failure
        error={error}
        onRetry={() => {
          reset()
          void router.invalidate()
        }}
      />
    </div>
  )
}

export function NotFound() {
  return (
    <Page title="No such page">
      <Empty
        icon={<IconMapOff size={40} stroke={1.25} />}
        title="There is no such page"
        action={<LinkButton to="/">Go to the overview</LinkButton>}
      >
        The address may be mistyped, or the page was removed.
      </Empty>
    </Page>
  )
}

/** The address names a camera that does not exist, or that one may not see: both look the same, to everybody. */
export function NoSuchCamera() {
  const { me } = useAccess()
  return (
    <Page title="No such camera">
      <Empty
        icon={<IconMapOff size={40} stroke={1.25} />}
        title="There is no such camera"
        action={<LinkButton to="/cameras">All cameras</LinkButton>}
      >
        {me.everywhere.includes('camera.view')
          ? 'The address may be mistyped, or the camera was deleted.'
          : `The address may be mistyped, the camera was deleted, or it is not shared with ${me.name}. Ask an administrator if you need it.`}
      </Empty>
    </Page>
  )
}

/** The page is there, and not for this person. */
export function NotAllowed({ permission }: { permission: Permission }) {
  const { me } = useAccess()
  return (
    <Page title="Not allowed">
      <Empty
        icon={<IconLock size={40} stroke={1.25} />}
        title="This page is not open to you"
        action={<LinkButton to="/">Go to the overview</LinkButton>}
      >
        You are signed in as {me.name}, and may not {permissionWords(permission).doing}. An administrator can
        give you a role that allows it ({permission}).
      </Empty>
    </Page>
  )
}
