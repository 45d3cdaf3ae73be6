import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { useStorage } from '@/access/useStorage'
import type { Engine, RecordingMode } from '@/api/types'
import { Notice } from '@/parts/Notice'
import { WeekEditor } from '@/parts/WeekEditor'
import { splitUrl, type Draft, type DraftErrors } from './draft'
import classes from './CameraFields.module.css'

export interface FieldsProps {
  draft: Draft
  errors: DraftErrors
  onChange: (change: Partial<Draft>) => void
}

const MODES: { value: RecordingMode; label: string; text: string }[] = [
  { value: 'continuous', label: 'Always', text: 'Around the clock.' },
  { value: 'schedule', label: 'By plan', text: 'At the hours of a weekly plan.' },
  {
    value: 'manual',
    label: 'By hand',
    text: 'Only after someone presses Start, until someone presses Stop.',
  },
  { value: 'off', label: 'Never', text: 'Shown live, but not recorded.' },
]

const ENGINES: { value: Engine; label: string }[] = [
  { value: 'auto', label: 'Automatic: Vedette’s own client, libav where it can’t' },
  { value: 'native', label: 'Vedette’s own RTSP client' },
  { value: 'libav', label: 'libav (RTSP over UDP, RTMP, HLS, MJPEG and odd cameras)' },
]

function LoginFields({ draft, errors, onChange }: FieldsProps) {
  return (
    <>
      {draft.loginLost && (
        <Notice tone="degraded" title="Enter the login again">
          It was lost with the database. The camera is not connected to until user and password are saved
          here.
        </Notice>
      )}
      <div className={classes.pair}>
        <TextInput
          label="User"
          value={draft.username}
          error={errors.username}
          disabled={draft.noLogin}
          onChange={(event) => onChange({ username: event.currentTarget.value })}
          autoComplete="off"
        />
        <PasswordInput
          label="Password"
          value={draft.password}
          error={errors.password}
          disabled={draft.noLogin}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
          autoComplete="new-password"
        />
      </div>
      {draft.loginLost && (
        <Checkbox
          label="This camera needs no login"
          checked={draft.noLogin}
          onChange={(event) => onChange({ noLogin: event.currentTarget.checked })}
        />
      )}
    </>
  )
}

/** Name, address and login. */
export function ConnectionFields({ draft, errors, onChange }: FieldsProps) {
  const takeLogin = (text: string) => {
    const found = splitUrl(text)
    if (found) onChange({ ...found, keepCredentials: false })
    else onChange({ url: text })
  }
  return (
    <>
      <TextInput
        label="Address"
        description="A user and password in it are taken out and kept sealed."
        placeholder="rtsp://192.168.1.20:554/stream1"
        required
        value={draft.url}
        error={errors.url}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
        onBlur={(event) => takeLogin(event.currentTarget.value)}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text')
          if (draft.url || !splitUrl(text)) return
          event.preventDefault()
          takeLogin(text)
        }}
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
      />
      {draft.keepCredentials ? (
        <div>
          <div className={classes.label}>User and password</div>
          <Group gap="sm">
            <span>Saved. They are never shown.</span>
            <Button variant="default" onClick={() => onChange({ keepCredentials: false })}>
              Replace
            </Button>
          </Group>
        </div>
      ) : (
        <LoginFields draft={draft} errors={errors} onChange={onChange} />
      )}
      <TextInput
        label="Name"
        placeholder="Gate"
        required
        value={draft.name}
        error={errors.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
    </>
  )
}

/** When it is recorded, and how long that is kept. */
export function RecordingFields({ draft, errors, onChange }: FieldsProps) {
  const mode = MODES.find(({ value }) => value === draft.mode)
  return (
    <>
      <div>
        <div id="mode-label" className={classes.label}>
          Record
        </div>
        <SegmentedControl
          size="sm"
          aria-labelledby="mode-label"
          value={draft.mode}
          onChange={(value) => onChange({ mode: value })}
          data={MODES.map(({ value, label }) => ({ value, label }))}
        />
        <div className={`${classes.hint ?? ''} meta`}>{mode?.text}</div>
      </div>
      {draft.mode === 'schedule' && (
        <WeekEditor
          week={draft.week}
          timezone={draft.timezone}
          error={errors.week}
          empty="not recorded"
          sum="This plan records"
          zoneLabel="Time zone of the plan"
          onWeek={(week) => onChange({ week })}
          onTimezone={(timezone) => onChange({ timezone })}
        />
      )}
      <Limit
        label="Keep for at most"
        unit="days"
        value={draft.keepDays}
        usual={30}
        error={errors.keepDays}
        onChange={(keepDays) => onChange({ keepDays })}
      />
      <Limit
        label="Use at most"
        unit="GB"
        value={draft.keepGigabytes}
        usual={500}
        error={errors.keepGigabytes}
        onChange={(keepGigabytes) => onChange({ keepGigabytes })}
      />
      <p className="meta">
        Without a limit footage stays until the volume needs the room; the oldest goes first.
      </p>
    </>
  )
}

/** What few ever touch. */
export function AdvancedFields({ draft, errors, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Address of the sub-stream"
        description="A second, small stream of the same camera. Grids show it, so that many pictures fit on a screen."
        placeholder="rtsp://192.168.1.20:554/stream2"
        value={draft.subUrl}
        error={errors.subUrl}
        onChange={(event) => onChange({ subUrl: event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
      />
      <Checkbox
        label="Record the sub-stream too"
        disabled={!draft.subUrl.trim()}
        checked={draft.recordSub}
        onChange={(event) => onChange({ recordSub: event.currentTarget.checked })}
      />
      <Select
        label="Engine"
        data={ENGINES}
        value={draft.engine}
        onChange={(value) => value && onChange({ engine: value })}
        allowDeselect={false}
      />
      <VolumeSelect draft={draft} errors={errors} onChange={onChange} />
      <NumberInput
        label="Length of a file"
        description="Minutes. Files begin on the clock: with 15, at :00, :15, :30 and :45."
        min={1}
        max={60}
        allowDecimal={false}
        value={draft.segmentMinutes}
        error={errors.segmentMinutes}
        onChange={(value) => onChange({ segmentMinutes: Number(value) })}
        styles={{ wrapper: { maxWidth: 200 } }}
      />
      <Textarea
        label="Notes"
        value={draft.notes}
        error={errors.notes}
        onChange={(event) => onChange({ notes: event.currentTarget.value })}
        autosize
        minRows={2}
      />
      <Switch
        label="Enabled"
        description="A disabled camera is not connected to at all."
        checked={draft.enabled}
        onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
      />
    </>
  )
}

/** Which volume takes the footage; not shown where there is only one. */
function VolumeSelect({ draft, errors, onChange }: FieldsProps) {
  // To a bucket nothing is recorded.
  const volumes = (useStorage().data?.volumes ?? []).filter(({ kind }) => kind === 'directory')
  if (volumes.length < 2) return null
  return (
    <Select
      label="Footage goes to"
      data={[
        { value: '', label: `The default volume (${volumes[0]?.name ?? ''})` },
        ...volumes.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      value={draft.volume === null ? '' : String(draft.volume)}
      error={errors.volume}
      onChange={(value) => onChange({ volume: value ? Number(value) : null })}
      allowDeselect={false}
    />
  )
}

interface LimitProps {
  label: string
  unit: string
  value: number | null
  usual: number
  error: ReactNode
  onChange: (value: number | null) => void
}

/** A limit that can be absent. */
function Limit({ label, unit, value, usual, error, onChange }: LimitProps) {
  return (
    <div className={classes.limit}>
      <Checkbox
        label={label}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? usual : null)}
      />
      <NumberInput
        aria-label={`${label}, ${unit}`}
        min={1}
        disabled={value === null}
        value={value ?? ''}
        placeholder="no limit"
        error={error}
        onChange={(next) => onChange(next === '' ? usual : Number(next))}
        w={120}
      />
      <span>{unit}</span>
    </div>
  )
}
