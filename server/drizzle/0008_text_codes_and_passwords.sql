CREATE TABLE "text_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone_number" text NOT NULL,
	"purpose" text NOT NULL,
	"hash" text NOT NULL,
	"tries_left" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "text_codes_phone_number_purpose" UNIQUE("phone_number","purpose")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "password" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "is_lasting" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "text_codes_expires_at" ON "text_codes" USING btree ("expires_at");