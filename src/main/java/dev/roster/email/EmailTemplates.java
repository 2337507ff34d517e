package dev.roster.email;

import dev.roster.mail.Sender;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The mails about addresses. They show no text that a person can choose. */
@CheckedTemplate(basePath = "email")
final class EmailTemplates {
    private EmailTemplates() {}

    static native TemplateInstance confirmText(Sender from, String account, String link, String end);

    static native TemplateInstance confirmHtml(Sender from, String account, String link, String end);

    static native TemplateInstance changedText(Sender from);

    static native TemplateInstance changedHtml(Sender from);
}
