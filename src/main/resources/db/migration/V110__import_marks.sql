-- Which accounts an import was about, so that it can deactivate all others at its end; deleted with it. The id of an import
-- is a UUIDv7: what is left behind is found by its age.
CREATE TABLE import_marks (
    organization_id uuid NOT NULL,
    import_id       uuid NOT NULL,
    user_id         uuid NOT NULL,
    CONSTRAINT import_marks_pk PRIMARY KEY (organization_id, import_id, user_id)
);
CREATE INDEX import_marks_import_index ON import_marks (import_id);
