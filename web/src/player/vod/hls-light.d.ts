// The light build (no subtitles, no DRM) has the same interface for what is used here, and ships no types of its own.
declare module 'hls.js/light' {
  export * from 'hls.js'
  export { default } from 'hls.js'
}
