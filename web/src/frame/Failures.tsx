import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { IconMapOff } from '@tabler/icons-react'
import { LinkButton } from '@/parts/links'
import { Empty, Failure } from '@/parts/Notice'
import { Page } from '@/parts/Page'

/** A page that could not be shown. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
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
