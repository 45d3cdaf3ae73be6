/** How players get footage of a volume in a bucket. */
export const DELIVERIES = [
  { value: 'server', label: 'through Vedette' },
  { value: 'browser', label: 'from the bucket itself (needs a CORS rule there)' },
]
