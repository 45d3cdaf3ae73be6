import { Button, NumberInput, Popover } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { api } from '@/api/client'
import { keys } from '@/api/queries'
import type { SitePreferences } from '@/api/recordings'
import { Failure } from '@/parts/Notice'
import classes from './Coverage.module.css'

/** The line that the site has drawn; who manages the system can move it. */
export function Promised({ percent }: { percent: number }) {
  const { may } = useAccess()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState<number | string>(percent)
  const saving = useMutation({
    mutationFn: async (slo: number) => {
      const known = await api.get<SitePreferences>('/system/preferences')
      await api.put('/system/preferences', { body: { ...known, coverage_slo: slo } })
    },
    onSuccess: async () => {
      setOpen(false)
      await client.invalidateQueries({ queryKey: keys.coverage })
    },
  })
  const words = `Promise: ${percent} % of every day.`
  if (!may('system.manage')) return <>{words}</>
  const wrong = typeof value !== 'number' || value <= 0 || value > 100
  return (
    <>
      {words}{' '}
      <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              setValue(percent)
              setOpen(!open)
            }}
          >
            Change
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-labelledby="the-promise">
          <form
            className={classes.promise}
            onSubmit={(event) => {
              event.preventDefault()
              if (!wrong) saving.mutate(value)
            }}
          >
            <NumberInput
              label={<span id="the-promise">Per cent of every day that are promised</span>}
              min={0.1}
              max={100}
              step={0.1}
              decimalScale={3}
              value={value}
              error={wrong && 'More than 0, at most 100.'}
              onChange={setValue}
            />
            {saving.error && <Failure error={saving.error} />}
            <Button type="submit" disabled={wrong} loading={saving.isPending}>
              Save
            </Button>
          </form>
        </Popover.Dropdown>
      </Popover>
    </>
  )
}
