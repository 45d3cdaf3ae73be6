import { Button, CopyButton, Stack, Text, TextInput } from '@mantine/core'
import type { components } from '@/api/schema'
import { useZone } from '@/state/hooks'
import { moment, stretch } from '@/words/format'
import { zoneName } from '@/words/zone'
import classes from './Share.module.css'

/** The link, which is shown this once, with what it shows and until when. */
export function MadeLink({ made }: { made: components['schemas']['ShareLinkMade'] }) {
  const zone = useZone()
  const link = `${window.location.origin}${made.path}`
  const start = Date.parse(made.start)
  return (
    <Stack>
      <section className={classes.what} aria-label="What is shared">
        <strong>{made.camera_name}</strong>
        <div className="tabular">{stretch(start, Date.parse(made.end), zone, null)}</div>
        <div className="meta">
          {zoneName(start, zone)}. The link is good until{' '}
          {moment(Date.parse(made.expires_at), zone, null, 'minute')}.
        </div>
      </section>
      <Text>
        Whoever has this link sees these pictures of {made.camera_name}
        {made.password && ', with the password'}. It is shown this once.
      </Text>
      <TextInput
        aria-label="Link"
        value={link}
        readOnly
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={link}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy link'}</Button>}
      </CopyButton>
    </Stack>
  )
}
