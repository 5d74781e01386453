import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app/app.tsx';
import { keepProgramUpToDate } from './app/program-update.ts';
import './design/tokens.css';
import './design/base.css';
import './design/controls.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <BrowserRouter>
      <App />
    </BrowserRouter>,
  );
}
if (import.meta.env.PROD) keepProgramUpToDate().catch(() => undefined);
