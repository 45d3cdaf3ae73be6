/** The processes as a list for people: what the supervisor says, and whether the recorders answer. Pure. */

import type { System } from '@/api/types'
import type { Tone } from '@/words/camera-state'

export interface ProcessRow {
  name: string
  tone: Tone
  state: string
  /** Null where no supervisor tells. */
  since: number | null
  restarts: number | null
  lastExit: string
  pid: number | null
}

export function processes(system: Pick<System, 'processes' | 'recorders'>): ProcessRow[] {
  const answers = new Set(system.recorders.filter(({ connected }) => connected).map(({ name }) => name))
  const rows = system.processes.map((process): ProcessRow => {
    const silent = process.running && process.role === 'recorder' && !answers.has(process.name)
    return {
      name: process.name,
      tone: !process.running ? 'down' : silent ? 'busy' : 'live',
      state: !process.running ? 'Down, being started again' : silent ? 'Starting' : 'Running',
      since: process.since === null ? null : Date.parse(process.since),
      restarts: process.restarts,
      lastExit: process.last_exit,
      pid: process.pid,
    }
  })
  const known = new Set(rows.map(({ name }) => name))
  // Started alone, or on another machine: only the connection tells of them.
  for (const { name, pid, connected } of system.recorders) {
    if (known.has(name)) continue
    const state = connected ? 'Running' : 'No answer'
    rows.push({
      name,
      tone: connected ? 'live' : 'down',
      state,
      since: null,
      restarts: null,
      lastExit: '',
      pid,
    })
  }
  return rows
}
