import { Button, Tooltip } from '@mantine/core'
import { IconBookmarks } from '@tabler/icons-react'
import { useEffect, useState, type RefObject } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { bookmarksChanged, deleteBookmark, type Bookmark } from '@/api/bookmarks'
import { isTyping } from '@/frame/keys'
import { Confirm } from '@/parts/Confirm'
import { BookmarkDialog, type Noting } from './BookmarkDialog'
import { BookmarksDrawer } from './BookmarksDrawer'

interface Props {
  /** The one that is played back. */
  camera: { id: string; name: string }
  cameras: readonly { id: string; name: string }[]
  /** Gives the instant of the shown frame, or the span that is marked. */
  noted: RefObject<() => { startMs: number; endMs: number } | null>
  onGo: (camera: string, at: number) => void
}

/** The button with the list of bookmarks, and the key that makes one. */
export function Bookmarks({ camera, cameras, noted, onGo }: Props) {
  const [listed, setListed] = useState(false)
  const [noting, setNoting] = useState<Noting | null>(null)
  const [deleting, setDeleting] = useState(false)
  // What the dialog says while it closes.
  const [asked, setAsked] = useState<Bookmark | null>(null)
  const client = useQueryClient()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'b' || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event) || event.defaultPrevented) return
      if (document.querySelector('[role="dialog"], [role="menu"]')) return
      event.preventDefault()
      if (event.shiftKey) {
        setListed(true)
        return
      }
      const span = noted.current()
      if (span) setNoting({ camera, ...span })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  const edit = (bookmark: Bookmark) =>
    setNoting({
      camera: cameras.find(({ id }) => id === bookmark.camera_id) ?? { id: bookmark.camera_id, name: '' },
      startMs: Date.parse(bookmark.start),
      endMs: Date.parse(bookmark.end),
      bookmark,
    })
  return (
    <>
      <Tooltip label="All bookmarks (Shift B). B makes one at the playhead.">
        <Button
          variant="default"
          data-short=""
          leftSection={<IconBookmarks size={16} aria-hidden />}
          onClick={() => setListed(true)}
        >
          Bookmarks
        </Button>
      </Tooltip>
      <BookmarksDrawer
        // One dialog at a time: the list comes back when the other is done.
        opened={listed && noting === null && !deleting}
        cameras={cameras}
        onClose={() => setListed(false)}
        onGo={(bookmark) => onGo(bookmark.camera_id, Date.parse(bookmark.start))}
        onNew={() => {
          const span = noted.current()
          if (span) setNoting({ camera, ...span })
        }}
        onEdit={edit}
        onDelete={(bookmark) => {
          setAsked(bookmark)
          setDeleting(true)
        }}
      />
      <Confirm
        opened={deleting}
        title={`Delete “${asked?.title ?? ''}”?`}
        action="Delete bookmark"
        act={() => (asked ? deleteBookmark(asked.id) : Promise.resolve())}
        onDone={() => void bookmarksChanged(client)}
        onClose={() => setDeleting(false)}
      >
        The bookmark {asked && !asked.own ? `of ${asked.author} ` : ''}and its note are lost. The footage
        stays as it is.
      </Confirm>
      <BookmarkDialog noting={noting} onClose={() => setNoting(null)} />
    </>
  )
}
