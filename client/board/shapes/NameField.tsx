/** The name on a shape: as text, and as a text field while it is edited. Every letter typed is in the document at once. */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Editor, stopEventPropagation, useEditor, useValue } from 'tldraw';
import { useInputs } from '../inputs.ts';
import type { NamedShape } from '../schema.ts';
import { LINE_HEIGHT, type NameLayout } from './name-layout.ts';
import type { Inset } from './outlines.ts';

interface Props {
  shape: NamedShape;
  inset: Inset;
  layout: NameLayout;
  placeholder: string;
  /** Where the name stands in its room. */
  align: 'middle' | 'top-left';
}

export function NameField({ shape, inset, layout, placeholder, align }: Props) {
  const editor = useEditor();
  const { editing } = useInputs();
  const isEditing = useValue('is editing', () => editing.get() === shape.id, [editing, shape.id]);
  return (
    <div
      className="board-name"
      data-align={align}
      style={{
        left: inset.x,
        top: inset.y,
        width: inset.w,
        height: inset.h,
        fontSize: layout.fontSize,
        lineHeight: LINE_HEIGHT,
      }}
    >
      {isEditing ? (
        <NameInput editor={editor} shape={shape} inset={inset} placeholder={placeholder} />
      ) : (
        <div
          className={shape.props.name ? 'board-name-text' : 'board-name-text board-name-placeholder'}
          dir="auto"
        >
          {shape.props.name ? layout.lines.join('\n') : placeholder}
        </div>
      )}
    </div>
  );
}

function NameInput({
  editor,
  shape,
  inset,
  placeholder,
}: Pick<Props, 'shape' | 'inset' | 'placeholder'> & { editor: Editor }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(shape.props.name);
  const written = useRef(text);

  useEffect(() => {
    // Somebody else renamed it meanwhile.
    if (shape.props.name === written.current) return;
    written.current = shape.props.name;
    setText(shape.props.name);
  }, [shape.props.name]);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  useLayoutEffect(() => {
    const { current } = field;
    if (!current) return;
    current.style.height = '0';
    current.style.height = `${current.scrollHeight}px`;
  }, [text, inset.w, inset.h]);

  const change = (value: string) => {
    setText(value);
    written.current = value;
    editor.updateShape({ id: shape.id, type: shape.type, props: { name: value } });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' || event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) {
      // Or the select tool takes the same key for "edit this shape" or "drop the selection".
      stopEventPropagation(event);
      event.preventDefault();
      editor.complete();
      editor.getContainer().focus();
    }
  };

  return (
    <textarea
      ref={field}
      className="board-name-input"
      aria-label="Name"
      dir="auto"
      rows={1}
      spellCheck
      value={text}
      placeholder={placeholder}
      onChange={event => change(event.target.value)}
      onKeyDown={onKeyDown}
      onPointerDown={stopEventPropagation}
      onContextMenu={stopEventPropagation}
    />
  );
}
