/** The Users API of ZenML Pro: translation only. */
package dev.roster.api.zenml;
