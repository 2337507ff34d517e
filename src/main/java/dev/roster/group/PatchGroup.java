package dev.roster.group;

import dev.roster.user.MetadataPatch;

/** A change of a group; what is null stays as it is. */
public record PatchGroup(String displayName, String ssoName, String description, MetadataPatch metadata) {}
