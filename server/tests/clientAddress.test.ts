import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/readConfig'
import { createAddressOf } from '../src/http/clientAddress'
import { networkOf, parseAddress } from '../src/http/network'

const least = {
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'a-secret',
  SESSION_KEY_SECRET: Buffer.alloc(32, 7).toString('base64'),
}

async function addressOf(trust: string, socket: string, forwarded?: string): Promise<string> {
  const { trustProxy } = readConfig({ ...least, TRUST_PROXY: trust })
  const find = createAddressOf(trustProxy)
  const app = new Hono().get('/', (c) => c.text(String(find(c))))
  const headers = new Headers(forwarded === undefined ? [] : [['X-Forwarded-For', forwarded]])
  const env = { incoming: { socket: { remoteAddress: socket } } }
  return (await app.request('/', { headers }, env)).text()
}

describe('the address of a client is', () => {
  it.each([
    [
      'that of the socket, where nobody is trusted',
      '',
      '198.51.100.1',
      '203.0.113.9',
      '198.51.100.1',
    ],
    [
      'as IPv4, where the socket has it in IPv6',
      '',
      '::ffff:198.51.100.1',
      undefined,
      '198.51.100.1',
    ],
    ['what the one proxy has added', '1', '10.0.0.1', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
    [
      'what the first of two has added',
      '2',
      '10.0.0.1',
      '6.6.6.6, 203.0.113.9, 10.0.0.2',
      '203.0.113.9',
    ],
    [
      'the first there is, where there are fewer',
      '3',
      '10.0.0.1',
      '203.0.113.9, 10.0.0.2',
      '203.0.113.9',
    ],
    ['that of the proxy, where it adds none', '1', '10.0.0.1', undefined, '10.0.0.1'],
    [
      'the last that no proxy has',
      '10.0.0.0/8',
      '10.0.0.1',
      '6.6.6.6, 203.0.113.9, 10.9.9.9',
      '203.0.113.9',
    ],
    [
      'that of the socket, if it is no proxy',
      '10.0.0.0/8',
      '198.51.100.1',
      '203.0.113.9',
      '198.51.100.1',
    ],
    [
      'in one of several networks',
      '10.0.0.0/8, 192.0.2.7,fd00::/8',
      'fd00::1',
      '203.0.113.9, 192.0.2.7',
      '203.0.113.9',
    ],
    [
      'outside of a network of as many bits as are named',
      '172.16.0.0/12',
      '172.31.0.1',
      '203.0.113.9, 172.32.0.1, 172.31.0.2',
      '172.32.0.1',
    ],
    ['not what is no address', '2', '10.0.0.1', '203.0.113.9, unknown', '10.0.0.1'],
    ['without a port', '1', '10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['without brackets and a port', '1', '10.0.0.1', '[2001:DB8::1]:4711', '2001:db8::1'],
  ])('%s', async (_, trust, socket, forwarded, address) => {
    expect(await addressOf(trust, socket, forwarded)).toBe(address)
  })

  it('unknown where there is no socket', async () => {
    const find = createAddressOf({ is: 'hops', count: 1 })
    const app = new Hono().get('/', (c) => c.text(String(find(c))))
    const headers = { 'X-Forwarded-For': '203.0.113.9' }
    expect(await (await app.request('/', { headers })).text()).toBe('undefined')
  })
})

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2::/64'],
  ['1::', '1:0:0:0::/64'],
  ['1::4:5:6:7:8', '1:0:0:4::/64'],
])('%s is in the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

it.each([
  [' 203.0.113.9 ', '203.0.113.9'],
  ['203.0.113.9:80', '203.0.113.9'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]:4711', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['fe80::1%', 'fe80::1'],
  ['::FFFF:203.0.113.9', '203.0.113.9'],
  ['[::ffff:203.0.113.9]:80', '203.0.113.9'],
  ['::ffff:cb00:7109', '::ffff:cb00:7109'],
  ['::ffff:1b00:7109', '::ffff:1b00:7109'],
  ['64:ff9b::ffff:203.0.113.9', '64:ff9b::ffff:203.0.113.9'],
])('%j is the address %s', (text, address) => {
  expect(parseAddress(text)).toBe(address)
})

it.each([
  ...['', 'unknown', '1.2.3', '_hidden', '[::1', '999.1.1.1', '::ffff:999.1.1.1'],
  ...['203.0.113.9:', '203.0.113.9:x', '203.0.113.9:80 x', 'x 203.0.113.9:80', 'x203.0.113.9:80'],
  ...['203.0.113:80.9', '::ffff:203.0.113.9:80'],
  ...['[::1]x', '[::1]:', '[::1]:x', 'x[::1]', '[]', '::1:80:x'],
])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined()
})
