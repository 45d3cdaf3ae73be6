import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { addressesQuery } from '@/api/queries'
import type { Addresses, Camera } from '@/api/types'
import { CopyField } from '@/parts/CopyField'
import { LinkButton } from '@/parts/links'
import { Failure, Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import classes from './Elsewhere.module.css'

/** The addresses under which other programs take this camera from here, and how they log in. */
export function Elsewhere({ camera }: { camera: Camera }) {
  const addresses = useQuery(addressesQuery(camera.id))
  return (
    <Section
      title="Use this camera elsewhere"
      note="Players, Home Assistant and others take the picture from Vedette, not from the camera."
    >
      {addresses.error ? (
        <Failure error={addresses.error} />
      ) : addresses.data ? (
        <List addresses={addresses.data} />
      ) : (
        <Skeleton height={280} />
      )}
      <p className={classes.login}>
        Each of them logs in with an API token. In a player, the user name is how the token begins, its first
        ten characters, and the password is the whole token. Programs that ask by HTTP send it as{' '}
        <code>Authorization: Bearer</code>.
      </p>
      <div>
        <LinkButton to="/admin/tokens/new" search={{ camera: camera.id }} variant="default">
          Make a token for this camera
        </LinkButton>
      </div>
    </Section>
  )
}

function List({ addresses }: { addresses: Addresses }) {
  const { rtsp, rtsps } = addresses
  const trouble = [rtsp.detail, rtsps.detail].filter(Boolean)
  return (
    <div className={classes.list}>
      {trouble.map((text) => (
        <Notice key={text} tone="degraded">
          {text}
        </Notice>
      ))}
      {rtsp.state === 'off' && rtsps.state === 'off' && (
        <p className="meta">RTSP is switched off (rtsp_port).</p>
      )}
      {rtsp.main && <CopyField label="RTSP" value={rtsp.main} />}
      {rtsp.sub && <CopyField label="RTSP, sub-stream" value={rtsp.sub} />}
      {rtsps.main && <CopyField label="RTSP by TLS" value={rtsps.main} />}
      {rtsps.sub && <CopyField label="RTSP by TLS, sub-stream" value={rtsps.sub} />}
      <CopyField label="HLS" value={addresses.hls} />
      <CopyField label="One picture (JPEG)" value={addresses.snapshot} />
      <CopyField label="Pictures one after the other (MJPEG)" value={addresses.mjpeg} />
    </div>
  )
}
