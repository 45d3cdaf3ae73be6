import { ActionIcon, Button, CloseButton, Input, Select, SegmentedControl, Tooltip } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { SpanFields } from '@/parts/SpanFields'
import { dayName } from '@/words/format'
import { added, MOST_AREAS, type Area } from './areas'
import classes from './FindPanel.module.css'
import { FoundList } from './FoundList'
import type { Hit, Results } from './results'
import { spanOf, typedOf, wrongWith, type Choice, type Span } from './span'

interface Props {
  areas: readonly Area[]
  results: Results | null
  /** The instant of the playhead. */
  at: number
  now: number
  zone: string
  /** Between the in and the out mark. */
  marks: Span | null
  onAreas: (areas: Area[]) => void
  onSearch: (span: Span, sensitivity: number) => void
  onCancel: () => void
  onHit: (hit: Hit) => void
  onClose: () => void
}

const SENSITIVITIES = [
  { value: '25', label: 'Low' },
  { value: '50', label: 'Normal' },
  { value: '80', label: 'High' },
]

/** What is searched for, and what was found. */
export function FindPanel({ areas, results, at, now, zone, marks, ...on }: Props) {
  const [chosen, setChosen] = useState<Choice | null>(null)
  const [typed, setTyped] = useState({ from: '', to: '' })
  const [sensitivity, setSensitivity] = useState('50')
  const [refused, setRefused] = useState<string | null>(null)
  const label = useId()
  const choice = chosen === null || (chosen === 'marks' && !marks) ? (marks ? 'marks' : 'day') : chosen
  const span = spanOf(choice, at, now, zone, marks, typed)
  const running = results?.state === 'running'
  const choose = (next: Choice) => {
    // What was meant until now is where one begins to type.
    if (next === 'own' && span) setTyped(typedOf(span, zone))
    setChosen(next)
    setRefused(null)
  }
  const search = () => {
    const wrong = wrongWith(span, now)
    setRefused(wrong)
    if (!wrong && span) on.onSearch(span, Number(sensitivity))
  }
  return (
    <section className={classes.panel} aria-label="Find changes">
      <header className={classes.head}>
        <h2>Find changes</h2>
        <CloseButton aria-label="Close" onClick={on.onClose} />
      </header>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          search()
        }}
      >
        <div>
          <div className={classes.row}>
            <span>{areas.length === 0 ? 'The whole picture' : count(areas.length, 'area')}</span>
            <Tooltip label="Add an area">
              <ActionIcon
                variant="default"
                aria-label="Add an area"
                disabled={areas.length >= MOST_AREAS}
                onClick={() => on.onAreas([...areas, added(areas)])}
              >
                <IconPlus size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Remove all areas">
              <ActionIcon
                variant="default"
                aria-label="Remove all areas"
                disabled={areas.length === 0}
                onClick={() => on.onAreas([])}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </div>
          <p className="meta">
            {areas.length === 0
              ? 'Drag over the part of the picture that matters.'
              : 'Drag an area to move it, its corner to size it. By keys: arrows, with Shift to size it; Delete removes it.'}
          </p>
        </div>
        <Select
          label="When"
          data={[
            { value: 'day', label: dayName(at, zone) },
            { value: 'hour', label: 'Half an hour before and after' },
            ...(marks ? [{ value: 'marks', label: 'Between the marks' }] : []),
            { value: 'own', label: 'Other…' },
          ]}
          value={choice}
          allowDeselect={false}
          comboboxProps={{ portalProps: { target: '#main' } }}
          onChange={(value) => value && choose(value as Choice)}
          error={choice === 'own' ? undefined : refused}
        />
        {choice === 'own' && (
          <SpanFields
            zone={zone}
            exact
            from={{ label: 'From', value: typed.from }}
            to={{ label: 'To', value: typed.to, error: refused ?? undefined }}
            onFrom={(from) => setTyped({ ...typed, from })}
            onTo={(to) => setTyped({ ...typed, to })}
          />
        )}
        <div>
          <Input.Label id={label}>Sensitivity</Input.Label>
          <SegmentedControl
            aria-labelledby={label}
            fullWidth
            data={SENSITIVITIES}
            value={sensitivity}
            onChange={setSensitivity}
          />
        </div>
        <div className={classes.acts}>
          {running ? (
            // Not the same element: the click that cancels would submit what it has become.
            <Button key="cancel" fullWidth variant="default" onClick={on.onCancel}>
              Cancel
            </Button>
          ) : (
            <Button key="search" fullWidth type="submit">
              Search
            </Button>
          )}
        </div>
      </form>
      {results && <FoundList results={results} at={at} zone={zone} now={now} onHit={on.onHit} />}
    </section>
  )
}

export function count(number: number, of: string): string {
  return `${number.toLocaleString('en').replaceAll(',', ' ')} ${of}${number === 1 ? '' : 's'}`
}
