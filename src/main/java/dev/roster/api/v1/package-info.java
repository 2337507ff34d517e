/** Roster v1, which contains the users contract of Lenses HQ: translation only. */
package dev.roster.api.v1;
