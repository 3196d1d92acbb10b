/** What every contender can be asked for. */
export interface Client {
  /** One GET; resolves with what the backend has for a user, rejects otherwise. */
  get(path: string): Promise<unknown>
  /** What the app does when the user signs out. */
  logOut(): unknown
  /** Whether it asks the user for something now. */
  asks(): boolean
}

/**
 * @param token of the session that is stored; `undefined`: none
 * @param concurrency how many requests it lets on the wire, if it can be told; its own default if not given
 */
export type Create = (token: string | undefined, concurrency?: number) => Client

export interface Contender {
  /** The module under contenders/ that exports `create`. */
  module: string
  name: string
  /** The npm package that its version is of; `undefined`: this repository. */
  package?: string
  /** The documents that it is set up by. */
  source: string
}

export const WATCHWORD: Contender = {
  module: 'watchword',
  name: 'watchword',
  source: 'README.md',
}

/** Everything that signs in, watchword first. */
export const CONTENDERS: Contender[] = [
  WATCHWORD,
  {
    module: 'alova',
    name: 'alova, token authentication',
    package: 'alova',
    source: 'https://alova.js.org/tutorial/client/strategy/token-authentication',
  },
  {
    module: 'luchQueue',
    name: 'luch-request, queue of waiting requests',
    package: 'luch-request',
    // It documents interceptors only; this is what tutorials for uni-app put into them.
    source: 'https://jishuzhan.net/article/2004085597883924481',
  },
  {
    module: 'luchShared',
    name: 'luch-request, one shared login',
    package: 'luch-request',
    source: 'https://www.quanzhan.co/luch-request/handbook/',
  },
  {
    module: 'uniNetwork',
    name: '@uni-helper/uni-network',
    package: '@uni-helper/uni-network',
    // Its chapter 无感刷新登录态 refers to uni-ajax's.
    source: 'https://uniajax.ponjs.com/guide/question#无感刷新-token',
  },
  {
    module: 'axiosAuthRefresh',
    name: 'axios-auth-refresh, as it comes',
    package: 'axios-auth-refresh',
    source: 'https://github.com/Flyrell/axios-auth-refresh#readme',
  },
  {
    module: 'axiosAuthRefreshShared',
    name: 'axios-auth-refresh, deduplicateRefresh off',
    package: 'axios-auth-refresh',
    source: 'https://github.com/Flyrell/axios-auth-refresh#deduplicate-refresh-calls',
  },
  {
    module: 'fancyMini',
    name: 'fancy-mini',
    package: 'fancy-mini',
    source: 'https://zhuanzhuanfe.github.io/fancy-mini/tutorial-2.1-login.html',
  },
  {
    module: 'wafer',
    name: 'wafer2-client-sdk',
    package: 'wafer2-client-sdk',
    source: 'https://github.com/tencentyun/wafer2-client-sdk#readme',
  },
  {
    module: 'unibest',
    name: 'unibest, as its template does',
    source: 'https://github.com/feige996/unibest, src/http/http.ts',
  },
]

/** `uni.request` with a token, and nothing else: what the others are compared with. */
export const RAW: Contender = {
  module: 'raw',
  name: 'uni.request alone',
  source: 'https://uniapp.dcloud.net.cn/api/request/request.html',
}
