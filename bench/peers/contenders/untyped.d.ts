// What is used of packages without types.

declare module 'regenerator-runtime/runtime'

declare module 'wafer2-client-sdk' {
  interface Callbacks {
    success?: (answer: { statusCode: number; data: unknown }) => void
    fail?: (error: unknown) => void
  }
  const qcloud: {
    setLoginUrl(url: string): void
    request(options: Callbacks & { url: string; login?: boolean }): void
    clearSession(): void
    Session: { get(): unknown; set(session: { skey: string }): void }
  }
  export default qcloud
}

// CommonJS of Babel: its default export is a member, seen from an ES module.

declare module 'fancy-mini/lib/login/BaseLogin' {
  class BaseLogin {
    readonly userInfo: { token?: string }
    config(options: object): void
    logout(): unknown
  }
  const exported: { default: typeof BaseLogin }
  export default exported
}

declare module 'fancy-mini/lib/login/auth/WechatAuth' {
  class WechatAuth {
    loginByWxSilent(given: object): Promise<object>
  }
  const exported: { default: typeof WechatAuth }
  export default exported
}

declare module 'fancy-mini/lib/request/Requester' {
  export class Requester {
    config(options: { plugins: object[] }): void
    request(options: object): Promise<unknown>
    requestWithLogin(options: object): Promise<unknown>
  }
  const exported: { default: typeof Requester }
  export default exported
}

declare module 'fancy-mini/lib/request/plugin/BasePlugin' {
  class BasePlugin {
    constructor(options: { pluginName: string })
    beforeRequest(given: object): void
  }
  const exported: { default: typeof BasePlugin }
  export default exported
}

declare module 'fancy-mini/lib/request/plugin/LoginPlugin' {
  class LoginPlugin {
    constructor(options: {
      loginCenter: object
      apiAuthFailChecker: (body: { code: number }) => boolean
    })
  }
  const exported: { default: typeof LoginPlugin }
  export default exported
}
