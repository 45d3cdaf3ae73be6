import { Button, Group, Modal, Skeleton, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeWall, wallQuery, wallsChanged, type Wall, type WallZone } from '@/api/walls'
import { Failure } from '@/parts/Notice'
import { useNow, useZone } from '@/state/hooks'
import { ago, moment } from '@/words/format'
import { bodyOf, contentOf, summary, type Content } from '@/parts/wall/content'
import classes from './WallDialogs.module.css'
import type { OpenWall } from './useWall'

interface Props {
  opened: boolean
  wall: Wall
  open: OpenWall
  zones: readonly WallZone[]
  onClose: () => void
  /** What is arranged here becomes another wall. */
  onCopy: () => void
}

/** A wall was saved elsewhere since it was opened here: who wants to save decides which of the two stays. */
export function ChangedWall({ opened, onClose, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`${props.wall.name} was changed meanwhile`} size="lg">
      {opened && <Choice {...props} onClose={onClose} />}
    </Modal>
  )
}

function Choice({ wall, open, zones, onClose, onCopy }: Omit<Props, 'opened'>) {
  const client = useQueryClient()
  const now = useNow()
  const zone = useZone()
  // Not what this page happened to know: the one that is saved now.
  const read = useQuery({ ...wallQuery(wall.id), staleTime: 0, refetchOnMount: 'always' })
  const theirs = read.isFetchedAfterMount ? read.data : undefined
  const load = () => {
    open.discard()
    onClose()
    notifications.show({ message: `${wall.name} is as it was saved last.` })
  }
  const overwrite = useMutation({
    mutationFn: () => changeWall(wall.id, bodyOf(open.content), theirs?.version ?? null),
    onSuccess: async () => {
      await wallsChanged(client)
      open.discard()
      onClose()
      notifications.show({ message: `${wall.name} was saved.` })
    },
    onError: () => void read.refetch(),
  })
  const error = overwrite.error ?? read.error
  if (!theirs)
    return error ? <Failure error={error} onRetry={() => void read.refetch()} /> : <Skeleton h={160} />
  const at = Date.parse(theirs.data.updated_at)
  return (
    <Stack>
      <p>
        {theirs.data.owner} saved it <time>{moment(at, zone, now)}</time> ({ago(now - at)}), in another
        browser or by a program. What you arranged here began before that.
      </p>
      <dl className={classes.both}>
        <Side title="Saved meanwhile" content={contentOf(theirs.data)} zones={zones} />
        <Side title="Yours" content={open.content} zones={zones} />
      </dl>
      {error && <Failure error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={load}>
          Load theirs
        </Button>
        <Button variant="default" onClick={onCopy}>
          Save as a copy…
        </Button>
        <Button loading={overwrite.isPending} onClick={() => overwrite.mutate()}>
          Save mine over it
        </Button>
      </Group>
    </Stack>
  )
}

function Side(props: { title: string; content: Content; zones: readonly WallZone[] }) {
  return (
    <div>
      <dt>{props.title}</dt>
      <dd>{summary(props.content, props.zones)}</dd>
    </div>
  )
}
