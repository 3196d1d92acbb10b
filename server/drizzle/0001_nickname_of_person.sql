ALTER TABLE "people" ADD COLUMN "nickname" text;--> statement-breakpoint
UPDATE "people" SET "nickname" = (SELECT max("nickname") FROM "identities" WHERE "person_id" = "people"."id");--> statement-breakpoint
ALTER TABLE "identities" DROP COLUMN "nickname";
