ALTER TABLE "avatars" ADD COLUMN "bytes" bytea;--> statement-breakpoint
ALTER TABLE "avatars" DROP COLUMN "type";