-- Whoever had accepted an invite and was asked in again exists not only because of invites: revoking one took the account away.
UPDATE invites i SET created_account = false FROM users u
 WHERE u.organization_id = i.organization_id AND u.id = i.user_id AND u.status = 'pending_sign_up' AND i.created_account
   AND EXISTS (SELECT FROM invites a
                WHERE a.organization_id = i.organization_id AND a.user_id = i.user_id AND a.status = 'accepted');
