package dev.roster.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the pages say, in English; other languages stand in {@code messages/}. */
@MessageBundle(locale = "en")
public interface Messages {
    @Message("Skip to the content")
    String skip();

    @Message("Help")
    String help();

    @Message("How to start, and all documents")
    String readme();

    @Message("Sign in")
    String sign_in();

    @Message("Sign out")
    String sign_out();

    @Message("For this, prove that it is you, even if you are signed in already.")
    String prove();

    @Message("Username or e-mail address")
    String name();

    @Message("Organization")
    String organization();

    @Message("Password")
    String password();

    @Message("The name or the password is wrong.")
    String wrong_credentials();

    @Message(
            "Too many wrong passwords were tried. Wait {#if seconds is 1L}a second{#else}{seconds} seconds{/if} and try again.")
    String throttled(long seconds);

    @Message("Too many wrong passwords were tried. Wait {minutes} minutes and try again.")
    String throttled_minutes(long minutes);

    @Message("The service is busy. Wait {#if seconds is 1L}a second{#else}{seconds} seconds{/if} and try again.")
    String busy(long seconds);

    @Message("Too many wrong passwords were tried for this account. Ask for a new one, or an administrator for help.")
    String blocked();

    @Message("Enter your password once more: the form was older than the cookie of your browser.")
    String form_again();

    @Message("Enter a value.")
    String required();

    @Message("Continue with {issuer}")
    String continue_with(String issuer);

    @Message("Sign in elsewhere")
    String other_provider();

    @Message(
            "From then on you sign in there alone: your password here ends, and so does everything that is signed in to your"
                    + " account at present. API keys go on.")
    String other_provider_text();

    @Message("You go on to {issuer} to sign in there.")
    String going_to(String issuer);

    @Message("You are not signed in")
    String not_signed_in();

    @Message("To the sign-in")
    String to_sign_in();

    @Message("You are signed in.")
    String signed_in();

    @Message("Use another account")
    String other_account();

    @Message("You go on to the application.")
    String going_on();

    @Message("Go on")
    String go_on();

    @Message("Change your password")
    String change_password();

    @Message("Your password has expired. Choose a new one to go on.")
    String password_expired();

    @Message("Current password")
    String current_password();

    @Message("New password")
    String new_password();

    @Message("At least 8 characters; a few words are better than one. Common passwords are refused, and those of little"
            + " more than your name, address or organization.")
    String password_rule();

    @Message("This is not your current password.")
    String wrong_password();

    @Message("Your account")
    String account();

    @Message("Roster")
    String roster();

    @Message("Start")
    String start();

    @Message("The directory of your organizations: who is in them, and what they may do.")
    String what_it_is();

    @Message("Documents of the interfaces")
    String documents();

    @Message("You are invited to {organization}")
    String invited(String organization);

    @Message("{inviter} invites {email} to {organization} as {role}.")
    String invited_by(String inviter, String email, String organization, String role);

    @Message("{email} is invited to {organization} as {role}.")
    String invited_by_nobody(String email, String organization, String role);

    @Message("administrator")
    String role_admin();

    @Message("member")
    String role_member();

    @Message("viewer")
    String role_viewer();

    @Message("Your name")
    String your_name();

    @Message("At most 150 characters.")
    String name_rule();

    @Message("Accept the invite")
    String accept();

    @Message("This link does not open an invite")
    String no_invite();

    @Message("Open the link of the newest mail, whole. If it still does not work, ask who invited you for a new one.")
    String invite_unknown();

    @Message("The invite has expired. Ask who invited you to send it again.")
    String invite_expired();

    @Message("The invite was withdrawn. Ask who invited you, if you did not expect that.")
    String invite_revoked();

    @Message("The invite was accepted already. Sign in as you did then.")
    String invite_used();

    @Message("The invite was sent again. Open the link of the newest mail.")
    String invite_resent();

    @Message("The organization is deactivated. Ask its administrators.")
    String organization_deactivated();

    @Message("Confirm your e-mail address")
    String confirm_email();

    @Message(
            "{email} becomes the address of the account {account} at {organization}. Confirm it only if that account is yours.")
    String confirm_email_text(String email, String account, String organization);

    @Message("Your e-mail address is confirmed")
    String email_confirmed();

    @Message("From now on you can sign in with it.")
    String email_confirmed_text();

    @Message("The link was used, replaced by a newer one, or has expired. Ask for the change once more.")
    String email_ended();

    @Message("The e-mail address belongs to another account by now. Choose another one.")
    String email_taken();

    @Message("There is nothing here")
    String not_found();

    @Message("Too many requests of this kind. Try again in {#if minutes is 1L}a minute{#else}{minutes} minutes{/if}.")
    String too_many(long minutes);

    @Message("This did not work")
    String failed();

    @Message("Quote this number when you ask for help: {request}")
    String request(String request);

    @Message("Let {application} in?")
    String consent(String application);

    @Message("It wants to act for you, {name}, as far as your account may:")
    String consent_of(String name);

    @Message("Sign out?")
    String sign_out_question();

    @Message("An application wants to sign you out. You are signed in as {name} at {organization}.")
    String sign_out_wish(String name, String organization);

    @Message("Stay signed in")
    String stay();

    @Message("You are signed out")
    String signed_out();

    @Message("Other applications may go on until their own session ends.")
    String signed_out_text();

    @Message("Allow")
    String allow();

    @Message("Refuse")
    String deny();

    @Message(
            "The application that sent you here is not known, or asked for an answer at an address that is not its own.")
    String unknown_application();

    @Message("To the start")
    String to_start();
}
