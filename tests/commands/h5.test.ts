import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { findBrowser } from '@watchword/simulator'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../scripts/build'
import { startStack, type Stack } from '../../scripts/stack'

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}

let folder: string
let stack: Stack
let files: Server
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchword-h5-'))
  const outDir = join(folder, 'h5')
  stack = await startStack({
    port: 0,
    wechatPort: 0,
    dataDir: join(folder, 'data'),
    logLevel: 'silent',
  })
  await buildApp('h5', { apiBase: stack.backend.url, outDir })
  files = createServer((request, response) => {
    const path = normalize(new URL(request.url!, 'http://localhost').pathname)
    const file = join(outDir, path === '/' ? 'index.html' : path)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
    createReadStream(file).pipe(response)
  }).listen(0, '127.0.0.1')
  await once(files, 'listening')
})
afterAll(async () => {
  files.close()
  await stack.close()
  await rm(folder, { recursive: true })
})

test('the H5 build loads, and guests browse', async () => {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    // uni-h5's stylesheet loads a picture from DCloud's servers.
    await page.route(/^https:/, (route) => route.fulfill({ status: 204 }))
    await page.goto(`http://127.0.0.1:${(files.address() as AddressInfo).port}/`)
    await page.locator('.service').first().waitFor()
    expect(await page.locator('.service').count()).toBeGreaterThan(1)
    expect(await page.locator('.auth-sheet').count()).toBe(0)
    expect(await page.locator('.page').first().innerText()).not.toContain('线上整理课')
    const name = await page.locator('.service .name').first().innerText()
    await page.locator('.service__book').first().click()
    await page.locator('#submit').waitFor()
    // What it was opened with arrived, too.
    await page.locator('.heading__name', { hasText: name }).waitFor()
    expect(errors).toEqual([])
  } finally {
    await browser.close()
  }
})
