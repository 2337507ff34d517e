package dev.roster.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Why there is no other page; see {@link Messages}. */
@MessageBundle(value = "failure", locale = "en")
public interface FailureMessages {
    @Message(
            "This form is too old or came from elsewhere. Open the page again and send it once more. Your browser has to"
                    + " keep cookies for that.")
    String form_refused();

    @Message("This form is too old or came from elsewhere. Open the link of the mail again and send it once more. Your"
            + " browser has to keep cookies for that.")
    String form_of_mail_refused();

    @Message("Open the page again")
    String open_again();

    @Message("Your account may not do this.")
    String not_allowed();

    @Message(
            "Your username, e-mail address and password belong to the provider that you sign in with: change them there.")
    String federated_account();

    @Message("What was sent is larger than this service takes.")
    String too_large();

    @Message("There is no page at this address that could be opened this way. Begin at the start.")
    String not_a_page();

    @Message("The form took too long to come. Send it once more.")
    String too_slow();

    @Message("The service cannot do what was asked for. Open the page again and send its form once more.")
    String not_understood();

    @Message("The service cannot answer at the moment. Try again in a few seconds.")
    String unavailable();
}
