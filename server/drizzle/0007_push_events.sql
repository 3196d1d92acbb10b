CREATE TABLE "push_events" (
	"id" text PRIMARY KEY NOT NULL,
	"handled_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "push_events_handled_at" ON "push_events" USING btree ("handled_at");