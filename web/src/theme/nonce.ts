/** The nonce that style elements made at run time carry, so that the server's content security policy lets them be. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
}

/** The library that keeps the page from scrolling behind a dialog looks for its nonce in this global. */
export function shareStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
}
