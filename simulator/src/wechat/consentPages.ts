import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import { scopesOf, type OAuth, type OAuthApp, type Scope } from './oauth'
import type { People, Person } from './people'

/** Whose WeChat shows web pages, and how. */
export interface WebUser {
  person: Person
  /** See `Grant`. */
  isSnapshot: boolean
}

/** What the pages work with. */
export interface ConsentParts {
  oauth: OAuth
  people: People
  webUser: () => WebUser
}

/** What WeChat shows in place of a question (WeChat: 网页授权, 错误返回码说明). */
const faults = {
  10003: 'redirect_uri域名与后台配置不一致',
  10005: '此公众号并没有这些scope的权限',
  10008: '请求参数格式错误',
  10010: 'scope不能为空',
  10011: 'redirect_uri不能为空',
  10012: 'appid不能为空',
  10013: 'state不能为空',
  10016: '不支持微信开放平台的Appid，请使用公众号Appid',
} as const

/** In bytes. */
const longestState = 128

/** A page of an app asks, and is led back to with a code. */
interface Question {
  app: OAuthApp
  scope: Scope
  redirectUri: URL
  state: string | undefined
}

/**
 * The pages of open.weixin.qq.com on which users say whether an app may know them: `connect/oauth2/authorize`
 * in WeChat's own browser, and `connect/qrconnect` in any, where the press stands for the scan. With
 * `snsapi_base` nobody is asked.
 */
export function createConsentPages({ oauth, people, webUser }: ConsentParts): Hono {
  const pages = new Hono()

  function read(c: Context, kind: 'official' | 'web'): Question | keyof typeof faults {
    const { appid, redirect_uri, response_type, scope, state } = c.req.query()
    if (!appid) return 10012
    if (!redirect_uri) return 10011
    if (!scope) return 10010
    if (response_type !== 'code') return 10008
    const app = oauth.findApp(appid)
    if (app?.kind !== kind) return 10016
    if (!URL.canParse(redirect_uri)) return 10003
    const redirectUri = new URL(redirect_uri)
    const isOwn = (app.domains ?? []).includes(redirectUri.hostname)
    if (!isOwn || !/^https?:$/.test(redirectUri.protocol)) return 10003
    const known = scopesOf[kind].find((one) => one === scope)
    if (!known) return 10005
    // Which of them WeChat reports for a state that is too long is not documented.
    if (Buffer.byteLength(state ?? '') > longestState) return 10008
    return { app, scope: known, redirectUri, state }
  }

  function lead(c: Context, { app, scope, redirectUri, state }: Question, user: WebUser): Response {
    const { code } = oauth.allow({ app, scope, ...user })
    redirectUri.searchParams.set('code', code)
    if (state !== undefined) redirectUri.searchParams.set('state', state)
    return c.redirect(redirectUri.href)
  }

  for (const [path, kind] of [
    ['/connect/oauth2/authorize', 'official'],
    ['/connect/qrconnect', 'web'],
  ] as const) {
    pages.get(path, (c) => {
      const question = read(c, kind)
      if (typeof question === 'number') return c.html(faultPage(question))
      const user = webUser()
      return question.scope === 'snsapi_base'
        ? lead(c, question, user)
        : c.html(questionPage(question, user.person))
    })
    pages.post(path, async (c) => {
      const question = read(c, kind)
      if (typeof question === 'number') return c.html(faultPage(question))
      const { answer, person } = await c.req.parseBody()
      if (answer !== 'allow' || typeof person !== 'string' || person.trim() === '') {
        // WeChat leads nowhere then.
        return c.html(
          page(html`
            <p>已拒绝，可以关闭此页。Declined: you can close this page.</p>
          `),
        )
      }
      const { isSnapshot } = webUser()
      return lead(c, question, { person: people.find(person.trim()), isSnapshot })
    })
  }
  return pages
}

type Markup = ReturnType<typeof html>

function questionPage({ app, scope }: Question, { name }: Person): Markup {
  return page(html`
    <h1>微信登录</h1>
    <p>应用 ${app.appId} 申请 ${scope}。This app asks who you are.</p>
    <form method="post">
      <p>
        <label>
          微信用户 WeChat user
          <input name="person" value="${name}" maxlength="64" required />
        </label>
      </p>
      <button name="answer" value="allow">允许 Allow</button>
      <button name="answer" value="decline" formnovalidate>拒绝 Decline</button>
    </form>
  `)
}

const faultPage = (fault: keyof typeof faults) =>
  page(html`
    <p class="fault">${faults[fault]}（${fault}）</p>
  `)

const page = (content: Markup) => html`
  <!doctype html>
  <html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>微信</title>
      <style>
        body {
          max-width: 24em;
          margin: 4em auto;
          padding: 0 1em;
          font: 16px/1.6 system-ui;
        }
      </style>
    </head>
    <body>
      ${content}
    </body>
  </html>
`
