import '@fontsource-variable/inter/opsz.css';
import './lib/design/tokens.css';
import './lib/design/base.css';
import './lib/design/controls.css';
import './lib/design/page.css';
import './lib/design/list.css';
import './lib/design/status.css';
import './lib/design/dialog.css';
import './lib/design/bare.css';
import { mount } from 'svelte';
import About from './screens/about/About.svelte';

const room = document.getElementById('app');
if (room) mount(About, { target: room });
