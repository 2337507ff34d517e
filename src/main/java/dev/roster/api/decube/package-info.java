/** The Users API of Decube: translation only. */
@Contract(name = "Decube", description = "The Users API of Decube.")
package dev.roster.api.decube;

import dev.roster.api.openapi.Contract;
