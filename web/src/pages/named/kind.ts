/** What has a name, a description and a list of others in it: groups of people, zones of cameras. */

import type { UseQueryOptions } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { Versioned } from '@/api/client'
import type { Of } from '../grants/GrantTable'

export interface Named {
  id: string
  name: string
  description: string
  grants: number
}

export interface NamedDraft {
  name: string
  description: string
  /** Ids of what is in it, in order. */
  inside: string[]
}

export const LABELS = (inside: string): Record<keyof NamedDraft, string> => ({
  name: 'Name',
  description: 'Description',
  inside,
})

export interface Kind<T extends Named> {
  /** As it stands in a sentence: `zone`. */
  word: 'group' | 'zone'
  /** Of the API, and of its pages below /admin. */
  path: '/groups' | '/zones'
  /** The API's name of what is in it. */
  field: 'members' | 'cameras'
  /** As it is called in the form: `Members`. */
  label: string
  /** How many are in it, in words. */
  size: (thing: T) => string
  /** The ids that a person put in it. */
  inside: (thing: T) => string[]
  query: (id: string) => UseQueryOptions<Versioned<T>, Error, Versioned<T>, readonly string[]>
  /** Chooses what is in it. */
  Picker: ComponentType<PickerProps<T>>
  /** Ids in words, for telling of somebody else's changes. */
  useNames: () => (ids: readonly string[]) => string
  /** What is lost with it. */
  Loss: ComponentType<{ thing: T }>
  grants: { of: (id: string) => Of; title: string; note: string; none: string }
}

export interface PickerProps<T> {
  inside: readonly string[]
  /** What is edited; without it a new one is made. */
  thing?: T | undefined
  onChange: (inside: string[]) => void
}

/** The draft as the API names it. */
export function bodyOf<T extends Named>(
  kind: Kind<T>,
  { inside, ...texts }: Partial<NamedDraft>,
): Record<string, string | string[]> {
  return {
    ...(texts.name === undefined ? {} : { name: texts.name.trim() }),
    ...(texts.description === undefined ? {} : { description: texts.description.trim() }),
    ...(inside === undefined ? {} : { [kind.field]: inside }),
  }
}
