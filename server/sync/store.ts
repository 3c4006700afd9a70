/** What the sync core asks of a database; db/ answers with one implementation for every PostgreSQL. */
export type { DocumentStore, LogEntry, StoredDocument } from '#db/stores/documents.ts';
