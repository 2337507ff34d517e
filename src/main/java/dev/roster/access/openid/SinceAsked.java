package dev.roster.access.openid;

/** What has happened since an application has asked for a sign-in. */
public enum SinceAsked {
    NOTHING,

    /** Somebody has signed in, perhaps by what was proved to another issuer before. */
    SIGNED_IN,

    /** Somebody has signed in, and proved who it is. */
    PROVEN
}
