package dev.roster.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the pages about one's own account and its password say; see {@link Messages}. */
@MessageBundle(value = "own", locale = "en")
public interface AccountMessages {
    @Message("Error")
    String mistake();

    @Message("A name has 1 to {most} characters, all of which can be seen.")
    String name_length(int most);

    @Message("A full name has at most {most} characters, all of which can be seen, or none.")
    String full_name_length(int most);

    @Message("Too many requests. Look into your mailbox, or try again in {#if minutes is 1L}a minute{#else}{minutes}"
            + " minutes{/if}.")
    String throttled_requests(long minutes);

    @Message("Forgotten password?")
    String forgot();

    @Message("You get a mail with a link to choose a new one.")
    String forgot_text();

    @Message("Send the mail")
    String send_mail();

    @Message("This service sends no mails. Ask an administrator of your organization.")
    String no_mail();

    @Message("Look into your mailbox")
    String mail_sent();

    @Message(
            "If there is such an account with an e-mail address, a mail is on its way. Its link can be used for a short time"
                    + " only. Nothing has come? Look among the unwanted mails, or ask an administrator.")
    String mail_sent_text();

    @Message("Choose a new password")
    String reset();

    @Message("It becomes the password of {username} at {organization}. You are signed out everywhere.")
    String reset_text(String username, String organization);

    @Message("End my API keys and secrets too")
    String revoke_keys();

    @Message("Your password is changed")
    String password_changed();

    @Message("Everything else that is signed in to your account, on all devices, is signed out. You go on here.")
    String password_ends();

    @Message("You were signed out everywhere. Sign in with your new password.")
    String password_changed_text();

    @Message(
            "The link was used, replaced by a newer one, or has expired. Open the newest mail, or ask for another one.")
    String reset_ended();

    @Message("Nothing was done")
    String nothing_done();

    @Message(
            "You are signed in as {name} at {organization} now; the form was shown to another account. Open the page anew.")
    String nothing_done_text(String name, String organization);

    @Message("Signed in as {name} at {organization}.")
    String signed_in_as(String name, String organization);

    @Message("Where you are signed in")
    String sessions();

    @Message("Username")
    String username();

    @Message("Full name")
    String full_name();

    @Message("As in your papers; at most 100 characters, or none.")
    String full_name_rule();

    @Message("E-mail address")
    String email();

    @Message("{email} waits to be confirmed: open the link of the mail that was sent there.")
    String email_pending(String email);

    @Message("Groups")
    String groups();

    @Message("Change your name")
    String change_name();

    @Message("Change your e-mail address")
    String change_email();

    @Message("Your address is {email}.")
    String email_present(String email);

    @Message("New e-mail address")
    String new_email();

    @Message("A mail with a link goes there; the address is yours once you have opened the link.")
    String email_rule();

    @Message("The address is another at once, and no mail proves it before: make sure that it is right.")
    String email_rule_at_once();

    @Message("This password is refused: {rule}")
    String password_refused(String rule);

    @Message("A password has {least} to {most} characters.")
    String password_length(int least, int most);

    @Message("This is one of the most common passwords, which are tried first. Please choose another one.")
    String password_common();

    @Message("A password must be more than a name, an e-mail address, the organization or the service.")
    String password_names();

    @Message("This is no e-mail address that mails can be sent to, or it has more than 100 characters.")
    String address_refused();

    @Message("Save")
    String save();

    @Message("API keys")
    String keys();

    @Message("A key lets a program act for you, as far as its scopes go. End the keys that you do not need any more.")
    String keys_text();

    @Message("You have no keys.")
    String no_keys();

    @Message(
            "You sign in elsewhere, and who may is decided there: keys that you make yourself would outlive that. If you need"
                    + " one, ask an administrator.")
    String keys_elsewhere();

    @Message("New key")
    String new_key();

    @Message("Name of the key")
    String key_name();

    @Message("What it is for, such as the program that uses it; at most 100 characters.")
    String key_name_rule();

    @Message("Begins with")
    String key_begins();

    @Message("It may")
    String scopes();

    @Message("Choose one at least.")
    String choose_one();

    @Message("Ends")
    String ends();

    @Message("Last used")
    String last_used();

    @Message("Last day")
    String last_day();

    @Message("Without one, the key ends in a year or as your administrators have set it.")
    String last_day_rule();

    @Message("Choose a day from {first} to {last}.")
    String end_refused(String first, String last);

    @Message("You have {most} keys already. End one that you do not need any more.")
    String keys_full(int most);

    @Message("This key was made already, and shown once. If you have not copied it, end it in the list and make another"
            + " one.")
    String key_made_already();

    @Message("Make the key")
    String make_key();

    @Message("Your new key")
    String key_made();

    @Message("Copy it now and keep it safe: it is shown this once. Whoever has it can act for you.")
    String key_once();

    @Message("I have copied it")
    String key_kept();

    @Message("Applications")
    String applications();

    @Message("Applications that you have let in: they may act for you until you withdraw that.")
    String applications_text();

    @Message("You have let no application in.")
    String no_applications();

    @Message("Application")
    String application();

    @Message("Since")
    String since();

    @Message("Withdraw")
    String withdraw();

    @Message("Sign-in")
    String sign_in_of_pages();

    @Message("Device")
    String device();

    @Message("Address")
    String address();

    @Message("Last seen")
    String last_seen();

    @Message("This one")
    String this_one();

    @Message("End")
    String end();

    @Message(
            "You keep your password: no other administrator of the organization could sign in, if the provider were away."
                    + " Give another one a password, or yourself a secret, and try again.")
    String last_credential();

    @Message("End all others")
    String end_others();
}
