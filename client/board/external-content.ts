/** What may come in by paste and drop: shapes of this board and plain text. Files, pictures and links are refused. */
import {
  defaultHandleExternalTextContent,
  defaultHandleExternalTldrawContent,
  type Editor,
  type TLContent,
  type TLUiToastsContextType,
} from 'tldraw';

type Toasts = Pick<TLUiToastsContextType, 'addToast'>;

export function registerExternalContent(editor: Editor, { addToast }: Toasts): void {
  const refuse = (description: string) => {
    addToast({ id: 'refused', title: 'Not added', description, severity: 'info' });
  };
  const refuseFile = () =>
    refuse('Pictures are not part of a diagram, and a moderator alone brings files in.');

  editor.registerExternalAssetHandler('file', null);
  editor.registerExternalAssetHandler('url', null);
  for (const type of ['files', 'file-replace', 'svg-text', 'excalidraw'] as const) {
    editor.registerExternalContentHandler(type, refuseFile);
  }
  editor.registerExternalContentHandler('embed', () => refuse('Web pages can not be put on the board.'));
  editor.registerExternalContentHandler('url', ({ url, point }) =>
    defaultHandleExternalTextContent(editor, { text: url, point }),
  );
  editor.registerExternalContentHandler('text', content => defaultHandleExternalTextContent(editor, content));
  editor.registerExternalContentHandler('tldraw', async ({ point, content }) => {
    const known = withKnownShapes(editor, content);
    if (known.shapes.length < content.shapes.length)
      refuse('Some shapes are not part of a data flow diagram.');
    if (known.rootShapeIds.length > 0)
      await defaultHandleExternalTldrawContent(editor, { point, content: known });
  });
}

/** Leaves out what this board has no shape for, and what is then without its parent or end. */
export function withKnownShapes(editor: Pick<Editor, 'shapeUtils'>, content: TLContent): TLContent {
  const roots = new Set<string>(content.rootShapeIds);
  let shapes = content.shapes.filter(shape => Object.hasOwn(editor.shapeUtils, shape.type));
  for (let before = -1; before !== shapes.length; ) {
    before = shapes.length;
    const ids = new Set<string>(shapes.map(shape => shape.id));
    shapes = shapes.filter(shape => roots.has(shape.id) || ids.has(shape.parentId));
  }
  const ids = new Set<string>(shapes.map(shape => shape.id));
  return {
    ...content,
    shapes,
    rootShapeIds: content.rootShapeIds.filter(id => ids.has(id)),
    bindings: content.bindings?.filter(({ fromId, toId }) => ids.has(fromId) && ids.has(toId)),
    assets: [],
  };
}
