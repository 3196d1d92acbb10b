/** uni-app replaces it when it compiles, e.g. by "mp-weixin" or "h5". */
declare const process: { env: { UNI_PLATFORM?: string } }

declare const console: { warn(...what: unknown[]): void }
