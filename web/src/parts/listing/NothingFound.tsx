import { Button } from '@mantine/core'

/** What stands in place of a list of which nothing matches. */
export function NothingFound({ what, q, onClear }: { what: string; q: string; onClear: () => void }) {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px' }}>
      <p role="status" style={{ color: 'var(--v-text-2)', overflowWrap: 'anywhere' }}>
        No {what} has “{q}”.
      </p>
      <Button variant="default" size="compact-sm" onClick={onClear}>
        Clear the search
      </Button>
    </div>
  )
}
