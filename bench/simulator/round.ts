// One round of `npm run bench:simulator`, in a process of its own: `tsx round.ts <dist> <wechat>`.
import { startSimulator } from '@watchword/simulator'
import type { Round } from './times'

const [dist = '', wechat = ''] = process.argv.slice(2)

async function timed<T>(run: () => Promise<T>): Promise<[number, T]> {
  const started = performance.now()
  const result = await run()
  return [performance.now() - started, result]
}

const [coldStart, first] = await timed(() => startSimulator({ dist, wechat }))
const [coldLaunch, firstPhone] = await timed(() => first.launch('', { person: 'lin' }))
await firstPhone.close()
await first.close()
const [warmStart, simulator] = await timed(() => startSimulator({ dist, wechat }))
await (await simulator.launch('', { person: 'lin' })).close()
const [warmLaunch, phone] = await timed(() => simulator.launch('', { person: 'lin' }))
const [restart] = await timed(() => phone.restart())
await phone.waitFor('.service')
const [tap] = await timed(() => phone.tap('.service__book'))
await phone.close()
await simulator.close()
const round: Round = { coldStart, warmStart, coldLaunch, warmLaunch, restart, tap }
console.log(JSON.stringify(round))
