/** The data flow is tldraw's arrow, tied to the elements of a DFD only. */
import { ArrowShapeUtil, type TLArrowShape, type TLShapeUtilCanBindOpts } from 'tldraw';
import { isElementKind } from '#shared/dfd/kinds.ts';

export class FlowShapeUtil extends ArrowShapeUtil {
  override canBind({ toShapeType }: TLShapeUtilCanBindOpts<TLArrowShape>): boolean {
    return isElementKind(toShapeType);
  }
}
