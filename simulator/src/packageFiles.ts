/** Whether a file is of a package, rather than the app's own. */
export const isPackageFile = (file: string): boolean =>
  /(^|\/)(node_modules|miniprogram_npm)\/|^common\/vendor\.js$/.test(file)
