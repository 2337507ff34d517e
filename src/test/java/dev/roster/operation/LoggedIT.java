package dev.roster.operation;

/** The same of the packaged application. */
class LoggedIT extends LoggedTest {}
