import { Button, Modal, Tabs } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useState } from 'react'
import { Allowed } from '@/access/useAccess'
import type { Span } from '@/player/marks'
import { Links } from './Links'
import { NewLink } from './NewLink'

interface Props {
  camera: { id: string; name: string }
  at: number
  span: Span | null
}

/** Gives away a link to the marked span, or to the footage around the instant, and shows those that one has given away. */
export function ShareButton({ camera, at, span }: Props) {
  const [around, setAround] = useState<number | null>(null)
  return (
    <>
      <Button
        variant="default"
        data-short=""
        leftSection={<IconShare size={16} aria-hidden />}
        onClick={() => setAround(at)}
      >
        Share
      </Button>
      <Modal opened={around !== null} onClose={() => setAround(null)} title="Share footage" size="lg">
        <Tabs defaultValue="new" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="new">New link</Tabs.Tab>
            <Tabs.Tab value="own">My links</Tabs.Tab>
            <Allowed permission="user.manage">
              <Tabs.Tab value="all">All links</Tabs.Tab>
            </Allowed>
          </Tabs.List>
          <Tabs.Panel value="new">
            {around !== null && <NewLink camera={camera} at={around} span={span} />}
          </Tabs.Panel>
          <Tabs.Panel value="own">
            <Links everybody={false} />
          </Tabs.Panel>
          <Tabs.Panel value="all">
            <Links everybody />
          </Tabs.Panel>
        </Tabs>
      </Modal>
    </>
  )
}
