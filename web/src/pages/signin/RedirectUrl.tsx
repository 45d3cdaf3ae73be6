import { Button, CopyButton, TextInput } from '@mantine/core'

/** To be registered at the provider. */
export function RedirectUrl({ url }: { url: string }) {
  return (
    <TextInput
      label="Redirect URL"
      description="Register it at the provider"
      value={url}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      rightSectionWidth={84}
      rightSection={
        // There is no clipboard on plain HTTP from another machine; the text can be selected.
        window.isSecureContext && (
          <CopyButton value={url}>
            {({ copied, copy }) => (
              <Button variant="subtle" size="compact-sm" onClick={copy} aria-label="Copy the redirect URL">
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        )
      }
    />
  )
}
