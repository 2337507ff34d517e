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

    static native TemplateInstance start(PageFrame page);

    static native TemplateInstance signin(PageFrame page, SignInForm form, String done);

    static native TemplateInstance signedin(PageFrame page, BrowserSession session, String to, String done);

    static native TemplateInstance leaving(PageFrame page, Offer offer, String to);

    static native TemplateInstance federated(PageFrame page, String text, String again);

    static native TemplateInstance consent(
            PageFrame page,
            BrowserSession session,
            RegisteredApplication application,
            List<ScopeRow> scopes,
            String query,
            String again);

    static native TemplateInstance logout(PageFrame page, BrowserSession session, String query);

    static native TemplateInstance signedout(PageFrame page, String to);

    static native TemplateInstance onward(PageFrame page, String to);

    static native TemplateInstance password(PageFrame page, BrowserSession session, PasswordForm form);

    static native TemplateInstance account(
            PageFrame page, BrowserSession session, UserView me, List<SessionRow> sessions, MayChange may, String done);

    static native TemplateInstance provider(
            PageFrame page,
            BrowserSession session,
            List<Offer> offers,
            String chosen,
            String issuerError,
            String error);

    static native TemplateInstance profile(PageFrame page, BrowserSession session, ProfileForm form);

    static native TemplateInstance address(
            PageFrame page,
            BrowserSession session,
            String present,
            String wanted,
            String addressError,
            String passwordError);

    static native TemplateInstance keys(
            PageFrame page, BrowserSession session, List<KeyRow> keys, KeyForm form, String done);

    static native TemplateInstance key(PageFrame page, BrowserSession session, NewApiKey made);

    static native TemplateInstance applications(
            PageFrame page, BrowserSession session, List<ConsentRow> applications, String done);

    static native TemplateInstance invite(PageFrame page, InvitePreview invite, InviteForm form);

    static native TemplateInstance ended(PageFrame page, String text);

    static native TemplateInstance email(PageFrame page, EmailChangePreview change, String code);

    static native TemplateInstance said(PageFrame page, String title, String text, String to, String link);

    static native TemplateInstance forgot(PageFrame page, WayIn way, String error);

    static native TemplateInstance reset(
            PageFrame page, ResetPreview reset, String code, boolean revokeKeys, String error);

    static native TemplateInstance failure(PageFrame page, String title, String text, String request, String again);
}
