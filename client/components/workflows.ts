/**
 * `<sb-workflows>`: the use cases that the team marked on the diagram, each as its flows in their order. While flows are selected
 * on the board it is only what can be done with them.
 */
import { css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { can, LIMITS } from '#shared/document/rights.ts';
import type { Workflow } from '#shared/document/threats.ts';
import { addWorkflow, deleteWorkflow, editWorkflow } from '../session/commands.ts';
import { NO_FOCUS, onShapes, onWorkflow } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { Panel } from './panel.ts';
import './text-field.ts';
import type { TextField } from './text-field.ts';

const flowsIn = (count: number): string => `${count} ${count === 1 ? 'flow' : 'flows'}`;

@customElement('sb-workflows')
export class Workflows extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 7px; }
      .list > li { border-bottom: 1px solid var(--sb-line); padding: 4px 0; }
      .list > li.chosen { background: var(--sb-chosen); box-shadow: inset 3px 0 var(--sb-chosen-line); padding-inline: 9px 4px; }
      :is(button, div).head { display: flex; align-items: center; gap: 8px; width: 100%; padding: 3px 0; }
      .head :is(b, sb-text) { flex: 1; }
      .head b { overflow-wrap: anywhere; }
      .steps { counter-reset: step; padding: 4px 0; }
      .steps li { counter-increment: step; display: grid; grid-template-columns: 2em minmax(0, 1fr) auto; align-items: center; }
      .steps li::before { content: counter(step) '.'; color: var(--sb-quiet); font-variant-numeric: tabular-nums; }
      .steps button.link { overflow-wrap: anywhere; }
      .steps .plain { padding: 2px 4px; min-height: 24px; }
      .steps [aria-disabled='true'] { opacity: 0.45; cursor: default; }
      .up svg { transform: rotate(-90deg); }
      .down svg { transform: rotate(90deg); }
      .add { display: flex; flex-wrap: wrap; gap: 6px; }
      .add button { overflow-wrap: anywhere; text-align: start; }
    `,
  ];

  @query('sb-text') private nameField?: TextField;

  /** The one that was just made, in this place or beside what was selected: its name is there to be typed over. */
  private static fresh: string | null = null;

  /** The workflow that waits for a second click before it goes. */
  @state() private deleting: string | null = null;

  private get drawing(): boolean {
    return can.draw(this.desk.me.role, this.snapshot.info.locked);
  }

  /** The selected flows, in the order in which they were selected. */
  private get picked(): string[] {
    return this.looking.shapes.filter(id => this.snapshot.things.get(id)?.kind === 'data_flow');
  }

  private create(flows: readonly string[]) {
    const id = addWorkflow(this.desk, flows);
    if (!id) return;
    Workflows.fresh = id;
    this.look(onWorkflow(id), { panel: 'inspect' });
  }

  override updated() {
    if (!this.nameField || this.looking.workflow !== Workflows.fresh) return;
    Workflows.fresh = null;
    this.nameField.select();
  }

  override render() {
    if (this.looking.shapes.length > 0) return this.renderPicked();
    const { workflows } = this.snapshot;
    return html`
      <h2>Workflows</h2>
      ${
        workflows.length === 0
          ? html`<p class="quiet small">A workflow is something people do with the device, like a measurement or an update, as the data flows it runs through.</p>`
          : nothing
      }
      <ul class="list">${repeat(
        workflows,
        ({ id }) => id,
        workflow => this.renderWorkflow(workflow),
      )}</ul>
      ${
        this.drawing
          ? html`<div><button @click=${() => this.create([])}>${icon('plus')} New workflow</button></div>
            <p class="quiet small">Or select data flows on the board in their order, with Shift held down, and add them here.</p>`
          : nothing
      }
    `;
  }

  private renderPicked() {
    const { picked } = this;
    if (picked.length === 0 || !this.drawing) return nothing;
    const { workflows } = this.snapshot;
    const these = picked.length === 1 ? 'this flow' : `these ${picked.length} flows`;
    const add = ({ id, flows }: Workflow) => {
      editWorkflow(this.desk, id, { flows: [...flows, ...picked] });
      this.look(onWorkflow(id), { panel: 'inspect' });
    };
    return html`
      <h2>Workflows</h2>
      <div class="add">
        ${workflows.map(workflow => html`<button @click=${() => add(workflow)}>Add ${these} to “${workflow.name}”</button>`)}
        <button @click=${() => this.create(picked)}>${icon('plus')} New workflow of ${these}</button>
      </div>
    `;
  }

  private renderWorkflow(workflow: Workflow) {
    const { id, name } = workflow;
    const steps = this.stepsOf(workflow);
    const chosen = this.looking.workflow === id;
    const count = html`<span class="quiet small">${flowsIn(steps.length)}</span>`;
    if (!chosen) {
      return html`<li>
        <button class="link head" aria-expanded="false" @click=${() => this.look(onWorkflow(id))}><b>${name}</b>${count}</button>
      </li>`;
    }
    return html`<li class="chosen">
      <div class="head">
        <sb-text
          bare required label="Name of the workflow" limit=${LIMITS.title} .value=${name} ?disabled=${!this.drawing}
          @sb-commit=${(event: CustomEvent) => editWorkflow(this.desk, id, { name: event.detail.text })}
        ></sb-text>
        ${count}
        <button class="plain" aria-label="Close ${name}" title="Close" aria-expanded="true" @click=${() => this.look(NO_FOCUS)}>${icon('close')}</button>
      </div>
      ${this.renderChosen(workflow, steps)}
    </li>`;
  }

  /** Its flows that are on the board, each with its place in the list. */
  private stepsOf({ flows }: Workflow): { flow: string; at: number }[] {
    return flows
      .map((flow, at) => ({ flow, at }))
      .filter(({ flow }) => this.snapshot.things.get(flow)?.kind === 'data_flow');
  }

  private renderChosen(workflow: Workflow, steps: { flow: string; at: number }[]) {
    const { id, name, flows } = workflow;
    return html`
      <ol class="steps" aria-label="Steps of ${name}">
        ${steps.map(({ flow, at }, i) => {
          const label = labelOf(this.snapshot.things, flow);
          const move = (way: 'up' | 'down') => {
            const other = steps[way === 'up' ? i - 1 : i + 1];
            return this.renderMove(label, way, other && (() => this.swap(workflow, at, other.at)), i);
          };
          return html`<li>
            <button class="link" @click=${() => this.look(onShapes([flow]))}>${label}</button>
            ${
              this.drawing
                ? html`<span>${move('up')}${move('down')}<button
                  class="plain" aria-label="Take out ${label}" title="Take out"
                  @click=${() => editWorkflow(this.desk, id, { flows: flows.toSpliced(at, 1) })}
                >${icon('close')}</button></span>`
                : nothing
            }
          </li>`;
        })}
      </ol>
      ${steps.length === 0 ? html`<p class="quiet small">No flows yet. Select some on the board, then add them.</p>` : nothing}
      ${this.drawing ? this.renderDelete(workflow) : nothing}
    `;
  }

  private swap({ id, flows }: Workflow, one: number, other: number) {
    editWorkflow(this.desk, id, { flows: flows.with(one, flows[other]!).with(other, flows[one]!) });
  }

  /**
   * A button that can do nothing stays in reach, so that the keyboard stays where it is at the end of the list; else the keyboard
   * goes with the step, to press again.
   */
  private renderMove(label: string, way: 'up' | 'down', swap: (() => void) | undefined, at: number) {
    const word = way === 'up' ? 'Earlier' : 'Later';
    const move = () => {
      if (!swap) return;
      swap();
      const buttons = this.renderRoot.querySelectorAll<HTMLElement>(`.steps .${way}`);
      buttons[way === 'up' ? at - 1 : at + 1]?.focus();
    };
    return html`<button
      class="plain ${way}" aria-label="${word}: ${label}" title=${word} aria-disabled=${swap === undefined} @click=${move}
    >${icon('chevron')}</button>`;
  }

  private renderDelete({ id }: Workflow) {
    if (this.deleting !== id)
      return html`<div><button class="plain small" @click=${() => (this.deleting = id)}>${icon('trash')} Delete the workflow …</button></div>`;
    const remove = () => {
      this.deleting = null;
      deleteWorkflow(this.desk, id);
      this.look(NO_FOCUS);
    };
    return html`<div class="row small">
      <span>The flows stay on the board.</span>
      <button class="primary" @click=${remove}>Delete</button>
      <button class="plain" @click=${() => (this.deleting = null)}>Cancel</button>
    </div>`;
  }
}
