package dev.roster.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What a page says that the form before it has done; see {@link Messages}. */
@MessageBundle(value = "done", locale = "en")
public interface DoneMessages {
    @Message(
            "You are not signed in any more. If you pressed “Change your password” twice, your new password is good already.")
    String password_before();

    @Message("Your password is changed, and your API keys and secrets are ended.")
    String password_and_keys();

    @Message("The invite is accepted. If you pressed twice, sign in with the password that you chose.")
    String invite_accepted();

    @Message("Your names are saved.")
    String names_saved();

    @Message("Your e-mail address is changed.")
    String address_saved();

    @Message("A mail is on its way to your new address: open its link.")
    String address_asked();

    @Message("The session is ended.")
    String session_ended();

    @Message("All other sessions are ended.")
    String other_sessions_ended();

    @Message("The key is ended.")
    String key_ended();

    @Message("The application is signed out.")
    String consent_withdrawn();

    @Message("You are signed out.")
    String signed_out();
}
