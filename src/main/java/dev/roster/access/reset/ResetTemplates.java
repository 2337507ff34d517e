package dev.roster.access.reset;

import dev.roster.mail.Sender;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The mails about forgotten passwords. They show no text that who asks for them can choose. */
@CheckedTemplate(basePath = "reset")
final class ResetTemplates {
    private ResetTemplates() {}

    static native TemplateInstance linkText(Sender from, String username, String link, String end);

    static native TemplateInstance linkHtml(Sender from, String username, String link, String end);

    static native TemplateInstance elsewhereText(Sender from);

    static native TemplateInstance elsewhereHtml(Sender from);

    static native TemplateInstance invitedText(Sender from);

    static native TemplateInstance invitedHtml(Sender from);

    static native TemplateInstance changedText(Sender from);

    static native TemplateInstance changedHtml(Sender from);
}
