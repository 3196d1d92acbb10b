import { Hono } from 'hono'
import { answer, type AppEnv } from '../http/answer'

/** What the business offers; `price` is in fen. */
export const services = [
  {
    id: 'small-van',
    name: '小面搬家',
    description: '一辆小面包车，适合单间和学生宿舍，含一位师傅。',
    price: 19_900,
  },
  {
    id: 'family',
    name: '全家搬',
    description: '4.2 米厢式货车，两位师傅，家具拆装、打包一次办好。',
    price: 68_000,
  },
  {
    id: 'piano',
    name: '钢琴搬运',
    description: '四位师傅，专用绑带和滑板，立式、三角钢琴都可以。',
    price: 45_000,
  },
  {
    id: 'storage',
    name: '短期存放',
    description: '上门取件，恒温仓库，按月计价，随取随送。',
    price: 29_900,
  },
] as const

/** `GET /services`: for everyone, guests too. */
export function serviceRoutes() {
  return new Hono<AppEnv>().get('/services', (c) => answer(c, services))
}
