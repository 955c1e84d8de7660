import '@fontsource-variable/inter/opsz.css';
import './lib/design/tokens.css';
import './lib/design/base.css';
import { mount } from 'svelte';
import About from './screens/about/About.svelte';

const room = document.getElementById('app');
if (room) mount(About, { target: room });
