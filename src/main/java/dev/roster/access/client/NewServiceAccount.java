package dev.roster.access.client;

/** A service account with a credential that is shown once and kept nowhere. */
public record NewServiceAccount(ServiceAccountView account, NewSecret credential) {}
