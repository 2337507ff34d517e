/** The Users API of Decube: translation only. */
package dev.roster.api.decube;
