-- Those of before get the role from the session of their browser, as far as that is still known. Not with the column, which keeps
-- everybody from the table until its transaction ends.
UPDATE application_grants g SET foreign_role = b.foreign_role FROM browser_sessions b
 WHERE b.organization_id = g.organization_id AND b.session_id = g.browser_session_id AND b.foreign_role IS NOT NULL
   AND g.foreign_role IS NULL;
