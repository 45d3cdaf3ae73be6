import { Button, Group, Modal, Stack } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useRef, type ReactNode } from 'react'

/**
 * Asks before a page with unsaved work is left, by a link or by closing the tab. Other addresses of the same page (a filter,
 * an open dialog) leave nothing, and who was signed out can't save any more. Returns how to let the next one through: for
 * what goes on to another page once it has saved.
 */
export function useUnsaved(unsaved: boolean): { dialog: ReactNode; saved: () => void } {
  const through = useRef(false)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      unsaved && !through.current && current.pathname !== next.pathname && next.pathname !== '/login',
    enableBeforeUnload: () => unsaved && !through.current,
    withResolver: true,
  })
  const stay = () => blocker.reset?.()
  return {
    saved: () => {
      through.current = true
    },
    dialog: (
      <Modal opened={blocker.status === 'blocked'} onClose={stay} title="Leave without saving?">
        <Stack>
          <p>What you changed on this page is not saved, and is lost when you leave it.</p>
          <Group justify="flex-end">
            <Button variant="default" color="red" onClick={() => blocker.proceed?.()}>
              Leave without saving
            </Button>
            <Button data-autofocus onClick={stay}>
              Stay here
            </Button>
          </Group>
        </Stack>
      </Modal>
    ),
  }
}

/** The same as a part, for pages that stay where they are when they save. */
export function Unsaved({ when }: { when: boolean }) {
  return useUnsaved(when).dialog
}
