-- What the issuer lets a person do at most who has signed in through it: the applications that are let in there do no more, for as
-- long as they come for tokens.
ALTER TABLE application_grants ADD COLUMN foreign_role text;
