import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { bookmarksChanged, changeBookmark, createBookmark, type Bookmark } from '@/api/bookmarks'
import { errorAt, errorBeside } from '@/api/field-errors'
import { FormFailure, useInvalidField } from '@/parts/FormFailure'
import { useNow, useZone } from '@/state/hooks'
import { duration, moment, stretch } from '@/words/format'
import { zoneName } from '@/words/zone'

/** What is to be noted: a new instant or span of a camera, or a bookmark that there is. */
export interface Noting {
  camera: { id: string; name: string }
  startMs: number
  endMs: number
  bookmark?: Bookmark
}

interface Props {
  noting: Noting | null
  onClose: () => void
}

/** Asks for the words of a bookmark. */
export function BookmarkDialog({ noting, onClose }: Props) {
  return (
    <Modal
      opened={noting !== null}
      onClose={onClose}
      title={noting?.bookmark ? 'Edit the bookmark' : 'New bookmark'}
    >
      {noting && <Form key={noting.bookmark?.id ?? noting.startMs} noting={noting} onClose={onClose} />}
    </Modal>
  )
}

function Form({ noting: { camera, startMs, endMs, bookmark }, onClose }: Props & { noting: Noting }) {
  const client = useQueryClient()
  const zone = useZone()
  const now = useNow(60_000)
  const [title, setTitle] = useState(bookmark?.title ?? '')
  const [note, setNote] = useState(bookmark?.note ?? '')
  const saving = useMutation({
    mutationFn: () => {
      const words = { title: title.trim(), note }
      if (bookmark) return changeBookmark(bookmark.id, words)
      const [start, end] = [startMs, endMs].map((at) => new Date(Math.round(at)).toISOString())
      return createBookmark({ camera_id: camera.id, start: start ?? '', end: end ?? '', ...words })
    },
    onSuccess: (saved) => {
      void bookmarksChanged(client)
      onClose()
      if (!bookmark) notifications.show({ message: `Bookmark “${saved.title}” saved.` })
    },
  })
  const form = useInvalidField(saving.error)
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack>
        <FormFailure error={errorBeside(saving.error, 'title', 'note')} />
        <div>
          <strong>{camera.name}</strong>
          <div className="tabular">
            {endMs > startMs
              ? `${stretch(startMs, endMs, zone, now)}, ${duration(endMs - startMs)}`
              : moment(startMs, zone, now, 'ms')}
          </div>
          <div className="meta">{zoneName(startMs, zone)}</div>
        </div>
        <TextInput
          label="Title"
          data-autofocus
          required
          maxLength={100}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={errorAt(saving.error, 'title')}
        />
        <Textarea
          label="Note"
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={errorAt(saving.error, 'note')}
        />
        <p className="meta" style={{ margin: 0 }}>
          Everybody who may play back this camera can read it.
        </p>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
