/** `<sb-app>`: which page is shown for which address. */
import { Router } from '@lit-labs/router';
import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import './pages/home.ts';
import './pages/join.ts';
import './pages/not-found.ts';

@customElement('sb-app')
export class App extends LitElement {
  private readonly router = new Router(
    this,
    [
      { path: '/', render: () => html`<sb-home></sb-home>` },
      { path: '/join', render: () => html`<sb-join></sb-join>` },
      {
        path: '/s/:id',
        // The board is large, so it is loaded with the first session that is opened.
        enter: () => import('./pages/session.ts').then(() => true),
        render: ({ id }) => html`<sb-session .sessionId=${id!}></sb-session>`,
      },
    ],
    { fallback: { render: () => html`<sb-not-found></sb-not-found>` } },
  );

  override createRenderRoot() {
    return this;
  }

  override render() {
    return this.router.outlet();
  }
}
