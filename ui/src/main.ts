import '@fontsource-variable/inter/opsz.css';
import './lib/design/tokens.css';
import './lib/design/base.css';
import './lib/design/controls.css';
import './lib/design/page.css';
import './lib/design/list.css';
import './lib/design/status.css';
import './lib/design/dialog.css';
import './lib/design/bare.css';
import './lib/design/strip.css';
import { mount } from 'svelte';
import App from './App.svelte';

/** The letters lie beside the page; waiting a moment for them is better than a page that changes its face. */
const LETTERS_MS = 300;

const room = document.getElementById('app');
const letters = document.fonts.load('1rem "Inter Variable"');
const late = new Promise((done) => setTimeout(done, LETTERS_MS));
void Promise.race([letters, late]).finally(() => {
  if (room) mount(App, { target: room });
});
