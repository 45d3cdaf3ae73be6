import { ActionIcon, Button, Drawer, Select, Skeleton, Stack, Tooltip } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconBookmark, IconBookmarkPlus, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { bookmarkPages, type Bookmark } from '@/api/bookmarks'
import { MoreRows } from '@/parts/MoreRows'
import { Empty, Failure } from '@/parts/Notice'
import { useNow, useZone } from '@/state/hooks'
import { duration, moment } from '@/words/format'
import { zoneName } from '@/words/zone'
import classes from './Bookmarks.module.css'

interface Named {
  id: string
  name: string
}

interface Props {
  opened: boolean
  cameras: readonly Named[]
  onClose: () => void
  onGo: (bookmark: Bookmark) => void
  /** One at the playhead is wanted. */
  onNew: () => void
  onEdit: (bookmark: Bookmark) => void
  onDelete: (bookmark: Bookmark) => void
}

/** All bookmarks of one camera or of every one: to go to, change and delete. */
export function BookmarksDrawer({ opened, onClose, ...list }: Props) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      title="Bookmarks"
      // The picture stays in sight while one goes through them.
      overlayProps={{ backgroundOpacity: 0 }}
    >
      {opened && <List {...list} />}
    </Drawer>
  )
}

function List({ cameras, onGo, onNew, onEdit, onDelete }: Omit<Props, 'opened' | 'onClose'>) {
  const zone = useZone()
  const now = useNow(60_000)
  const [camera, setCamera] = useState<string | null>(null)
  const list = useInfiniteQuery(bookmarkPages(camera))
  const shown = list.data?.pages.flatMap(({ items }) => items)
  const nameOf = (id: string) => cameras.find((one) => one.id === id)?.name ?? 'A removed camera'
  return (
    <Stack gap="sm">
      <Button leftSection={<IconBookmarkPlus size={16} aria-hidden />} onClick={onNew}>
        Bookmark the playhead
      </Button>
      <Select
        label="Camera"
        placeholder="All cameras"
        data={cameras.map(({ id, name }) => ({ value: id, label: name }))}
        value={camera}
        onChange={setCamera}
        clearable
        searchable
      />
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {!shown && !list.error && <Skeleton height={160} aria-label="Loading the bookmarks" />}
      {shown?.length === 0 && (
        <Empty icon={<IconBookmark size={40} stroke={1.25} />} title="No bookmark yet">
          Press B while you play back: the instant is kept, with your words.
        </Empty>
      )}
      {shown && shown.length > 0 && (
        <>
          <p className="meta" style={{ margin: 0 }}>
            Times are those of {zoneName(now, zone)}.
          </p>
          <ul className={classes.list}>
            {shown.map((one) => (
              <li key={one.id} className={classes.item}>
                <button type="button" className={classes.go} onClick={() => onGo(one)}>
                  <strong>{one.title}</strong>
                  <span className="meta tabular">
                    {nameOf(one.camera_id)}, {when(one, zone, now)}
                  </span>
                  {one.note && <span className={classes.note}>{one.note}</span>}
                  <span className="meta">by {one.own ? 'you' : one.author}</span>
                </button>
                {one.own && (
                  <Tooltip label="Edit">
                    <ActionIcon aria-label={`Edit ${one.title}`} onClick={() => onEdit(one)}>
                      <IconPencil size={16} />
                    </ActionIcon>
                  </Tooltip>
                )}
                {one.deletable && (
                  <Tooltip label="Delete">
                    <ActionIcon aria-label={`Delete ${one.title}`} onClick={() => onDelete(one)}>
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Tooltip>
                )}
              </li>
            ))}
          </ul>
          <MoreRows
            more={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </Stack>
  )
}

function when({ start, end }: Bookmark, zone: string, now: number): string {
  const [from, to] = [Date.parse(start), Date.parse(end)]
  const said = moment(from, zone, now)
  return to > from ? `${said}, ${duration(to - from)}` : said
}
