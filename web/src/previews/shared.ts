/** The previews that everything on a page draws from: what one part of it has fetched, the others have. */

import { useEffect } from 'react'
import { onServerEvent } from '@/api/useServerEvents'
import { PreviewStore } from './store'

const store = new PreviewStore()
let users = 0

/** The page's previews, for as long as the component lives. */
export function usePreviews(): PreviewStore {
  useEffect(() => {
    users += 1
    const stop = onServerEvent(({ topic }) => {
      if (topic.includes('deleted')) store.forget()
    })
    return () => {
      stop()
      users -= 1
      if (users === 0) store.forget()
    }
  }, [])
  return store
}
