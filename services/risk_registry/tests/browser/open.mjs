// Opens the BPMN documents of stdin (a JSON list) in open.html, one after another in one Chromium; answers on stdout.
// `node open.mjs picture.png` also keeps what the last one looks like.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'

const here = import.meta.dirname
const packed = `${here}/node_modules/.chromium`
const home = await mkdtemp(`${tmpdir()}/bpmn-js-`)
const chromium = spawn(process.env.PLUMBLINE_CHROMIUM ?? `${packed}/chromium`, [
  '--headless', '--no-sandbox', '--no-zygote', '--single-process', '--disable-gpu', '--disable-software-rasterizer',
  '--allow-file-access-from-files', '--remote-debugging-pipe', `--user-data-dir=${home}`,
], {
  stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
  env: { FONTCONFIG_PATH: packed, ...process.env, LD_LIBRARY_PATH: `${packed}/lib`, HOME: home },
})
const [ask, told] = [chromium.stdio[3], chromium.stdio[4]]
const waiting = new Map()
let rest = ''
told.setEncoding('utf8').on('data', chunk => {
  const messages = (rest + chunk).split('\0')
  rest = messages.pop()
  for (const { id, result, error } of messages.map(each => JSON.parse(each))) {
    const { resolve, reject } = waiting.get(id) ?? {}
    error ? reject?.(new Error(error.message)) : resolve?.(result)
  }
})

let asked = 0
function call(method, params = {}, sessionId = undefined) {
  ask.write(`${JSON.stringify({ id: ++asked, method, params, sessionId })}\0`)
  return new Promise((resolve, reject) => waiting.set(asked, { resolve, reject }))
}

async function run(expression) {
  const done = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, page)
  if (done.exceptionDetails) throw new Error(done.exceptionDetails.exception?.description ?? done.exceptionDetails.text)
  return done.result.value
}

const { targetId } = await call('Target.createTarget', { url: 'about:blank', width: 960, height: 1160 })
const { sessionId: page } = await call('Target.attachToTarget', { targetId, flatten: true })
await call('Page.navigate', { url: `file://${here}/open.html` }, page)
await run('document.readyState === "complete" || new Promise(done => addEventListener("load", done))')
const answers = []
for (const xml of JSON.parse(await text(process.stdin))) answers.push(await run(`edit(${JSON.stringify(xml)})`))
if (process.argv[2]) {
  const { data } = await call('Page.captureScreenshot', {}, page)
  writeFileSync(process.argv[2], Buffer.from(data, 'base64'))
}
chromium.kill()
await rm(home, { recursive: true, force: true, maxRetries: 5 })
process.stdout.write(JSON.stringify(answers))
