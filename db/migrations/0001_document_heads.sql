CREATE TABLE "document_heads" (
	"session_id" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "document_heads" ADD CONSTRAINT "document_heads_session_id_workshop_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."workshop_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO "document_heads" ("session_id", "seq")
SELECT "id", coalesce(greatest(
	(SELECT max("seq") FROM "document_updates" WHERE "session_id" = "id"),
	(SELECT max("seq") FROM "document_snapshots" WHERE "session_id" = "id")
), 0) FROM "workshop_sessions";
