import { quoted, type Style } from './style'

/** The module that creates the app's `Auth`. */
export function newAuthModule({ eol, quote, semicolon }: Style): string {
  const lines = [
    `import { createAuth } from ${quoted('watchword', quote)}${semicolon}`,
    '',
    `export const auth = createAuth({ baseURL: import.meta.env.VITE_API_BASE })${semicolon}`,
  ]
  return lines.map((line) => line + eol).join('')
}

/** The page that shows a prompt if the visible page has no sheet. */
export function newPromptPage({ eol }: Style): string {
  return `<template><PromptPage /></template>${eol}`
}
