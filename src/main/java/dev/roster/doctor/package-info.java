/**
 * Looks at a configuration and its database and says what is wrong. It stands beside the service, not in it: nothing here
 * runs on an event loop, and nothing in the service calls it.
 */
package dev.roster.doctor;
