/** The three roles of a session, strongest first. A person has exactly one role in a session. */
export const ROLES = ['moderator', 'participant', 'observer'] as const;

export type Role = (typeof ROLES)[number];

/** What each role is for, in words shown beside its invitation link. */
export const ROLE_PURPOSE: Record<Role, string> = {
  moderator: 'Facilitates: draws, judges suggestions, edits every threat, invites.',
  participant: 'Draws and brainstorms: edits the board, adds threats, edits own until they are judged.',
  observer: 'Follows along: sees everything, changes nothing.',
};

/** The stronger of two roles: an old participant who opens an observer link stays a participant. */
export function strongerRole(a: Role, b: Role): Role {
  return ROLES.indexOf(a) <= ROLES.indexOf(b) ? a : b;
}
