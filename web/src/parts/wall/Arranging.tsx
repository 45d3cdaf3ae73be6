import classes from './Arrange.module.css'
import type { useArrange } from './useArrange'

/** What goes with arranging: how it is done by keys, what was done, and the camera under the pointer. */
export function Arranging({ on, arrangement }: { on: boolean; arrangement: ReturnType<typeof useArrange> }) {
  const { carrying, said, nameOf } = arrangement
  return (
    <>
      {on && (
        <p id="arrange-help" className="visually-hidden">
          Arrow keys go from place to place. Space takes a camera and puts it down, arrow keys move it
          meanwhile. Enter chooses a camera for the place, Delete empties it, Escape ends.
        </p>
      )}
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {carrying && (
        <div
          className={classes.carried}
          style={{ transform: `translate(${carrying.x + 12}px, ${carrying.y + 12}px)` }}
          aria-hidden
        >
          {nameOf(carrying.camera)}
        </div>
      )}
    </>
  )
}
