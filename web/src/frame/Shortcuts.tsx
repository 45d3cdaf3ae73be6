import { Kbd, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { isTyping, keyHelp } from './keys'
import { useAccess } from '@/access/useAccess'
import { pagesFor } from './pages'
import classes from './Shortcuts.module.css'

const Palette = lazy(() =>
  import('@/palette/Palette').then(({ Palette: component }) => ({ default: component })),
)

// After G, this long for the second key.
const CHORD_MS = 1200

/** The keys that work on every page, and the list of all keys. */
export function Shortcuts() {
  const navigate = useNavigate()
  const { me } = useAccess()
  const [help, setHelp] = useState(false)
  // What is typed into the palette, null while it is not open.
  const [sought, setSought] = useState<string | null>(null)
  const typed = useRef<string | null>(null)
  const seek = useCallback((text: string | null) => {
    typed.current = text
    setSought(text)
  }, [])
  // Beyond the effect: what is known of the person may change between the two keys.
  const chordUntil = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        seek(typed.current ?? '')
        return
      }
      const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"]')
      if (typed.current !== null && !inDialog) {
        // It is open, but its field is not there yet: nothing of what is typed is for the page.
        event.preventDefault()
        event.stopImmediatePropagation()
        if (event.key === 'Escape') seek(null)
        else if (event.key === 'Backspace') seek(typed.current.slice(0, -1))
        else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) seek(typed.current + event.key)
        return
      }
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '?') {
        event.preventDefault()
        setHelp(true)
        return
      }
      const key = event.key.toLowerCase()
      if (event.timeStamp < chordUntil.current) {
        chordUntil.current = 0
        const page = pagesFor(me).find((candidate) => candidate.key === key)
        if (!page) return
        event.preventDefault()
        // The page's own keys must not also act on the second key of the chord.
        event.stopImmediatePropagation()
        void navigate({ to: page.to })
      } else if (key === 'g') {
        chordUntil.current = event.timeStamp + CHORD_MS
      }
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [navigate, me, seek])

  return (
    <>
      {sought !== null && (
        <Suspense>
          <Palette text={sought} onText={seek} onClose={() => seek(null)} />
        </Suspense>
      )}
      <Modal opened={help} onClose={() => setHelp(false)} title="Keyboard" size="lg">
        <div className={classes.groups}>
          {keyHelp(pagesFor(me), window.location.pathname).map((group) => (
            <section key={group.title}>
              <h2 className={classes.title}>{group.title}</h2>
              <dl className={classes.list}>
                {group.keys.map(([keys, what]) => (
                  <div key={what} className={classes.row}>
                    <dt>
                      {keys.map((key) =>
                        key === 'then' ? (
                          <span key={key} className="meta">
                            {' '}
                            then{' '}
                          </span>
                        ) : (
                          <Kbd key={key} size="xs">
                            {key}
                          </Kbd>
                        ),
                      )}
                    </dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </Modal>
    </>
  )
}
