import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { camerasQuery } from '@/api/queries'
import type { ViewFilter } from '@/api/watching'
import { SearchField } from '@/parts/listing/SearchField'
import classes from './Watching.module.css'

interface Props {
  filter: ViewFilter
  /** Whether views of others are shown, too. */
  everybody: boolean
  onChange: (filter: ViewFilter) => void
  children?: ReactNode
}

/** Which camera, and whose views. */
export function ViewFilters({ filter, everybody, onChange, children }: Props) {
  const cameras = useQuery(camerasQuery).data
  const set = (camera: string | null | undefined, user: string | undefined) =>
    onChange({ ...(camera ? { camera } : {}), ...(user ? { user } : {}) })
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      {children}
      <Select
        aria-label="Camera"
        placeholder="All cameras"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'All cameras' }}
        data={(cameras ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.camera ?? null}
        onChange={(camera) => set(camera, filter.user)}
      />
      {everybody && (
        <SearchField
          label="Find a person"
          placeholder="Person"
          value={filter.user ?? ''}
          onChange={(user) => set(filter.camera, user)}
        />
      )}
    </div>
  )
}
