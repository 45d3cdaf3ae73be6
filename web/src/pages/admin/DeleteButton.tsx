import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useNavigate, type NavigateOptions } from '@tanstack/react-router'
import { IconTrash } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Confirm } from '@/parts/Confirm'

interface Props {
  /** With its name: `the zone Front`. */
  what: string
  /** `Delete zone` */
  action: string
  act: () => Promise<unknown>
  /** The list that it was in. */
  back: NonNullable<NavigateOptions['to']>
  /** Reads again what it was a part of; after the page of what is gone was left. */
  renew: (client: QueryClient) => Promise<unknown>
  /** What is lost with it. */
  children: ReactNode
}

/** Deletes what a page is about, once its name and what goes with it were read. */
export function DeleteButton({ what, action, act, back, renew, children }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        Delete…
      </Button>
      <Confirm
        opened={asking}
        title={`Delete ${what}?`}
        action={action}
        act={act}
        onDone={() => {
          notifications.show({ message: `${what.charAt(0).toUpperCase()}${what.slice(1)} was deleted.` })
          void navigate({ to: back, ignoreBlocker: true }).then(() => renew(client))
        }}
        onClose={() => setAsking(false)}
      >
        {children}
      </Confirm>
    </>
  )
}
