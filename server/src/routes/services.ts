import { Hono, type Context } from 'hono'
import { answer, type AppEnv } from '../http/answer'
import { inLanguageOf, type Localized } from '../http/language'

interface Service {
  id: string
  name: Localized
  description: Localized
  /** In fen. */
  price: number
  /**
   * No movers come for it, so it cannot be booked. The app decides where such goods may be offered;
   * the backend sells none.
   */
  isVirtual: boolean
}

/** What the business offers. */
const services = [
  {
    id: 'small-van',
    name: { zh: '小面搬家', en: 'Small van' },
    description: {
      zh: '一辆小面包车，适合单间和学生宿舍，含一位师傅。',
      en: 'One small van and one mover, for a room or a student flat.',
    },
    price: 19_900,
    isVirtual: false,
  },
  {
    id: 'family',
    name: { zh: '全家搬', en: 'Whole home' },
    description: {
      zh: '4.2 米厢式货车，两位师傅，家具拆装、打包一次办好。',
      en: 'A 4.2 m truck and two movers, who pack, and take furniture apart and together.',
    },
    price: 68_000,
    isVirtual: false,
  },
  {
    id: 'piano',
    name: { zh: '钢琴搬运', en: 'Piano' },
    description: {
      zh: '四位师傅，专用绑带和滑板，立式、三角钢琴都可以。',
      en: 'Four movers with straps and boards, for upright and grand pianos.',
    },
    price: 45_000,
    isVirtual: false,
  },
  {
    id: 'storage',
    name: { zh: '短期存放', en: 'Storage' },
    description: {
      zh: '上门取件，恒温仓库，按月计价，随取随送。',
      en: 'Fetched from your home, kept at an even temperature, by the month.',
    },
    price: 29_900,
    isVirtual: false,
  },
  {
    id: 'packing-course',
    name: { zh: '线上整理课', en: 'Packing course' },
    description: {
      zh: '十节视频课，教您自己打包、分类、贴标签，随时可看。',
      en: 'Ten video lessons on packing, sorting and labelling by yourself, to watch at any time.',
    },
    price: 9_900,
    isVirtual: true,
  },
] as const satisfies Service[]

export const serviceIds = services.map(({ id }) => id)

/** Whether movers come for it on a day. */
export const isBookable = (id: string) => services.some((one) => one.id === id && !one.isVirtual)

/** Its name in the request's language; the id where the service is no longer offered. */
export function serviceName(c: Context, id: string): string {
  const service = services.find((one) => one.id === id)
  return service ? inLanguageOf(c, service.name) : id
}

/** `GET /services`: for everyone, guests too. */
export function serviceRoutes() {
  return new Hono<AppEnv>().get('/services', (c) =>
    answer(
      c,
      services.map((service) => ({
        ...service,
        name: inLanguageOf(c, service.name),
        description: inLanguageOf(c, service.description),
      })),
    ),
  )
}
