import { Drawer, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { auditEntryQuery, type AuditEntry } from '@/api/audit'
import { camerasQuery } from '@/api/queries'
import { LinkButton } from '@/parts/links'
import { Failure } from '@/parts/Notice'
import { StateMark } from '@/parts/StateMark'
import { useZone } from '@/state/hooks'
import { actionWords, actorWords, resultWords, viaWords } from '@/words/audit'
import { moment, stretch } from '@/words/format'
import classes from './Audit.module.css'
import { linesOf } from './diff'
import { withInstants } from './summary'

// Of a view: its id means nothing to people, and the detail says that its end is not known exactly.
const UNSAID = new Set(['view', 'exact'])

interface Props {
  id: number | undefined
  /** The entry where the list has it already. */
  known: AuditEntry | undefined
  onClose: () => void
}

/** One entry with everything it says. */
export function EntryDrawer({ id, known, onClose }: Props) {
  const read = useQuery({ ...auditEntryQuery(id ?? 0), enabled: id !== undefined && known === undefined })
  const entry = known ?? read.data
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={
        entry && entry.id === id
          ? (entry.sentence ?? actionWords(entry.action, entry.result))
          : `Entry ${id ?? ''}`
      }
    >
      {read.error && !entry && <Failure error={read.error} onRetry={() => void read.refetch()} />}
      {!entry && !read.error && <Skeleton height={320} />}
      {entry && <Told entry={entry} />}
    </Drawer>
  )
}

function Told({ entry }: { entry: AuditEntry }) {
  const zone = useZone()
  const cameras = useQuery(camerasQuery).data
  const result = resultWords(entry.result)
  const instant = (ms: number) => moment(ms, zone, null)
  const via = viaWords(entry)
  const camera = (id: string) => cameras?.find((one) => one.id === id)?.name
  // Of what is new or gone only what it had; of a change also what became of nothing.
  const lines = linesOf(entry.before, entry.after, {
    camera,
    instant,
    stretch: (start, end) => stretch(start, end, zone, null),
  }).filter(
    ({ field, kind, before, after }) =>
      !UNSAID.has(field) &&
      ((entry.before && entry.after && kind !== 'same') || (before ?? after) !== 'none'),
  )
  const facts: [string, string][] = [
    ['When', `${instant(Date.parse(entry.at))} (${zone})`],
    ['Who', `${entry.actor_name || 'nobody'}, ${actorWords(entry.actor_kind)}`],
    ...(via ? [['By', via] as [string, string]] : []),
    ['From', entry.address || 'this server'],
    ...(entry.object_name || entry.object_kind
      ? [
          [
            'To what',
            [entry.object_kind, entry.object_name ?? entry.object_id].filter(Boolean).join(' '),
          ] as [string, string],
        ]
      : []),
    ...(entry.detail ? [['Detail', withInstants(entry.detail, instant)] as [string, string]] : []),
    ['Action', entry.action],
    ['Entry', String(entry.id)],
  ]
  return (
    <div className={classes.side}>
      <dl className={classes.facts}>
        <dt>Result</dt>
        <dd>
          <span className={classes.result} data-tone={result.tone}>
            <StateMark tone={result.tone} /> {result.label}
          </span>
        </dd>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
        <dt>Hash</dt>
        <dd className={classes.hash}>{entry.hash}</dd>
      </dl>
      {lines.length > 0 && (
        <section>
          <h2>
            {entry.before && entry.after ? 'Before and after' : entry.before ? 'What it was' : 'What it is'}
          </h2>
          <table className={classes.diff} data-both={entry.before && entry.after ? '' : undefined}>
            <thead>
              <tr>
                <th scope="col">Field</th>
                {entry.before && <th scope="col">Before</th>}
                {entry.after && <th scope="col">After</th>}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.field} data-kind={line.kind}>
                  <th scope="row">{line.field}</th>
                  {entry.before && (
                    <td
                      data-label="before"
                      className={
                        entry.after && (line.kind === 'changed' || line.kind === 'removed') ? classes.was : ''
                      }
                    >
                      {line.before ?? ''}
                    </td>
                  )}
                  {entry.after && (
                    <td
                      data-label="after"
                      className={
                        entry.before && (line.kind === 'changed' || line.kind === 'added') ? classes.is : ''
                      }
                    >
                      {line.after ?? ''}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <nav className={classes.links} aria-label="Related entries">
        {entry.actor_id && (
          <LinkButton
            to="/admin/audit"
            search={{ actor: entry.actor_id }}
            variant="default"
            size="compact-sm"
          >
            All by {entry.actor_name}
          </LinkButton>
        )}
        {entry.object_id && (
          <LinkButton
            to="/admin/audit"
            search={{ object: entry.object_id }}
            variant="default"
            size="compact-sm"
          >
            All about {entry.object_name ?? 'this'}
          </LinkButton>
        )}
        {entry.token_id && (
          <LinkButton
            to="/admin/audit"
            search={{ token: entry.token_id }}
            variant="default"
            size="compact-sm"
          >
            All by API token {entry.token_name ?? ''}
          </LinkButton>
        )}
        {entry.share_id && (
          <LinkButton
            to="/admin/audit"
            search={{ share: entry.share_id }}
            variant="default"
            size="compact-sm"
          >
            All by this share link
          </LinkButton>
        )}
        {entry.address && (
          <LinkButton
            to="/admin/audit"
            search={{ address: entry.address }}
            variant="default"
            size="compact-sm"
          >
            All from {entry.address}
          </LinkButton>
        )}
      </nav>
    </div>
  )
}
