import encodeQR from 'qr'

// Scanners need this much light around the code (ISO/IEC 18004, 9.1).
const QUIET = 4

/** A QR code: black on white in every theme, since many scanners read no other. */
export function QrCode({ text, label, className }: { text: string; label: string; className: string }) {
  const rows = encodeQR(text, 'raw', { border: QUIET, ecc: 'medium' })
  const side = rows.length
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      className={className}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  )
}
