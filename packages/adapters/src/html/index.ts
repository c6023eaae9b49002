// index.ts: explained points as one page for people, on a screen and on paper

export { type Beside, explanationPage } from './page.ts'
