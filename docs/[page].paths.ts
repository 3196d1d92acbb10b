// Pages of the site whose file is not in docs/, and English pages of the Chinese site.
import { readFileSync } from 'node:fs'
import { added } from './.vitepress/pages'

export default {
  paths: () =>
    added.map(([page, file]) => ({
      params: { page: page.replace(/\.md$/, '') },
      content: readFileSync(file, 'utf8'),
    })),
}
