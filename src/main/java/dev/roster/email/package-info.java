/** Changes of e-mail addresses: what a person must prove, and whom it is told. */
package dev.roster.email;
