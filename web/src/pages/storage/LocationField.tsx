import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react'
import { api, explain } from '@/api/client'
import type { LocationChecked } from '@/api/types'
import { roomWords } from '@/words/stay'
import classes from './LocationField.module.css'

/** What a directory would be good for, asked as it is typed. */
export function useLocation(location: string) {
  const [settled] = useDebouncedValue(location.trim(), 300)
  return useQuery({
    queryKey: ['location', settled],
    queryFn: ({ signal }) =>
      api.post<LocationChecked>('/storage/volumes/check', { body: { location: settled }, signal }),
    enabled: settled.startsWith('/'),
    staleTime: 5_000,
    retry: false,
  })
}

interface Props {
  value: string
  onChange: (value: string) => void
  checked: LocationChecked | undefined
  error: unknown
}

/** A directory on the server, with its free space and what that buys. */
export function LocationField({ value, onChange, checked, error }: Props) {
  return (
    <div className={classes.field}>
      <TextInput
        label="Directory on this server"
        placeholder="/mnt/footage"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        error={value && !value.trim().startsWith('/') ? 'A full path begins with a slash.' : undefined}
      />
      <div aria-live="polite">
        {error ? <Verdict tone="bad">{explain(error)}</Verdict> : null}
        {checked && !error && <Judged checked={checked} />}
      </div>
    </div>
  )
}

function Judged({ checked }: { checked: LocationChecked }) {
  if (checked.problem) return <Verdict tone="bad">{checked.problem}</Verdict>
  const small = checked.days_at_4mbps !== null && checked.days_at_4mbps < 1
  return (
    <>
      <Verdict tone={small ? 'warn' : 'good'}>{roomWords(checked.room_bytes)}</Verdict>
      {checked.marker !== null && (
        <p className="meta">It is a Vedette volume already, and its footage is kept.</p>
      )}
      {!checked.exists && <p className="meta">The directory will be made.</p>}
    </>
  )
}

const ICONS = { good: IconCircleCheckFilled, warn: IconAlertTriangleFilled, bad: IconCircleXFilled }

function Verdict({ tone, children }: { tone: keyof typeof ICONS; children: React.ReactNode }) {
  const Icon = ICONS[tone]
  return (
    <p className={classes.verdict} data-tone={tone}>
      <Icon size={16} aria-hidden /> <span>{children}</span>
    </p>
  )
}
