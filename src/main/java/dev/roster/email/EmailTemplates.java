package dev.roster.email;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The mails about addresses. They show no text that a person can choose. */
@CheckedTemplate(basePath = "email")
final class EmailTemplates {
    private EmailTemplates() {}

    static native TemplateInstance confirmText(String organization, String link, String end);

    static native TemplateInstance confirmHtml(String organization, String link, String end);

    static native TemplateInstance changedText(String organization);

    static native TemplateInstance changedHtml(String organization);
}
