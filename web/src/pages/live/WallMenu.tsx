import { Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  IconArrowBackUp,
  IconCheck,
  IconChevronDown,
  IconCopy,
  IconDeviceFloppy,
  IconDeviceTv,
  IconPencil,
  IconShare,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { ApiError, explain } from '@/api/client'
import { changeWall, deleteWall, readWall, wallsChanged, wallsQuery } from '@/api/walls'
import type { Wall, WallZone } from '@/api/walls'
import { Confirm } from '@/parts/Confirm'
import { ChangedWall } from './ChangedWall'
import { bodyOf, contentOf, same } from '@/parts/wall/content'
import classes from './LiveBar.module.css'
import type { OpenWall } from './useWall'
import { KioskLink, NameWall, ShareWall } from './WallDialogs'

interface Props {
  open: OpenWall
  zones: readonly WallZone[]
  onOpen: (id: string | null) => void
}

type Dialog = 'changed' | 'save as' | 'rename' | 'share' | 'kiosk' | 'delete'

/** Which wall is open, the others, and what can be done with it. */
export function WallMenu({ open, zones, onOpen }: Props) {
  const { may, me } = useAccess()
  const client = useQueryClient()
  const walls = useQuery(wallsQuery).data ?? []
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const { saved, content, unsaved } = open
  const own = saved?.own ?? false
  const name = saved?.name ?? (unsaved ? 'Not saved' : 'All cameras')
  const save = useMutation({
    mutationFn: () => changeWall(saved?.id ?? '', bodyOf(content), open.version),
    onSuccess: async () => {
      await wallsChanged(client)
      open.discard()
      notifications.show({ message: `${name} was saved.` })
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 412) setDialog('changed')
      else notifications.show({ color: 'red', message: explain(error) })
    },
  })
  // Its name or who may see it was changed here: that must not stand in the way of saving what is arranged.
  const edited = async () => {
    if (!saved) return
    const now = await readWall(saved.id)
    if (same(contentOf(now.data), contentOf(saved))) open.rebase(now.version)
  }
  const close = () => setDialog(null)
  const entry = (wall: Wall) => (
    <Menu.Item
      key={wall.id}
      leftSection={
        <IconCheck size={16} visibility={wall.id === saved?.id ? 'visible' : 'hidden'} aria-hidden />
      }
      rightSection={wall.own ? null : <span className="meta">{wall.owner}</span>}
      aria-current={wall.id === saved?.id}
      onClick={() => onOpen(wall.id)}
    >
      {wall.name}
    </Menu.Item>
  )
  const mine = walls.filter((wall) => wall.own)
  const others = walls.filter((wall) => !wall.own)
  return (
    <>
      <Menu position="bottom-start" portalProps={{ target: '#main' }} width={260}>
        <Menu.Target>
          <button
            type="button"
            className={classes.wall}
            aria-label={`Wall: ${name}${unsaved ? ', not saved' : ''}`}
          >
            <span className={classes.short}>{name}</span>
            {unsaved && saved && <span className={classes.unsaved}>changed</span>}
            <IconChevronDown size={16} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu ?? ''}>
          <Menu.Item
            leftSection={<IconCheck size={16} visibility={saved ? 'hidden' : 'visible'} aria-hidden />}
            onClick={() => onOpen(null)}
          >
            {saved || !unsaved ? 'All cameras' : 'Not saved'}
          </Menu.Item>
          {mine.length > 0 && <Menu.Label>Your walls</Menu.Label>}
          {mine.map(entry)}
          {others.length > 0 && <Menu.Label>Shared with you</Menu.Label>}
          {others.map(entry)}
          <Menu.Divider />
          {own && (
            <Menu.Item
              leftSection={<IconDeviceFloppy size={16} />}
              disabled={!unsaved || save.isPending}
              onClick={() => save.mutate()}
            >
              Save
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => setDialog('save as')}>
            {saved && !own ? 'Copy to your walls…' : 'Save as…'}
          </Menu.Item>
          {unsaved && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={open.discard}>
              {saved ? 'Discard changes' : 'Back to all cameras'}
            </Menu.Item>
          )}
          {own && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('rename')}>
              Rename…
            </Menu.Item>
          )}
          {own && (may('wall.share') || (saved?.shared_with.length ?? 0) > 0) && (
            <Menu.Item leftSection={<IconShare size={16} />} onClick={() => setDialog('share')}>
              Share…
            </Menu.Item>
          )}
          {saved && (
            <Menu.Item leftSection={<IconDeviceTv size={16} />} onClick={() => setDialog('kiosk')}>
              Link for a screen…
            </Menu.Item>
          )}
          {saved && (own || may('user.manage')) && (
            <>
              <Menu.Divider />
              <Menu.Item
                color="var(--v-recording-text)"
                leftSection={<IconTrash size={16} />}
                onClick={() => setDialog('delete')}
              >
                Delete…
              </Menu.Item>
            </>
          )}
          {saved && (saved.hidden > 0 || saved.shared_with.length > 0) && (
            <>
              <Menu.Divider />
              <p className={classes.note}>
                <IconUsers size={16} aria-hidden />
                <span>{[sharedWords(saved), hiddenWords(saved.hidden)].filter(Boolean).join(' ')}</span>
              </p>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <NameWall
        key={`name ${dialog ?? ''}`}
        opened={dialog === 'save as' || dialog === 'rename'}
        wall={dialog === 'rename' ? saved : null}
        proposed={saved ? `${saved.name}${own ? ' 2' : ''}` : ''}
        open={open}
        onClose={close}
        onSaved={onOpen}
        onEdited={edited}
      />
      {saved && (
        <>
          <ChangedWall
            opened={dialog === 'changed'}
            wall={saved}
            open={open}
            zones={zones}
            onClose={close}
            onCopy={() => setDialog('save as')}
          />
          <ShareWall opened={dialog === 'share'} wall={saved} onClose={close} onEdited={edited} />
          <KioskLink opened={dialog === 'kiosk'} wall={saved} onClose={close} />
          <Confirm
            opened={dialog === 'delete'}
            title={`Delete ${saved.name}?`}
            action="Delete wall"
            act={() => deleteWall(saved.id)}
            onClose={close}
            onDone={() => {
              open.discard()
              onOpen(null)
              void wallsChanged(client)
              notifications.show({ message: `${saved.name} was deleted.` })
            }}
          >
            {saved.own
              ? saved.shared_with.length > 0
                ? `Its arrangement is lost, also for those it is shared with (${names(saved)}). Cameras and footage stay.`
                : 'Its arrangement is lost. Cameras and footage stay.'
              : `It belongs to ${saved.owner}, for whom it is lost as well as for those it is shared with. You can because you manage people, ${me.user?.display_name || 'administrator'}.`}
          </Confirm>
        </>
      )}
    </>
  )
}

const names = (wall: Wall) => wall.shared_with.map(({ name }) => name).join(', ')
const sharedWords = (wall: Wall) => (wall.shared_with.length > 0 ? `Shared with ${names(wall)}.` : '')
const hiddenWords = (hidden: number) =>
  hidden === 0
    ? ''
    : hidden === 1
      ? 'One of its cameras is not open to you.'
      : `${hidden} of its cameras are not open to you.`
