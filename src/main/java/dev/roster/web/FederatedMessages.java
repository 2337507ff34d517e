package dev.roster.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Why another issuer has signed nobody in; see {@link Messages}. */
@MessageBundle(value = "federated", locale = "en")
public interface FederatedMessages {
    @Message(
            "The sign-in took longer than ten minutes, was done already, or was begun in another browser. Begin again.")
    String again();

    @Message("The sign-in at {issuer} was not completed. Begin again, or sign in another way.")
    String cancelled(String issuer);

    @Message("{issuer} does not answer. Try again in a few minutes, or sign in another way.")
    String unavailable(String issuer);

    @Message(
            "The answer of {issuer} does not prove who you are. Begin again; if it happens once more, tell an administrator.")
    String wrong(String issuer);

    @Message("You have no active account here that belongs to {issuer}. Ask an administrator for an invite.")
    String no_account(String issuer);

    @Message(
            "{issuer} does not confirm the address that was invited. Sign in there with that address, or accept the invite"
                    + " with a password.")
    String other_address(String issuer);

    @Message("You have an account here already. Sign in with {issuer} in place of accepting the invite.")
    String has_account(String issuer);

    @Message(
            "What you signed in with at {issuer} belongs to another account here. Choose another one there, or sign out here"
                    + " and sign in with {issuer}.")
    String linked(String issuer);

    @Message("To accept the invite, open the link of the mail again.")
    String invite();
}
