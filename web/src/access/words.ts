/** A person's roles, as people say them. Pure. */

import type { Me } from '@/api/types'

type MyGrant = Me['grants'][number]

/** The roles of a person in one line: `Admin`, `Operator in Front; viewer`. What is not in force now is left out. */
export function roleSummary(me: Me, cameraName: (id: string) => string | undefined): string {
  const held = me.grants.filter((grant) => grant.in_force)
  const texts = held.map((grant) => grantWords(grant, cameraName))
  const line = [...new Set(texts)].join('; ')
  return line ? line.charAt(0).toUpperCase() + line.slice(1) : 'No role yet'
}

/** `operator in Front`, `viewer of Gate`, `admin`. */
export function grantWords(grant: MyGrant, cameraName: (id: string) => string | undefined): string {
  if (grant.zone !== null) return `${grant.role} in ${grant.zone}`
  if (grant.camera_id !== null) return `${grant.role} of ${cameraName(grant.camera_id) ?? 'one camera'}`
  return grant.role
}

/** Two letters for a person's sign: of the first and the last word of the name. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('') || '?'
}
