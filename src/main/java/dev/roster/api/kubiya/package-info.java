/** The Users API of Kubiya: translation only. */
package dev.roster.api.kubiya;
