-- Found again when an organization is deleted.
CREATE INDEX client_ids_organization_index ON client_ids (organization_id);
