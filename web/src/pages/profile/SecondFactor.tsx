import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { MyAccount } from '@/api/types'
import { ME } from '@/access/me'
import { Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { count } from '@/words/format'
import classes from './Profile.module.css'
import { SecondFactorOff } from './SecondFactorOff'

const SecondFactorOn = lazy(() =>
  import('./SecondFactorOn').then(({ SecondFactorOn: component }) => ({ default: component })),
)

// With fewer left it is time for new ones.
const FEW = 3

/** The second step at sign-in: on or off. */
export function SecondFactor({ account }: { account: MyAccount }) {
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  // What was begun stays the same until it is closed: the account changes in the middle of it.
  const [begun, setBegun] = useState<'on' | 'off'>('on')
  const left = account.recovery_codes_left
  const close = () => {
    setOpen(false)
    void client.invalidateQueries({ queryKey: ME })
  }
  if (!account.has_password) return null
  const title = begun === 'on' ? 'Set up the second step' : 'Switch the second step off'
  return (
    <Section title="Second step at sign-in">
      <div className={`${classes.list ?? ''} ${classes.row ?? ''}`}>
        {account.totp ? (
          <IconShieldCheck size={20} stroke={1.5} className={classes.icon} aria-hidden />
        ) : (
          <IconShieldOff size={20} stroke={1.5} className={classes.icon} aria-hidden />
        )}
        <div className={classes.about}>
          <span className={classes.state} data-on={account.totp ? '' : undefined}>
            {account.totp ? 'On' : 'Off'}
          </span>
          <div className="meta">
            {account.totp
              ? `A sign-in asks for a code of your authenticator app. ${count(left, 'recovery code')} left.`
              : 'With it a stolen password alone is not enough: a sign-in also asks for a code of an app on your phone.'}
          </div>
        </div>
        <Button
          variant={account.totp ? 'default' : 'filled'}
          onClick={() => {
            setBegun(account.totp ? 'off' : 'on')
            setOpen(true)
          }}
        >
          {account.totp ? 'Switch off' : 'Set up'}
        </Button>
      </div>
      {account.totp && left < FEW && (
        <Notice tone="degraded">
          {left === 0 ? 'No recovery code is left' : `Only ${count(left, 'recovery code')} left`}: if you lose
          the app now, only an administrator can let you in. Switch the second step off and set it up anew to
          get fresh ones.
        </Notice>
      )}
      <Modal
        opened={open}
        onClose={close}
        title={title}
        size="lg"
        // The recovery codes are shown once: a click beside them must not take them away.
        closeOnClickOutside={false}
      >
        {begun === 'on' ? (
          <Suspense>
            <SecondFactorOn onDone={close} />
          </Suspense>
        ) : (
          <SecondFactorOff onDone={close} />
        )}
      </Modal>
    </Section>
  )
}
