/** `--error` of App.vue, for WeChat's dialogues: they take no CSS variable. */
export const errorColor = { light: '#b3261e', dark: '#ff8a80' }
