/**
 * The suggestions for a board, kept up with its changes: `suggest(readModel(records), method)`, asked only where something changed
 * that bears on the answer.
 */
import { LiveModel } from '../dfd/live-model.ts';
import { type Element, isElement } from '../dfd/model.ts';
import type { Heirs } from '../document/document.ts';
import type { BoardChanges } from '../document/live-board.ts';
import type { Suggestion } from '../document/threats.ts';
import { type Choices, suggestFor } from './ask.ts';
import type { Method } from './method-names.ts';
import { NO_CHOICES } from './suggest.ts';

export class LiveSuggestions implements Choices {
  /** By id. */
  readonly all = new Map<string, Suggestion>();
  /** Ids of what was asked about at the last update. */
  touched = new Set<string>();
  private readonly byTarget = new Map<string, Suggestion[]>();
  /** Each element as it was at the last update. */
  private readonly known = new Map<string, Element>();
  workflows: Choices['workflows'] = new Set();
  heirs: Heirs = new Map();

  /** Whether nothing was asked yet about a model that was read already. */
  private isNew: boolean;

  /** @param model one that is kept up already, for which everything is asked anew */
  constructor(
    readonly method: Method,
    readonly catalogue = NO_CHOICES.catalogue,
    readonly model = new LiveModel(),
  ) {
    this.isNew = model.elements.size + model.flows.size > 0;
  }

  /** What is suggested on an element or a flow. */
  on(target: string): readonly Suggestion[] {
    return this.byTarget.get(target) ?? [];
  }

  /**
   * @param changes the board's entries that changed; all of them at first
   * @returns ids of the suggestions that may have come, gone or changed
   */
  update(changes: BoardChanges, { workflows, heirs }: Partial<Choices> = {}): Set<string> {
    const touched = this.model.update(changes);
    if (this.isNew)
      for (const things of [this.model.elements, this.model.flows])
        for (const id of things.keys()) touched.add(id);
    this.isNew = false;
    if (workflows) this.touchFlows(difference(this.workflows, workflows), touched);
    if (heirs) this.touchFlows(changedKeys(this.heirs, heirs), touched);
    this.workflows = workflows ?? this.workflows;
    this.heirs = heirs ?? this.heirs;
    this.touchNeighbours(touched);
    this.touched = touched;
    const asked = new Set<string>();
    // All go before any comes: a suggestion may have moved from a flow to its heir.
    for (const target of touched) {
      for (const { id } of this.on(target)) {
        this.all.delete(id);
        asked.add(id);
      }
      this.byTarget.delete(target);
    }
    for (const target of touched) {
      const suggestions = this.suggestFor(target);
      if (suggestions.length === 0) continue;
      this.byTarget.set(target, suggestions);
      for (const suggestion of suggestions) {
        this.all.set(suggestion.id, suggestion);
        asked.add(suggestion.id);
      }
    }
    return asked;
  }

  private suggestFor(id: string): Suggestion[] {
    const thing = this.model.thing(id);
    if (!thing) return [];
    return suggestFor(thing, isElement(thing) ? this.model.flowsAt(id) : [], this.method, this, this.model);
  }

  /** Flows about which something changed that is no part of the model, and their ends. */
  private touchFlows(ids: Iterable<string>, touched: Set<string>): void {
    for (const id of ids) {
      const flow = this.model.flows.get(id);
      if (flow) for (const each of [id, flow.source, flow.target]) if (each) touched.add(each);
    }
  }

  /**
   * What an element says bears on its flows, and on what is at their other ends. Of those of an element that came or went, the model
   * has told.
   */
  private touchNeighbours(touched: Set<string>): void {
    const changed: string[] = [];
    for (const id of touched) {
      const before = this.known.get(id);
      const element = this.model.elements.get(id);
      if (element) this.known.set(id, element);
      else if (before) this.known.delete(id);
      if (element && before && this.saysOther(before, element)) changed.push(id);
    }
    for (const id of changed) {
      for (const { id: flow, source, target } of this.model.flowsAt(id)) {
        touched.add(flow);
        if (source) touched.add(source);
        if (target) touched.add(target);
      }
    }
  }

  /** Whether an element says something else that others hear; its name and its place they don't. */
  private saysOther(before: Element, now: Element): boolean {
    if (before.kind !== now.kind) return true;
    for (const key of this.catalogue.farAttributes)
      if (String(before.attributes[key]) !== String(now.attributes[key])) return true;
    return false;
  }
}

const difference = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] =>
  a === b ? [] : [...a, ...b].filter(id => a.has(id) !== b.has(id));

const changedKeys = (a: Heirs, b: Heirs): string[] =>
  a === b ? [] : [...a.keys(), ...b.keys()].filter(id => a.get(id) !== b.get(id));
