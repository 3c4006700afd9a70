/** `<sb-rule>`: one rule in full: what it says, where it fires, and what it goes back to. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { KINDS } from '#shared/dfd/kinds.ts';
import { METHODS } from '#shared/stride/methods.ts';
import { conditionsOf, type Rule } from '#shared/stride/rule.ts';
import { inWords } from '#shared/stride/words.ts';
import { controls } from '../theme/controls.ts';
import { ruleFacts } from './rule-details.ts';

@customElement('sb-rule')
export class RuleCard extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: block; overflow-wrap: anywhere; }
      dl { display: grid; grid-template-columns: 136px minmax(0, 1fr); gap: 6px 12px; margin-top: 8px; font-size: var(--sb-small); }
      dt { color: var(--sb-quiet); }
      dd li { padding-inline-start: 12px; text-indent: -12px; }
      dd li::before { content: '· '; }
      a { color: var(--wa-color-text-link); }
      .or { padding: 3px 0; color: var(--sb-quiet); }
      @media (max-width: 560px) { dl { grid-template-columns: minmax(0, 1fr); gap: 2px; } dd { margin-bottom: 6px; } }
    `,
  ];

  @property({ attribute: false }) rule!: Rule;

  override render() {
    const { rule } = this;
    const { explanation, applies_to, methods } = rule;
    const facts = ruleFacts(rule);
    return html`
      <p>${explanation}</p>
      <dl>
        <dt>Asked about</dt>
        <dd>${applies_to.map(kind => KINDS[kind].label.toLowerCase()).join(', ')}</dd>
        <dt>Suggested when</dt>
        <dd>${this.renderCondition()}</dd>
        ${methods ? html`<dt>Only by</dt><dd>${methods.map(method => METHODS[method].label).join(', ')}</dd>` : nothing}
        ${facts.map(([label, content]) => html`<dt>${label}</dt><dd>${content}</dd>`)}
      </dl>
    `;
  }

  private renderCondition() {
    return conditionsOf(this.rule).map((condition, i) => {
      const tests = inWords(condition);
      return html`
        ${i > 0 ? html`<p class="or">or when</p>` : nothing}
        ${tests.length > 0 ? html`<ul>${tests.map(each => html`<li>${each}</li>`)}</ul>` : html`<p>Always</p>`}
      `;
    });
  }
}
