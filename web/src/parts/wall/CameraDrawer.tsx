import { CloseButton, TextInput } from '@mantine/core'
import { IconCheck, IconGripVertical, IconSearch } from '@tabler/icons-react'
import { useState, type KeyboardEvent, type PointerEvent, type Ref } from 'react'
import { StateMark } from '@/parts/StateMark'
import classes from './Arrange.module.css'
import type { WallCamera } from './camera'
import type { Carried } from './useCarry'

interface Props {
  cameras: readonly WallCamera[]
  /** Ids of those that are on the wall. */
  placed: ReadonlySet<string>
  /** What a choice is for: `place 3`. */
  target: string
  press: (event: PointerEvent, carried: Carried) => void
  onChoose: (camera: WallCamera) => void
  onClose: () => void
  search: Ref<HTMLInputElement>
}

/** All cameras, to be dragged onto the wall or chosen for a place. */
export function CameraDrawer({ cameras, placed, target, press, onChoose, onClose, search }: Props) {
  const [wanted, setWanted] = useState('')
  const text = wanted.trim().toLowerCase()
  const found = cameras.filter((camera) => camera.name.toLowerCase().includes(text))
  const step = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
      return
    }
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('input, li button')]
    buttons[buttons.indexOf(document.activeElement as HTMLElement) + by]?.focus()
  }
  return (
    <section className={classes.drawer} aria-label="Cameras" onKeyDown={step}>
      <header className={classes.drawerHead}>
        <h2>Cameras</h2>
        <CloseButton aria-label="Finish arranging" onClick={onClose} />
      </header>
      <TextInput
        ref={search}
        aria-label="Search cameras"
        placeholder="Search"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = found[0]
          if (event.key === 'Enter' && first) onChoose(first)
        }}
      />
      <p className="meta">Drag a camera onto a place, or choose one for {target}.</p>
      <ul className={classes.cameras}>
        {found.map((camera) => {
          return (
            <li key={camera.id}>
              <button
                type="button"
                className={classes.camera}
                onPointerDown={(event) => press(event, { camera: camera.id, from: null })}
                onClick={() => onChoose(camera)}
              >
                <span className={classes.grip} data-grip>
                  <IconGripVertical size={16} aria-hidden />
                </span>
                <StateMark tone={camera.tone} size={10} />
                <span className={classes.cameraName}>{camera.name}</span>
                {placed.has(camera.id) && (
                  <>
                    <IconCheck size={16} aria-hidden />
                    <span className="visually-hidden">, on the wall</span>
                  </>
                )}
              </button>
            </li>
          )
        })}
        {found.length === 0 && <li className="meta">No camera is called that.</li>}
      </ul>
    </section>
  )
}
