import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { EventSocket, type LinkState, type ServerEvent } from './events'
import { applyEvent } from './live-updates'

type Listener = (event: ServerEvent) => void
const listeners = new Set<Listener>()

/** Hear of server events outside the query cache (the timeline's live edge does). Returns how to stop. */
export function onServerEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Keeps the query cache current for as long as the app is open. */
export function useServerEvents(): LinkState {
  const client = useQueryClient()
  const [state, setState] = useState<LinkState>('connecting')
  useEffect(() => {
    const socket = new EventSocket((event) => {
      applyEvent(client, event)
      for (const listener of listeners) listener(event)
    }, setState)
    socket.open()
    return () => socket.close()
  }, [client])
  return state
}
