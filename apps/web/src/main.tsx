import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { adoptTokenFromAddress } from './session/identity.js';
import './styles/base.css';
import './styles/controls.css';
import './styles/home.css';
import './styles/lobby.css';
import './styles/room.css';
import './styles/tile.css';
import './styles/panel.css';
import './styles/breakout.css';
import './styles/security.css';

adoptTokenFromAddress();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element');
createRoot(root).render(<App />);
