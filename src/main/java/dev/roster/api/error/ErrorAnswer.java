package dev.roster.api.error;

import java.util.Map;

/**
 * An error as it leaves the service.
 *
 * @param body to be written as JSON, or as it is where it is text
 */
record ErrorAnswer(int status, Map<String, String> headers, Object body) {}
