import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useAccess } from '@/access/useAccess'
import { camerasQuery } from '@/api/queries'
import { NoCamera } from '@/parts/NoCamera'
import { Failure } from '@/parts/Notice'
import { useTitle } from '@/state/hooks'
import classes from './LivePage.module.css'
import { useWall } from './useWall'
import { VideoWall } from './VideoWall'

const route = getRouteApi('/frame/live')

/** The wall that the address names, or the one that was open last. */
export function LivePage() {
  const { wall: id, kiosk: wantsKiosk } = route.useSearch()
  const kiosk = wantsKiosk === 1
  const navigate = route.useNavigate()
  const cameras = useQuery(camerasQuery)
  const { me } = useAccess()
  const open = useWall(me.user?.id ?? '', id, kiosk)
  useTitle(open.saved?.name ?? 'Live')

  const { last, remember } = open
  const comesBack = id === undefined && !kiosk && last !== null
  // Only an address that is new is remembered: between a choice and its address the old one is still there.
  const seen = useRef<string>(undefined)
  useEffect(() => {
    if (comesBack) void navigate({ search: (now) => ({ ...now, wall: last }), replace: true })
    else if (id !== undefined && !kiosk && seen.current !== id) remember(id)
    seen.current = id
  })
  const onOpen = (next: string | null) => {
    remember(next)
    void navigate({
      search: (now) => ({ ...now, wall: next ?? undefined, page: undefined, focus: undefined }),
    })
  }

  const error = cameras.data ? open.error : cameras.error
  if (error)
    return (
      <div className={classes.message}>
        <h1 className="visually-hidden">Live</h1>
        <Failure error={error} onRetry={() => void cameras.refetch()} />
        {open.error && !kiosk && (
          <p className={classes.way}>
            <Button variant="default" onClick={() => onOpen(null)}>
              Show all cameras
            </Button>
          </p>
        )}
      </div>
    )
  if (!cameras.data || open.loading || comesBack)
    return <Skeleton height="100%" radius={0} aria-label="Loading the cameras" />
  const shown = cameras.data.filter((camera) => camera.enabled && camera.allowed.includes('live.view'))
  if (shown.length === 0)
    return (
      <div className={classes.message}>
        <h1 className="visually-hidden">Live</h1>
        <NoCamera>Add one by its RTSP address, and it is recorded and shown here at once.</NoCamera>
      </div>
    )
  return <VideoWall key={id ?? ''} cameras={shown} open={open} kiosk={kiosk} onOpen={onOpen} />
}
