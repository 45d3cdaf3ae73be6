import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, ApiError } from '@/api/client'
import { keys, storageQuery } from '@/api/queries'
import type { Volume } from '@/api/types'
import { Logo } from '@/frame/Logo'
import { Failure } from '@/parts/Notice'
import type { WelcomeSearch } from '@/router'
import { useTitle } from '@/state/hooks'
import { FirstCamera } from './FirstCamera'
import { FootagePlace } from './FootagePlace'
import classes from './WelcomePage.module.css'

const route = getRouteApi('/welcome')

/** The first run: where footage goes, what is recorded, and then the live picture of it. */
export function WelcomePage() {
  useTitle('Welcome')
  const client = useQueryClient()
  const navigate = useNavigate()
  const storage = useQuery(storageQuery)
  // In the address, so that reloading and going back lose nothing.
  const { step, volume: asked } = route.useSearch()
  const volumes = storage.data?.volumes
  const chosen = volumes?.find(({ id }) => id === asked) ?? null

  const finish = async (to: '/live' | '/') => {
    if (chosen) await removeUnused(volumes ?? [], chosen)
    await api.post('/system/setup/finish')
    await client.refetchQueries({ queryKey: keys.system })
    await client.invalidateQueries()
    await navigate({ to })
  }
  const goTo = (next: WelcomeSearch) => void navigate({ to: '/welcome', search: next })
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <Logo size={32} />
          <h1>Welcome to Vedette</h1>
          <p className={classes.step} aria-live="polite">
            Step {step === 'camera' ? 2 : 1} of 2
          </p>
        </header>
        {storage.error && !storage.data && (
          <Failure error={storage.error} onRetry={() => void storage.refetch()} />
        )}
        {step !== 'camera' && (
          <FootagePlace
            key={volumes ? 'known' : 'unknown'}
            volumes={volumes}
            chosen={chosen}
            onNext={(next) => {
              void client
                .invalidateQueries({ queryKey: keys.storage })
                .then(() => goTo({ step: 'camera', ...(next && { volume: next.id }) }))
            }}
          />
        )}
        {step === 'camera' && (
          <FirstCamera
            volume={chosen}
            onBack={() => goTo(asked === undefined ? {} : { volume: asked })}
            onDone={() => finish('/live')}
            onSkip={() => finish('/')}
          />
        )}
      </div>
    </main>
  )
}

/** Volumes that nothing was recorded to and that nobody wants, now that another was chosen. */
async function removeUnused(volumes: readonly Volume[], chosen: Volume): Promise<void> {
  for (const volume of volumes) {
    if (volume.id === chosen.id || volume.files > 0) continue
    try {
      await api.delete(`/storage/volumes/${volume.id}`)
    } catch (error) {
      // One that turned out to be in use stays; that is no reason not to begin.
      if (!(error instanceof ApiError) || error.status !== 409) throw error
    }
  }
}
