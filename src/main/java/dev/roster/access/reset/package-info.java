/** Passwords that were forgotten: a link by mail lets their persons choose new ones. */
package dev.roster.access.reset;
