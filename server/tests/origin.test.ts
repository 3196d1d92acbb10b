// What a user reads of where a session has begun, by the User-Agent that browsers send.
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { AppEnv } from '../src/http/answer'
import { browserOf, originOf } from '../src/http/origin'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36'
const macintosh = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
const linux = 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0)'
const android = 'Mozilla/5.0 (Linux; Android 15; 23127PN0CC) AppleWebKit/537.36'
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15'
const ipad = 'Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15'
const ipod = 'Mozilla/5.0 (iPod touch; CPU iPhone OS 12_5 like Mac OS X) AppleWebKit/605.1.15'
const harmony = 'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36'
const olderHarmony = 'Mozilla/5.0 (Linux; Android 10; HarmonyOS; NOH-AN00) AppleWebKit/537.36'

it.each([
  [`${windows} Chrome/130.0 Safari/537.36`, 'Chrome, Windows'],
  [`${windows} Chrome/130.0 Safari/537.36 Edg/130.0`, 'Edge, Windows'],
  [`${windows} Chrome/130.0 Safari/537.36 OPR/115.0`, 'Opera, Windows'],
  [`${macintosh} Version/18.0 Safari/605.1.15`, 'Safari, macOS'],
  [`${linux} Gecko/20100101 Firefox/132.0`, 'Firefox, Linux'],
  [`${android} SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36`, 'Samsung Internet, Android'],
  [`${android} Chrome/130.0 Mobile Safari/537.36 EdgA/130.0`, 'Edge, Android'],
  [`${android} Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.60`, 'WeChat, Android'],
  [`${iphone} EdgiOS/130.0 Mobile/15E148 Safari/604.1`, 'Edge, iOS'],
  [`${iphone} FxiOS/132.0 Mobile/15E148 Safari/605.1.15`, 'Firefox, iOS'],
  [`${iphone} CriOS/130.0 Mobile/15E148 Safari/604.1`, 'Chrome, iOS'],
  [`${ipad} Version/12.1 Mobile/15E148 Safari/604.1`, 'Safari, iOS'],
  [`${ipod} Version/12.1 Mobile/15E148 Safari/604.1`, 'Safari, iOS'],
  [`${harmony} Chrome/114.0 Safari/537.36`, 'Chrome, HarmonyOS'],
  [`${olderHarmony} Chrome/114.0 Safari/537.36`, 'Chrome, HarmonyOS'],
  ['curl/8.9 (Windows)', 'Windows'],
  ['Firefox/132.0', 'Firefox'],
  ['curl/8.9', undefined],
  [undefined, undefined],
])('%s is %s', async (userAgent, named) => {
  const app = new Hono<AppEnv>().get('/', (c) => {
    const { system } = originOf(c)
    return c.json({ browser: browserOf(c), system })
  })
  const headers = new Headers(userAgent === undefined ? [] : [['User-Agent', userAgent]])
  const answer = (await (await app.request('/', { headers })).json()) as object
  const system = named?.split(', ').at(-1)
  const isSystem = system !== undefined && system !== 'Firefox'
  expect(answer).toEqual({ ...(named && { browser: named }), ...(isSystem && { system }) })
})
