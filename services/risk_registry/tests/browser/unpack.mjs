// Chromium, its libraries and a font lie brotli-packed in the npm package: no browser is downloaded from elsewhere.
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import tar from 'tar-fs'

const packed = name => createReadStream(`node_modules/@sparticuz/chromium/bin/${name}.br`)
const target = 'node_modules/.chromium'

mkdirSync(target, { recursive: true })
await pipeline(packed('chromium'), createBrotliDecompress(), createWriteStream(`${target}/chromium`, { mode: 0o755 }))
for (const name of ['al2023', 'fonts']) await pipeline(packed(`${name}.tar`), createBrotliDecompress(), tar.extract(target))
