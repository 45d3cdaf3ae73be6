// A real OpenID provider (npm's oidc-provider, a certified one) on a loopback port, for tests. It prints its issuer, and
// is told what to be by `POST /control` with any of: accounts, clients, claimsInUserinfo, idTokenSeconds, newKeys.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

function makeKey() {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  return { ...key, kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' }
}

const cookieKey = randomBytes(16).toString('hex')
const told = { accounts: {}, clients: [], claimsInUserinfo: false, idTokenSeconds: 3600 }
let keys = [makeKey()]
let answer

function make(issuer) {
  const provider = new Provider(issuer, {
    clients: told.clients,
    jwks: { keys },
    cookies: { keys: [cookieKey] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
    conformIdTokenClaims: told.claimsInUserinfo,
    ttl: { IdToken: told.idTokenSeconds, AccessToken: 600, Grant: 3600, Session: 3600, Interaction: 3600 },
    pkce: { required: () => true },
    // Signing in is asked for, consent is not.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    async findAccount(_ctx, id) {
      return { accountId: id, claims: async () => ({ sub: id, ...told.accounts[id] }) }
    },
  })
  return provider.callback()
}

async function control(request, response) {
  let text = ''
  for await (const piece of request) text += piece
  const { newKeys, ...rest } = JSON.parse(text)
  Object.assign(told, rest)
  if (newKeys) keys = [makeKey()]
  answer = make(issuer)
  response.end('{}')
}

const server = createServer((request, response) =>
  request.url === '/control' ? control(request, response) : answer(request, response),
)
let issuer
server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`
  answer = make(issuer)
  console.log(`issuer ${issuer}`)
})
