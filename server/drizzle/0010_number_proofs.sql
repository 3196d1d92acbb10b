ALTER TABLE "bookings" ADD COLUMN "lineage" uuid;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "number_proved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "former_number" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "needs_second_proof" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "people_former_number" ON "people" USING btree ("former_number");