/** What every request has before it is anybody's: where it comes from. */
package dev.roster.platform.http;
