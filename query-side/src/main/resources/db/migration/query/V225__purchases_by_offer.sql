-- The seller's offer that a purchase took, see OfferId. Rows from before have it after their next change, or a rebuild.
ALTER TABLE purchase_view ADD COLUMN offer_id TEXT;

CREATE INDEX purchase_view_offer ON purchase_view (offer_id);
