// nodebot is the plain bot of most shops that have one: Node, one SQLite file,
// one commit for each message before it is acknowledged, the reply sent after
// that. It is configured as shopbelld is. It keeps no order, has no limits and
// cannot tell after a crash what it sent.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Agent, createServer, request } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'

const env = process.env
const db = new Database(join(env.SHOPBELL_DATA, 'nodebot.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY, sender TEXT, body TEXT, reply TEXT)')
const insert = db.prepare('INSERT OR IGNORE INTO message (id, sender, body) VALUES (?, ?, ?)')
const update = db.prepare('UPDATE message SET reply = ? WHERE id = ?')
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const graph = `${env.SHOPBELL_GRAPH_URL}/${env.SHOPBELL_GRAPH_VERSION}/${env.SHOPBELL_PHONE_NUMBER_ID}/messages`

const read = (stream, done) => {
  const chunks = []
  stream.on('data', (c) => chunks.push(c)).on('end', () => done(Buffer.concat(chunks)))
}

const signed = (body, header = '') => {
  const want = Buffer.from('sha256=' + createHmac('sha256', env.SHOPBELL_APP_SECRET).update(body).digest('hex'))
  const got = Buffer.from(header)
  return got.length === want.length && timingSafeEqual(got, want)
}

const reply = (id, to) => {
  const headers = { authorization: `Bearer ${env.SHOPBELL_TOKEN}`, 'content-type': 'application/json' }
  const out = request(graph, { method: 'POST', agent, headers }, (response) =>
    read(response, (body) => update.run(JSON.parse(body).messages[0].id, id)))
  out.on('error', console.error)
  out.end(JSON.stringify({ messaging_product: 'whatsapp', to: `+${to}`, type: 'text', text: { body: 'It is 39 euros.' } }))
}

const [host, port] = env.SHOPBELL_LISTEN.split(':')
createServer((req, res) => {
  if (req.method === 'GET') return res.end(new URL(req.url, 'http://bot').searchParams.get('hub.challenge'))
  read(req, (body) => {
    if (!signed(body, req.headers['x-hub-signature-256'])) return res.writeHead(401).end()
    const messages = JSON.parse(body).entry.flatMap((e) => e.changes).flatMap((c) => c.value.messages ?? [])
    const fresh = messages.filter((m) => insert.run(m.id, m.from, m.text.body).changes === 1)
    res.end('ok')
    for (const m of fresh) if (m.text.body.includes('price')) reply(m.id, m.from)
  })
}).listen(Number(port), host)
