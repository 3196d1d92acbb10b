CREATE TABLE "scans" (
	"id" text PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"status" text NOT NULL,
	"identity_id" uuid,
	"token_hash" text,
	"address" text,
	"system" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "scans" ADD CONSTRAINT "scans_identity_id_identities_id_fk" FOREIGN KEY ("identity_id") REFERENCES "public"."identities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scans_expires_at" ON "scans" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "scans_identity_id" ON "scans" USING btree ("identity_id");