import { z } from 'zod'
import type { HttpCall, PageMessage, WechatCall, WireBody } from '../wire'

const header = z.record(z.string(), z.string())
const timeout = z.int().min(0)
const body: z.ZodType<WireBody> = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ base64: z.base64() }),
])

const httpCall: z.ZodType<HttpCall> = z.discriminatedUnion('api', [
  z.strictObject({
    api: z.literal('request'),
    method: z.string(),
    url: z.string(),
    header,
    body: body.exactOptional(),
    responseType: z.enum(['text', 'arraybuffer']),
    isChunked: z.boolean().exactOptional(),
    timeout,
  }),
  z.strictObject({
    api: z.literal('uploadFile'),
    url: z.string(),
    header,
    filePath: z.string(),
    contentFollows: z.literal(true).exactOptional(),
    name: z.string(),
    formData: z.record(z.string(), z.string()),
    timeout,
  }),
  z.strictObject({ api: z.literal('downloadFile'), url: z.string(), header, timeout }),
])

const wechatCall: z.ZodType<WechatCall> = z.strictObject({
  api: z.string(),
  options: z.record(z.string(), z.unknown()),
  choice: z.enum(['allow', 'refuse']).exactOptional(),
  isPrivate: z.boolean().exactOptional(),
  asksInPermission: z.boolean().exactOptional(),
})

/** What a page may say to the host in one POST; nothing else reaches a mini-program. */
export const pageMessages: z.ZodType<PageMessage[]> = z.array(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('http'), id: z.string(), call: httpCall }),
    z.strictObject({ type: z.literal('wechat'), id: z.string(), call: wechatCall }),
    z.strictObject({ type: z.literal('abort'), id: z.string() }),
    z.strictObject({ type: z.literal('answered'), api: z.string(), errMsg: z.string() }),
    z.strictObject({ type: z.literal('visibility'), visible: z.boolean() }),
    z.strictObject({ type: z.literal('file'), path: z.string(), base64: z.base64().nullable() }),
    z.strictObject({
      type: z.literal('life'),
      event: z.enum(['launch', 'show', 'hide', 'page']),
      route: z.string(),
    }),
    z.strictObject({
      type: z.literal('problem'),
      problem: z.strictObject({
        type: z.enum(['error', 'unanswered', 'compiled']),
        message: z.string(),
        stack: z.string().exactOptional(),
        name: z.string().exactOptional(),
      }),
    }),
  ]),
)
