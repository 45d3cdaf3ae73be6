// Writes src/api/schema.d.ts from the OpenAPI document that the app itself gives.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const python = process.env.PYTHON ?? '../.venv/bin/python'
const program = `
import json
from vedette.api.app import create_app
from vedette.settings import Settings
print(json.dumps(create_app(Settings()).openapi()))
`
const document = JSON.parse(execFileSync(python, ['-c', program], { encoding: 'utf8', maxBuffer: 1 << 26 }))
const types = astToString(await openapiTS(document, { defaultNonNullable: true, alphabetize: true }))
writeFileSync('src/api/schema.d.ts', `// Written by \`npm run api\`. Don't edit.\n${types}`)
