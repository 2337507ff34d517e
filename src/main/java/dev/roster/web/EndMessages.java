package dev.roster.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What is asked before something ends for good; see {@link Messages}. */
@MessageBundle(value = "ending", locale = "en")
public interface EndMessages {
    @Message("What is signed in there is signed out at once.")
    String end_session_text();

    @Message("All devices and applications but this one are signed out at once.")
    String end_others_text();

    @Message("Programs that use the key are refused at once. It cannot be brought back.")
    String end_key_text();

    @Message("The application is signed out at once, and asks you the next time.")
    String withdraw_text();

    @Message(
            "The application is signed out at once. It belongs to your organization, and does not ask you when you open it again.")
    String withdraw_first_party_text();

    @Message("End for good")
    String end_for_good();

    @Message("End all others now")
    String end_others_now();

    @Message("Withdraw now")
    String withdraw_now();
}
