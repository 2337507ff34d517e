/** The pages for persons, who come in by a browser; each does what it does by the use cases of the contracts. */
package dev.roster.web;
