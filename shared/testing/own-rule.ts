/** A sound rule as a team writes it: it fires on a process that is a mobile app, until it is said to authorise each operation. */
export const ownRule = (id: string): string => `
- id: ${id}
  title: The cradle charges whatever is put into it (${id})
  explanation: Anybody can put a device of theirs into it.
  stride: [S, T]
  applies_to: [process]
  when: { element.role: mobile_app, element.authorises: [no, unknown] }
  harm: none
  vulnerability: The cradle does not ask.
  control: Ask.
  fda_control: [authentication]
  safety_note: None.
  cwe: []
  capec: []
  emb3d: []
  sources: [Our own]
  test:
    fires: { element.role: mobile_app }
    silent: { element.role: mobile_app, element.authorises: yes }
`;
