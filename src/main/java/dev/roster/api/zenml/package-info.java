/** The Users API of ZenML Pro: translation only. */
@Contract(name = "ZenML Pro", description = "The Users API of ZenML Pro.")
package dev.roster.api.zenml;

import dev.roster.api.openapi.Contract;
