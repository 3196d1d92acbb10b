// WeChat's servers for any number of people, without a script: who logs in is in the code.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Person } from './people'

/** The invented user of that name, the same each time. */
export function personNamed(name: string): Required<Person> {
  const sessionKey = createHash('md5').update(name).digest('base64')
  return { openid: `open-${name}`, unionid: `union-${name}`, sessionKey }
}

/** Takes the codes of all `loginCode`s, each once, as WeChat does. */
export interface CrowdWeChat {
  url: string
  /** A new code of the user of that name. */
  loginCode(name: string): string
  close(): Promise<void>
}

export async function startCrowdWeChat(): Promise<CrowdWeChat> {
  const names = new Map<string, string>()
  let codes = 0
  const server = createServer((request, response) => {
    const code = new URL(request.url ?? '/', 'http://wechat').searchParams.get('js_code') ?? ''
    const name = names.get(code)
    names.delete(code)
    response.end(JSON.stringify(name === undefined ? { errcode: 40029 } : loginReply(name)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loginCode(name) {
      const code = `code-${codes++}`
      names.set(code, name)
      return code
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function loginReply(name: string) {
  const { openid, unionid, sessionKey } = personNamed(name)
  return { openid, unionid, session_key: sessionKey }
}
