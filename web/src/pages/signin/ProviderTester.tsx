import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { api } from '@/api/client'
import type { ProviderTest } from '@/api/oidc'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import classes from './SignIn.module.css'

const MARKS = {
  ok: { icon: IconCircleCheck, label: 'Good' },
  warning: { icon: IconAlertTriangle, label: 'Warning' },
  problem: { icon: IconCircleX, label: 'Problem' },
} as const

/** Asks the provider for everything that a sign-in asks for, and says what is wrong. */
export function ProviderTester({ id, dirty }: { id: string; dirty: boolean }) {
  const testing = useMutation({
    mutationFn: () => api.post<ProviderTest>(`/oidc-providers/${id}/test`),
  })
  return (
    <Section
      title="Test"
      note={
        dirty
          ? 'Save first: what is stored is tested.'
          : 'Its description, its keys, the client id and secret.'
      }
      actions={
        <Button
          variant="default"
          loading={testing.isPending}
          disabled={dirty}
          onClick={() => testing.mutate()}
        >
          Test the provider
        </Button>
      }
    >
      {testing.error && <Failure error={testing.error} />}
      <div role="status">
        {testing.data && (
          <ul className={classes.findings}>
            {testing.data.findings.map(({ level, message }) => {
              const { icon: Icon, label } = MARKS[level]
              return (
                <li key={message}>
                  <Icon size={20} className={classes[level] ?? ''} aria-label={label} role="img" />
                  <span>{message}</span>
                </li>
              )
            })}
          </ul>
        )}
      </div>
    </Section>
  )
}
