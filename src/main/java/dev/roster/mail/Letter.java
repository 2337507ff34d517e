package dev.roster.mail;

import io.quarkus.qute.TemplateInstance;

/**
 * A mail to a person, as text and as HTML.
 *
 * @param recipient an e-mail address as it is kept
 * @param subject without secrets: it is for the log too, where there is no mail server
 */
public record Letter(String recipient, String subject, TemplateInstance text, TemplateInstance html) {}
