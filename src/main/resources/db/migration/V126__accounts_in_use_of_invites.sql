-- As V125, for those who were in use without an accepted invite, as where an administrator opened the account: what ended their
-- tokens has counted them.
UPDATE invites i SET created_account = false FROM users u
 WHERE u.organization_id = i.organization_id AND u.id = i.user_id AND u.status = 'pending_sign_up' AND i.created_account
   AND u.token_generation > 0;
