import { useEffect, useRef, useState } from 'react'
import { ApiError, api } from '@/api/client'
import type { components } from '@/api/schema'
import { Logo } from '@/frame/Logo'
import type { TicketSource } from '@/player/tickets/store'
import { Playlist } from '@/player/vod/playlist'
import { useTitle } from '@/state/hooks'
import { moment, stretch } from '@/words/format'
import { browserZone, zoneName } from '@/words/zone'
import classes from './SharedVideo.module.css'

type Shared = components['schemas']['SharedFootage']

const USED_UP = 0.6

/** Tickets of a share link: the next one is had for the one before, so that a long view is one view. */
class ShareTickets implements TicketSource {
  private staleAt: number
  private flight: Promise<string> | null = null

  constructor(
    private readonly path: string,
    private shared: Shared,
    private readonly over: (failure: unknown) => void,
  ) {
    this.staleAt = performance.now() + shared.expires_in * 1000 * USED_UP
  }

  get(): Promise<string> {
    if (performance.now() < this.staleAt) return Promise.resolve(this.shared.ticket)
    this.flight ??= api
      .post<Shared>(`${this.path}/open`, { body: { ticket: this.shared.ticket } })
      .then((shared) => {
        this.shared = shared
        this.staleAt = performance.now() + shared.expires_in * 1000 * USED_UP
        return shared.ticket
      })
      .catch((failure: unknown) => {
        if (failure instanceof ApiError && failure.status === 404) this.over(failure)
        return this.shared.ticket
      })
      .finally(() => {
        this.flight = null
      })
    return this.flight
  }

  refused(): void {
    this.staleAt = 0
  }
}

/** The shared range with the browser's own controls, the camera's name and the time of the picture. */
export function SharedVideo(props: {
  path: string
  shared: Shared
  /** The link is no good any more: it was withdrawn, or has expired. */
  onOver: (failure: unknown) => void
}) {
  const { path, shared, onOver } = props
  useTitle(shared.camera_name)
  const video = useRef<HTMLVideoElement | null>(null)
  const [message, setMessage] = useState('')
  const [wall, setWall] = useState(Date.parse(shared.start))
  useEffect(() => {
    const element = video.current
    if (!element) return
    const range = { start: Date.parse(shared.start), end: Date.parse(shared.end) }
    const playlist = new Playlist(
      shared.camera_id,
      'main',
      range,
      {
        loaded: (map) => {
          const place = map.place(range.start)
          const begin = place.kind === 'gap' && place.next !== null ? map.place(place.next) : place
          if (begin.kind === 'gap') setMessage('This footage is gone.')
          else playlist.start(element, begin.mediaS)
        },
        failed: (_, text) => setMessage(text),
      },
      { source: new ShareTickets(path, shared, onOver) },
    )
    const tell = () => setWall(playlist.map().toWall(element.currentTime) ?? range.start)
    element.addEventListener('timeupdate', tell)
    return () => {
      element.removeEventListener('timeupdate', tell)
      playlist.destroy()
    }
  }, [path, shared, onOver])
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <Logo size={24} />
        <h1>{shared.camera_name}</h1>
        <time dateTime={new Date(wall).toISOString()}>{moment(wall, browserZone, null)}</time>
      </header>
      {/* Recorded footage has no captions to offer. */}
      <video ref={video} className={classes.video} controls autoPlay muted playsInline />
      {message && <p role="alert">{message}</p>}
      <p className={classes.foot}>
        {shared.note && <span>{shared.note}</span>}
        <span>{stretch(Date.parse(shared.start), Date.parse(shared.end), browserZone, null)}</span>
        <span>
          The link is good until {moment(Date.parse(shared.expires_at), browserZone, null, 'minute')}
        </span>
        {/* Whoever opens it may be elsewhere than the camera: the times are theirs, and say so. */}
        <span>Times are those of {zoneName(Date.parse(shared.start), browserZone)}</span>
      </p>
    </main>
  )
}
