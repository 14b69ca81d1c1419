import { createContext, useContext } from 'react';
import type { Document } from '#api/api-model.ts';

/** What whoever looks at a document may do with it. The server decides; this keeps from offering what it refuses. */
export interface ViewerRights {
  canEdit: boolean;
  /** Its owner, who names and shares it and sees its runs. */
  isOwner: boolean;
  /** Came by a share link: what is around the document is not theirs to see. */
  isVisitor: boolean;
}

export const ViewerRightsContext = createContext<ViewerRights>({
  canEdit: true,
  isOwner: true,
  isVisitor: false,
});

/** What somebody may do who has this permission. A reviewer corrects what is read, and names nothing. */
export function rightsOf(permission: Document['permission'], isVisitor: boolean): ViewerRights {
  const canEdit = permission === 'owner' || permission === 'edit' || permission === 'review';
  return { canEdit, isOwner: permission === 'owner' && !isVisitor, isVisitor };
}

/** The rights on the document that is shown. */
export function useViewerRights(): ViewerRights {
  return useContext(ViewerRightsContext);
}
