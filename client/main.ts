import '@awesome.me/webawesome/dist/styles/themes/default.css';
import '@awesome.me/webawesome/dist/styles/native.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/scheme.ts';
import './theme/icons.ts';
import './app.ts';
