package dev.roster.security;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Provides the issuer and its keys; both are made at start, so that wrong settings stop it. */
@Dependent
class SecurityBeans {

    @Produces
    @Singleton
    @Startup
    Issuer issuer(
            TokenSettings settings, @ConfigProperty(name = "quarkus.http.port") int httpPort) {
        return Issuer.of(settings, httpPort);
    }

    @Produces
    @Singleton
    @Startup
    SigningKeys signingKeys(TokenSettings settings) {
        return new SigningKeys(KeyFile.of(settings).read());
    }
}
