// index.ts: VitePress's own theme, with our colours, and a piece of an explanation on the front page

import { useData } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { h } from 'vue'
import './style.css'

const Told = () => h('pre', { class: 'told' }, useData().frontmatter.value.told)

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(Told) }),
}
