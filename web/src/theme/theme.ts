import {
  ActionIcon,
  Button,
  CloseButton,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Skeleton,
  Tooltip,
} from '@mantine/core'

// Shade 5 is the accent on dark, shade 7 on light: both carry text at AA.
const accent: MantineColorsTuple = [
  '#eaf3ff',
  '#d3e5ff',
  '#a9ccff',
  '#80b6ff',
  '#64a7ff',
  '#4c9aff',
  '#2b7fec',
  '#1465d2',
  '#0f52ad',
  '#0c428c',
]
const red: MantineColorsTuple = [
  '#fff0f0',
  '#ffdcdd',
  '#ffb8ba',
  '#ff9598',
  '#ff7a7e',
  '#e5484d',
  '#d63d42',
  '#c02429',
  '#9f1c21',
  '#7f1519',
]
// Mantine's dark scheme takes text, borders and surfaces from this scale.
const dark: MantineColorsTuple = [
  '#e6eaee',
  '#c3ccd5',
  '#9aa5b1',
  '#6b7783',
  '#262e37',
  '#1f2630',
  '#12161b',
  '#0b0d10',
  '#08090c',
  '#050608',
]

// Filled and light take the tokens, whose text colours hold AA in both themes; Mantine chooses one for both.
const variants: VariantColorsResolver = (input) => {
  const name = input.color ?? input.theme.primaryColor
  const base = defaultVariantColorsResolver(input)
  if (name === 'accent' && input.variant === 'filled')
    return {
      ...base,
      background: 'var(--v-accent)',
      hover: 'var(--v-accent-hover)',
      color: 'var(--v-on-accent)',
    }
  if (name === 'accent' && input.variant === 'light')
    return {
      ...base,
      background: 'var(--v-accent-soft)',
      hover: 'var(--v-accent-soft)',
      color: 'var(--v-accent-text)',
    }
  if (name === 'red' && input.variant === 'filled')
    return { ...base, background: '#c02429', hover: '#9f1c21', color: '#fff' }
  if (name === 'red' && input.variant === 'subtle') return { ...base, color: 'var(--v-recording-text)' }
  return base
}

export const theme = createTheme({
  variantColorResolver: variants,
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 5 },
  colors: { accent, red, dark },
  autoContrast: true,
  fontFamily: 'var(--v-font)',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '22px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  headings: { fontWeight: '600' },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: () => ({ root: { '--button-height': 'var(--v-control)', '--button-padding-x': '12px' } }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray' },
      vars: () => ({ root: { '--ai-size': 'var(--v-control)' } }),
    }),
    Input: Input.extend({
      vars: () => ({ wrapper: { '--input-height': 'var(--v-control)', '--input-size': 'var(--v-control)' } }),
    }),
    // Every cross, in dialogs and messages too, has a name.
    CloseButton: CloseButton.extend({ defaultProps: { variant: 'subtle', ...{ 'aria-label': 'Close' } } }),
    // Its placeholder for the focus is no child that a menu may have.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { transitionProps: { duration: 120 }, centered: true } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 120 }, shadow: 'md' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Skeleton: Skeleton.extend({ defaultProps: { animate: true } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, transitionProps: { duration: 120 }, withArrow: false, fz: 12 },
    }),
  },
})

const shared = {
  '--mantine-color-body': 'var(--v-bg)',
  '--mantine-color-text': 'var(--v-text)',
  '--mantine-color-dimmed': 'var(--v-text-2)',
  '--mantine-color-placeholder': 'var(--v-text-2)',
  '--mantine-color-anchor': 'var(--v-accent)',
  '--mantine-color-default': 'var(--v-raised)',
  '--mantine-color-default-hover': 'var(--v-border)',
  '--mantine-color-default-color': 'var(--v-text)',
  '--mantine-color-default-border': 'var(--v-border)',
  '--mantine-color-error': 'var(--v-recording-text)',
  '--mantine-shadow-md': 'var(--v-shadow)',
  '--mantine-shadow-xl': 'var(--v-shadow)',
}

/** Mantine's own variables, led back to the tokens, so that there is one source of colour. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, dark: shared, light: shared })
