ALTER TABLE "coupons" RENAME COLUMN "unionid" TO "holder";--> statement-breakpoint
ALTER TABLE "coupons" RENAME CONSTRAINT "coupons_unionid_unique" TO "coupons_holder_unique";
