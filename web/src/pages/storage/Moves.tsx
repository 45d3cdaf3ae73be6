import { Button, Group, Modal, NumberInput, Progress, Select, Stack, Table } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { errorAt, errorBeside } from '@/api/field-errors'
import { camerasQuery, keys } from '@/api/queries'
import type { Move, MoveList, Volume } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { bytes, count } from '@/words/format'

const RUNNING = ['waiting', 'running']
const STATES: Record<string, string> = {
  waiting: 'Waiting',
  running: 'Moving',
  done: 'Moved',
  failed: 'Some files stayed',
  cancelled: 'Called off',
}
const movesKey = [...keys.storage, 'moves'] as const

/** The newest moves of footage between volumes, and the way to a new one. */
export function Moves({ volumes }: { volumes: readonly Volume[] }) {
  const [asking, setAsking] = useState(false)
  const client = useQueryClient()
  const moves = useQuery({
    queryKey: movesKey,
    queryFn: ({ signal }) => api.get<MoveList>('/storage/moves', { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((move) => RUNNING.includes(move.state)) ? 2_000 : 30_000,
  })
  const cancelling = useMutation({
    mutationFn: (move: Move) => api.post<Move>(`/storage/moves/${move.id}/cancel`, { body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.storage }),
  })
  if (volumes.length < 2) return null
  const name = (id: number) => volumes.find((volume) => volume.id === id)?.name ?? `volume ${id}`
  return (
    <Section title="Moves" note="Footage on its way from one volume to another.">
      {moves.error && <Failure error={moves.error} />}
      {cancelling.error && <Failure error={cancelling.error} />}
      {(moves.data?.items.length ?? 0) > 0 && (
        <Table horizontalSpacing={16} verticalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>To</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Done</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {moves.data?.items.slice(0, 10).map((move) => (
              <Table.Tr key={move.id}>
                <Table.Td>{name(move.volume_id)}</Table.Td>
                <Table.Td>
                  {STATES[move.state] ?? move.state}
                  {move.detail && <div className="meta">{move.detail}</div>}
                </Table.Td>
                <Table.Td className="tabular">
                  {move.files_done} of {count(move.files, 'file')}, {bytes(move.bytes_done)} of{' '}
                  {bytes(move.bytes)}
                  <Progress
                    value={move.bytes ? (100 * move.bytes_done) / move.bytes : 0}
                    size="sm"
                    mt={4}
                    aria-label={`Moved to ${name(move.volume_id)}`}
                  />
                </Table.Td>
                <Table.Td>
                  {RUNNING.includes(move.state) && (
                    <Button
                      variant="default"
                      loading={cancelling.isPending && cancelling.variables.id === move.id}
                      onClick={() => cancelling.mutate(move)}
                    >
                      Call off
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group>
        <Button variant="default" onClick={() => setAsking(true)}>
          Move footage
        </Button>
      </Group>
      {asking && <MoveDialog volumes={volumes} onClose={() => setAsking(false)} />}
    </Section>
  )
}

function MoveDialog({ volumes, onClose }: { volumes: readonly Volume[]; onClose: () => void }) {
  const client = useQueryClient()
  const cameras = useQuery(camerasQuery).data ?? []
  const [target, setTarget] = useState(
    String((volumes.find(({ kind }) => kind === 's3') ?? volumes.at(-1))?.id ?? ''),
  )
  const [days, setDays] = useState<number | string>(30)
  const [camera, setCamera] = useState('')
  const asking = useMutation({
    mutationFn: () =>
      api.post<Move>('/storage/moves', {
        body: { volume_id: Number(target), older_than_days: Number(days), camera_id: camera || null },
      }),
    onSuccess: async (move) => {
      notifications.show({ message: `${count(move.files, 'file')}, ${bytes(move.bytes)}, will be moved.` })
      onClose()
      await client.invalidateQueries({ queryKey: keys.storage })
    },
  })
  const beside = errorBeside(asking.error, 'volume_id', 'end')
  return (
    <Modal opened onClose={onClose} title="Move footage">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          asking.mutate()
        }}
      >
        <Stack>
          <Select
            label="To"
            data={volumes.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={target}
            allowDeselect={false}
            error={errorAt(asking.error, 'volume_id')}
            onChange={(value) => setTarget(value ?? '')}
          />
          <NumberInput
            label="Older than (days)"
            min={0}
            allowDecimal={false}
            required
            value={days}
            error={errorAt(asking.error, 'end')}
            onChange={setDays}
          />
          <Select
            label="Of"
            data={[
              { value: '', label: 'all cameras' },
              ...cameras.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={camera}
            allowDeselect={false}
            onChange={(value) => setCamera(value ?? '')}
          />
          <p className="meta">
            Each file is copied, read back and compared before it is deleted where it was. Playback finds it
            in both places.
          </p>
          {beside !== null && beside !== undefined && <Failure error={beside} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={asking.isPending} disabled={days === '' || !target}>
              Move
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
