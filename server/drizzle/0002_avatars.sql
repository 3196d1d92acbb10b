CREATE TABLE "avatars" (
	"name" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"type" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "avatars_person_id" ON "avatars" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "avatars_used" ON "avatars" USING btree ("person_id") WHERE "avatars"."used_at" is not null;--> statement-breakpoint
CREATE INDEX "avatars_unused" ON "avatars" USING btree ("created_at") WHERE "avatars"."used_at" is null;