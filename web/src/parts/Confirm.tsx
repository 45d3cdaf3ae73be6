import { Button, Group, Modal, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failure } from './Notice'

interface Props {
  opened: boolean
  /** A question: `Delete Front?` */
  title: string
  /** What is done, as a verb: `Delete zone`. */
  action: string
  /** What is lost by it. */
  children: ReactNode
  /** What is not destructive is not red. */
  harmless?: boolean
  act: () => Promise<unknown>
  /** It was done; the dialog is closed already. */
  onDone?: () => void
  onClose: () => void
  /** It is out of sight. */
  onClosed?: () => void
}

/** Asks before something is done, says what it takes away, and why it could not be done. */
export function Confirm({
  opened,
  title,
  action,
  children,
  harmless,
  act,
  onDone,
  onClose,
  onClosed,
}: Props) {
  const doing = useMutation({
    mutationFn: act,
    onSuccess: () => {
      onClose()
      onDone?.()
    },
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => {
        doing.reset()
        onClosed?.()
      }}
      title={title}
    >
      <Stack>
        <div>{children}</div>
        {doing.error && <Failure error={doing.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            {...(harmless ? {} : { color: 'red' })}
            loading={doing.isPending}
            onClick={() => doing.mutate()}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
