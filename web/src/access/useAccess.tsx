import { useQuery } from '@tanstack/react-query'
import { useCallback, type ReactNode } from 'react'
import { camerasQuery } from '@/api/queries'
import type { Camera, Me, Permission } from '@/api/types'
import { holds, NOBODY, type Allows } from './may'
import { meQuery } from './me'

/** A camera: its id, or something that says itself what may be done with it. */
export type OnCamera = string | Allows

export interface Access {
  me: Me
  /** Whether one may do this with a camera; without one, whether one may do it anywhere. */
  may: (permission: Permission, camera?: OnCamera) => boolean
}

/** Who is here and what they may do. Nothing until that is known. */
export function useAccess(): Access {
  const me = useQuery(meQuery).data ?? NOBODY
  // The same object while nothing of it changes: cameras report numbers every other second.
  const allowed = useQuery({ ...camerasQuery, select: allowedById }).data
  const may = useCallback(
    (permission: Permission, camera?: OnCamera) =>
      holds(me, permission, typeof camera === 'string' ? (allowed?.[camera] ?? null) : camera),
    [me, allowed],
  )
  return { me, may }
}

/** Shows its children only to who may do this. */
export function Allowed(props: {
  permission: Permission
  camera?: OnCamera
  /** Shown instead to who may not. */
  otherwise?: ReactNode
  children: ReactNode
}) {
  const { may } = useAccess()
  return may(props.permission, props.camera) ? props.children : (props.otherwise ?? null)
}

function allowedById(cameras: Camera[]): Record<string, Allows> {
  return Object.fromEntries(cameras.map(({ id, allowed }) => [id, { allowed }]))
}
