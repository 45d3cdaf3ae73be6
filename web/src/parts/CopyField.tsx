import { Button, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import classes from './CopyField.module.css'

/** A text to take along. Also where the browser gives no clipboard (a page without TLS): then it is selected. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [done, setDone] = useState<'copied' | 'selected' | null>(null)
  const copy = async () => {
    input.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setDone('copied')
    } catch {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- all there is without a secure context
      setDone(document.execCommand('copy') ? 'copied' : 'selected')
    }
  }
  return (
    <div className={classes.field}>
      <TextInput
        ref={input}
        className={classes.text ?? ''}
        classNames={{ input: classes.input ?? '' }}
        label={label}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        variant="default"
        className={classes.button ?? ''}
        leftSection={
          done === 'copied' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
        }
        onClick={() => void copy()}
        aria-label={`Copy: ${label}`}
      >
        {done === 'copied' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className={classes.said}>
        {done === 'selected' ? 'It is selected: copy it with Ctrl+C.' : ''}
      </span>
    </div>
  )
}
