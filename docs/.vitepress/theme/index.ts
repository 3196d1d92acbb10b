import { useData, type Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { h } from 'vue'
import workbench from '../../screens/workbench/burst.png'
import './style.css'

/** The picture beside the first words; a press opens it in its own size. */
function WorkbenchPicture() {
  const { alt, caption } = useData().frontmatter.value.hero.image as Record<string, string>
  return h('figure', { class: 'workbench' }, [
    h('a', { href: workbench, target: '_blank' }, [h('img', { src: workbench, alt })]),
    h('figcaption', caption),
  ])
}

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(WorkbenchPicture) }),
} satisfies Theme
