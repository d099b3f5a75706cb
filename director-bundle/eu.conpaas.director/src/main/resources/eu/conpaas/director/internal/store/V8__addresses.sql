-- A service may have several addresses: by id, each with the node it leads to.
ALTER TABLE service ADD COLUMN addresses TEXT NOT NULL DEFAULT '{"held":{}}';
UPDATE service SET addresses = json_object('held', json_object('public', json_object('address', address, 'node', address_node))) WHERE address IS NOT NULL;
ALTER TABLE service DROP COLUMN address;
ALTER TABLE service DROP COLUMN address_node;
