/** What a foreign page can't send: the server takes no change with the login's cookies without it. */
export const CLIENT_HEADER = { 'X-Vedette-Client': 'web' } as const
