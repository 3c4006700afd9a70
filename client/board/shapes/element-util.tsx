/** The three symbols that data flows connect. */
import {
  BaseBoxShapeUtil,
  type Geometry2d,
  resizeBox,
  SVGContainer,
  type SvgExportContext,
  type TLResizeInfo,
  useValue,
} from 'tldraw';
import { ELEMENT_KINDS, type ElementKind, KINDS } from '#shared/dfd/kinds.ts';
import { SHAPE_DEFAULTS } from '#shared/document/defaults.ts';
import { type BoxProps, boxProps, type ElementShape } from '../schema.ts';
import { FONT_FACE, layOut } from './measure.ts';
import { NameField } from './NameField.tsx';
import { OUTLINES } from './outlines.ts';
import { inkOf, SvgName } from './SvgName.tsx';

const MIN_SIZE = { minWidth: 40, minHeight: 30 };

const STROKE = 2;

abstract class ElementShapeUtil extends BaseBoxShapeUtil<ElementShape> {
  static override props = boxProps;

  abstract kind: ElementKind;

  override canEdit = () => true;
  override hideRotateHandle = () => true;
  override getText = (shape: ElementShape) => shape.props.name;
  override getFontFaces = () => [FONT_FACE];

  override getAriaDescriptor(shape: ElementShape): string {
    return `${KINDS[this.kind].label} ${shape.props.name}`;
  }

  override getDefaultProps(): BoxProps {
    return { ...(SHAPE_DEFAULTS[this.kind] as BoxProps) };
  }

  override getGeometry(shape: ElementShape): Geometry2d {
    return OUTLINES[this.kind].geometry(shape.props);
  }

  override onResize(shape: ElementShape, info: TLResizeInfo<ElementShape>) {
    return resizeBox(shape, info, MIN_SIZE);
  }

  override component(shape: ElementShape) {
    return <ElementSymbol kind={this.kind} shape={shape} />;
  }

  override indicator({ props }: ElementShape) {
    return <path d={OUTLINES[this.kind].path(props)} />;
  }

  override toSvg(shape: ElementShape, { isDarkMode }: SvgExportContext) {
    const { path, detail, inset } = OUTLINES[this.kind];
    const room = inset(shape.props);
    const { ink, paper } = inkOf(isDarkMode);
    return (
      <>
        <path d={path(shape.props)} fill={paper} stroke={ink} strokeWidth={STROKE} />
        {detail && <path d={detail(shape.props)} fill="none" stroke={ink} strokeWidth={STROKE} />}
        <SvgName layout={layOut(shape.props.name, room.w, room.h)} inset={room} align="middle" color={ink} />
      </>
    );
  }
}

function ElementSymbol({ kind, shape }: { kind: ElementKind; shape: ElementShape }) {
  const { path, detail, inset } = OUTLINES[kind];
  const { props } = shape;
  const placeholder = KINDS[kind].label;
  const room = inset(props);
  const layout = useValue('name layout', () => layOut(props.name || placeholder, room.w, room.h), [
    props.name,
    room.w,
    room.h,
  ]);
  return (
    <>
      <SVGContainer className="board-symbol">
        <path d={path(props)} strokeWidth={STROKE} />
        {detail && <path d={detail(props)} strokeWidth={STROKE} fill="none" />}
      </SVGContainer>
      <NameField shape={shape} inset={room} layout={layout} placeholder={placeholder} align="middle" />
    </>
  );
}

export const elementShapeUtils = ELEMENT_KINDS.map(
  kind =>
    class extends ElementShapeUtil {
      static override type = kind;
      kind = kind;
    },
);
