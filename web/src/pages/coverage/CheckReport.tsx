import { FileButton, Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconShieldCheck } from '@tabler/icons-react'
import { useRef } from 'react'
import { verifyReport } from '@/api/recordings'
import { Failure, Notice } from '@/parts/Notice'
import { useZone } from '@/state/hooks'
import { moment } from '@/words/format'
import { monthName } from '../audit/period'
import classes from './Coverage.module.css'

/** Whether a report that somebody has is the one that was made here. */
export function CheckReport() {
  const zone = useZone()
  const checking = useMutation({ mutationFn: verifyReport })
  const found = checking.data
  // The same file may be chosen again, when it is another one by then.
  const reset = useRef<() => void>(null)
  const check = (file: File | null) => {
    if (file) checking.mutate(file)
    reset.current?.()
  }
  return (
    <section className={classes.check} aria-label="Check a report">
      <h2>Check a report</h2>
      <p className="meta">
        Whether a PDF or JSON report was signed here, and nothing in it was changed since.
      </p>
      <FileButton accept=".pdf,.json" resetRef={reset} onChange={check}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            loading={checking.isPending}
            leftSection={<IconShieldCheck size={16} aria-hidden />}
          >
            Choose a file…
          </Button>
        )}
      </FileButton>
      <div role="status">
        {checking.error && <Failure error={checking.error} />}
        {found?.good && (
          <Notice title="As it was signed">
            {found.month && found.made
              ? `Coverage of ${monthName(found.month)} (${found.timezone ?? ''}), made ${moment(Date.parse(found.made), zone, null)} by ${found.made_by ?? ''}. `
              : ''}
            Key {found.kid}.
          </Notice>
        )}
        {found && !found.good && (
          <Notice tone="danger" title="Not a report that can be relied on">
            {found.problem}
          </Notice>
        )}
      </div>
    </section>
  )
}
