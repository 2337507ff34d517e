package dev.roster.invite;

import dev.roster.mail.Sender;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * The mail of an invite. It shows no text that the inviting person can choose: nobody shall write
 * to strangers in the name of this service.
 */
@CheckedTemplate(basePath = "invite")
final class InviteTemplates {
    private InviteTemplates() {}

    static native TemplateInstance text(Sender from, String link, String end);

    static native TemplateInstance html(Sender from, String link, String end);
}
