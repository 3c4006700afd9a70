/** The React island: one tldraw editor on one store. */
import { useLayoutEffect, useMemo } from 'react';
import {
  type Atom,
  type Editor,
  registerDefaultSideEffects,
  type TLStore,
  type TLUserPreferences,
  TldrawEditor,
  TldrawUi,
  useEditor,
  useEditorComponents,
  useTldrawUiComponents,
  useTldrawUser,
  useToasts,
} from 'tldraw';
import { assetUrls } from './assets.ts';
import { components } from './chrome.tsx';
import { registerExternalContent } from './external-content.ts';
import { type BoardInputs, InputsProvider } from './inputs.ts';
import { overridesFor } from './overrides.ts';
import { bindingUtils, shapeUtils, textOptions, tools } from './parts.ts';

export interface BoardViewProps {
  store: TLStore;
  inputs: BoardInputs;
  preferences: Atom<TLUserPreferences>;
  /** @returns what undoes it, called before the editor goes. */
  onMount(editor: Editor): () => void;
}

/** The app has its own pages menu; a board of 2,000 shapes is normal here, so a page takes more than that. */
const OPTIONS = { maxShapesPerPage: 8000 };

export function BoardView({ store, inputs, preferences, onMount }: BoardViewProps) {
  const user = useTldrawUser({ userPreferences: preferences, setUserPreferences: preferences.set });
  const overrides = useMemo(() => overridesFor(inputs.role), [inputs]);
  return (
    <InputsProvider value={inputs}>
      <TldrawEditor
        store={store}
        user={user}
        initialState="select"
        autoFocus={false}
        shapeUtils={shapeUtils}
        bindingUtils={bindingUtils}
        tools={tools}
        textOptions={textOptions}
        components={components}
        options={OPTIONS}
        assetUrls={assetUrls}
      >
        <TldrawUi components={components} overrides={overrides} assetUrls={assetUrls} forceMobile={false}>
          <Board onMount={onMount} />
        </TldrawUi>
      </TldrawEditor>
    </InputsProvider>
  );
}

function Board({ onMount }: Pick<BoardViewProps, 'onMount'>) {
  const editor = useEditor();
  const toasts = useToasts();
  const { Canvas } = useEditorComponents();
  const { ContextMenu } = useTldrawUiComponents();
  useLayoutEffect(() => {
    const stopSideEffects = registerDefaultSideEffects(editor);
    registerExternalContent(editor, toasts);
    const unmount = onMount(editor);
    return () => {
      unmount();
      stopSideEffects();
    };
    // Once per editor: the toasts' functions change with every toast.
  }, [editor]);
  return ContextMenu ? <ContextMenu /> : Canvas ? <Canvas /> : null;
}
