package dev.roster.web;

import dev.roster.access.apikey.NewApiKey;
import dev.roster.access.browser.BrowserSession;
import dev.roster.access.federation.FederatedSignIns.Offer;
import dev.roster.access.grant.RegisteredApplication;
import dev.roster.access.reset.ResetPreview;
import dev.roster.email.EmailChangePreview;
import dev.roster.invite.InvitePreview;
import dev.roster.user.UserView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The pages. */
@CheckedTemplate(basePath = "pages")
final class Templates {
    private Templates() {}

    static native TemplateInstance start(Page page);

    static native TemplateInstance signin(Page page, SignInForm form);

    static native TemplateInstance leaving(Page page, Offer offer, String to);

    static native TemplateInstance federated(Page page, String text, String again);

    static native TemplateInstance consent(
            Page page, BrowserSession session, RegisteredApplication application, List<ScopeRow> scopes, String query);

    static native TemplateInstance logout(Page page, BrowserSession session, String query);

    static native TemplateInstance signedout(Page page, String to);

    static native TemplateInstance onward(Page page, String to);

    static native TemplateInstance password(Page page, PasswordForm form);

    static native TemplateInstance account(
            Page page, BrowserSession session, UserView me, List<SessionRow> sessions, MayChange may);

    static native TemplateInstance provider(Page page, BrowserSession session, ProviderForm form);

    static native TemplateInstance profile(Page page, BrowserSession session, ProfileForm form);

    static native TemplateInstance address(Page page, BrowserSession session, AddressForm form);

    static native TemplateInstance keys(Page page, BrowserSession session, List<KeyRow> keys, KeyForm form);

    static native TemplateInstance key(Page page, BrowserSession session, NewApiKey made);

    static native TemplateInstance applications(Page page, BrowserSession session, List<ConsentRow> applications);

    static native TemplateInstance invite(Page page, InvitePreview invite, InviteForm form);

    static native TemplateInstance ended(Page page, String text);

    static native TemplateInstance email(Page page, EmailChangePreview change, String code);

    static native TemplateInstance said(Page page, String title, String text, String to, String link);

    static native TemplateInstance forgot(Page page, ForgotForm form);

    static native TemplateInstance reset(Page page, ResetPreview reset, String code, String error);

    static native TemplateInstance failure(Page page, String title, String text, String request);
}
