-- What the issuer lets a person do at most who has signed in through it: the applications that are let in there do no more, for as
-- long as they come for tokens. Those of before get it from the session of their browser, as far as that is still known.
ALTER TABLE application_grants ADD COLUMN foreign_role text;
UPDATE application_grants g SET foreign_role = b.foreign_role FROM browser_sessions b
 WHERE b.organization_id = g.organization_id AND b.session_id = g.browser_session_id AND b.foreign_role IS NOT NULL;
