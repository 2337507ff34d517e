package dev.roster.access.application;

import java.util.List;

/**
 * Who may use an application.
 *
 * @param groups names of those whose members may, so none lets nobody; null lets everybody
 */
public record Audience(List<String> groups) {}
