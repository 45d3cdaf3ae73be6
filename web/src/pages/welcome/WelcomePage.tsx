import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys, storageQuery } from '@/api/queries'
import { Logo } from '@/frame/Logo'
import { Failure } from '@/parts/Notice'
import { useTitle } from '@/state/hooks'
import { FirstCamera } from './FirstCamera'
import { FootagePlace } from './FootagePlace'
import classes from './WelcomePage.module.css'

/** The first run: where footage goes, what is recorded, and then the live picture of it. */
export function WelcomePage() {
  useTitle('Welcome')
  const client = useQueryClient()
  const navigate = useNavigate()
  const storage = useQuery(storageQuery)
  const [step, setStep] = useState(0)
  // Null is the default volume.
  const [volume, setVolume] = useState<number | null>(null)

  const finish = async (to: '/live' | '/') => {
    await api.post('/system/setup/finish')
    await client.refetchQueries({ queryKey: keys.system })
    await client.invalidateQueries()
    await navigate({ to })
  }
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <Logo size={32} />
          <h1>Welcome to Vedette</h1>
          <p className={classes.step} aria-live="polite">
            Step {step + 1} of 2
          </p>
        </header>
        {storage.error && !storage.data && (
          <Failure error={storage.error} onRetry={() => void storage.refetch()} />
        )}
        {step === 0 && (
          <FootagePlace
            volumes={storage.data?.volumes}
            onNext={(chosen) => {
              setVolume(chosen)
              setStep(1)
            }}
          />
        )}
        {step === 1 && (
          <FirstCamera
            volume={volume}
            onBack={() => setStep(0)}
            onDone={() => finish('/live')}
            onSkip={() => finish('/')}
          />
        )}
      </div>
    </main>
  )
}
