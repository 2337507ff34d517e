package client;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A program of Spring Boot that signs people in by its own means, as they come. */
@SpringBootApplication
public class App {
    public static void main(String[] arguments) {
        SpringApplication.run(App.class, arguments);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
        OidcClientInitiatedLogoutSuccessHandler logout = new OidcClientInitiatedLogoutSuccessHandler(clients);
        logout.setPostLogoutRedirectUri("{baseUrl}/bye");
        return http.authorizeHttpRequests(all -> all.requestMatchers("/ping", "/bye").permitAll().anyRequest().authenticated())
                .oauth2Login(usual -> {})
                .logout(out -> out.logoutSuccessHandler(logout))
                .build();
    }

    @Bean
    OAuth2AuthorizedClientManager manager(
            ClientRegistrationRepository clients, OAuth2AuthorizedClientRepository authorized) {
        DefaultOAuth2AuthorizedClientManager manager = new DefaultOAuth2AuthorizedClientManager(clients, authorized);
        // Each access token has ended for it, so that it asks for the next one
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .refreshToken(refresh -> refresh.clockSkew(Duration.ofDays(1)))
                .build());
        return manager;
    }

    @RestController
    static class Pages {
        private final OAuth2AuthorizedClientManager manager;
        private final OAuth2AuthorizedClientRepository kept;

        Pages(OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientRepository kept) {
            this.manager = manager;
            this.kept = kept;
        }

        @GetMapping("/")
        Map<String, Object> me(@AuthenticationPrincipal OidcUser user, CsrfToken form) {
            return Map.of(
                    "name", user.getName(),
                    "email", user.getEmail(),
                    "groups", user.getClaimAsStringList("groups"),
                    "csrf", form.getToken());
        }

        @GetMapping("/refresh")
        Map<String, Object> refresh(Authentication who, HttpServletRequest request) {
            OAuth2AuthorizedClient before = kept.loadAuthorizedClient("roster", who, request);
            OAuth2AuthorizedClient after = manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("roster")
                    .principal(who)
                    .build());
            return Map.of(
                    "access", !before.getAccessToken().getTokenValue().equals(after.getAccessToken().getTokenValue()),
                    "refresh", !before.getRefreshToken().getTokenValue().equals(after.getRefreshToken().getTokenValue()),
                    "scopes", after.getAccessToken().getScopes().stream().sorted().collect(Collectors.joining(" ")));
        }

        @GetMapping("/ping")
        String ping() {
            return "here";
        }

        @GetMapping("/bye")
        String bye() {
            return "bye";
        }
    }
}
