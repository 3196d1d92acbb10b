ALTER TABLE "identities" RENAME COLUMN "openid" TO "subject";--> statement-breakpoint
ALTER TABLE "identities" DROP CONSTRAINT "identities_openid_unique";--> statement-breakpoint
ALTER TABLE "identities" ALTER COLUMN "session_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "app_id" text;--> statement-breakpoint
UPDATE "identities" SET "provider" = 'wechat-mini-program', "app_id" = current_setting('watchword.app_id');--> statement-breakpoint
ALTER TABLE "identities" ALTER COLUMN "provider" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "identities" ALTER COLUMN "app_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_provider_app_id_subject" UNIQUE("provider","app_id","subject");
