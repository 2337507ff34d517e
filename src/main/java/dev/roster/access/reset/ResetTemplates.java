package dev.roster.access.reset;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The mails about forgotten passwords. They show no text that who asks for them can choose. */
@CheckedTemplate(basePath = "reset")
final class ResetTemplates {
    private ResetTemplates() {}

    static native TemplateInstance linkText(String organization, String username, String link, String end);

    static native TemplateInstance linkHtml(String organization, String username, String link, String end);

    static native TemplateInstance elsewhereText(String organization);

    static native TemplateInstance elsewhereHtml(String organization);

    static native TemplateInstance invitedText(String organization);

    static native TemplateInstance invitedHtml(String organization);

    static native TemplateInstance changedText(String organization);

    static native TemplateInstance changedHtml(String organization);
}
