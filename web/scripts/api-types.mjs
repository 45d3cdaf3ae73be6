// Writes src/api/schema.d.ts from the OpenAPI document that the app itself gives.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const python = process.env.PYTHON ?? '../.venv/bin/python'
const document = execFileSync(python, ['-m', 'vedette.api.openapi'], { encoding: 'utf8', maxBuffer: 1 << 26 })
const types = astToString(await openapiTS(JSON.parse(document)))
writeFileSync('src/api/schema.d.ts', `// Written by \`npm run api\`. Don't edit.\n${types}`)
