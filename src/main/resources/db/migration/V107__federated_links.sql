-- Who is signed in and wants to sign in through the issuer from then on.
ALTER TABLE federated_sign_ins ADD COLUMN user_id uuid;
